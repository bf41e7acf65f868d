#pragma once
// What the rules know of a case. The folds of every family of casework write here through cases.cpp's neighbours.
#include "events/cases.hpp"
#include "src/rules/context.hpp"

namespace aidledger::rules {

enum class CaseState : std::uint8_t { open, concluded, terminated };
constexpr auto names_of(CaseState) { return std::array{"open"sv, "concluded"sv, "terminated"sv}; }

/// Key = case.
struct CaseRow {
  static constexpr std::uint8_t table = 0x14;
  static constexpr bool historic = false;
  CaseState state = CaseState::open;
  bool imported = false;
  PersonId recipient;
  CaseType case_type = CaseType::civil;
  CaseStage stage = CaseStage::first_trial;
  std::string district;
  std::vector<CaseFlag> flags;
  std::vector<CaseId> opposing;
  std::optional<UndertakerId> lead;
  PersonId lead_person;
  std::string organisation;
  bool salaried = false;
  std::uint32_t assignment = 0;
  bool in_load = false;
  std::vector<UndertakerId> former;
  std::optional<Instant> closed_at;
  std::optional<Date> archived_on;
  bool closing_report = false, mandatory_evaluation = false;
  std::uint32_t calls = 0;
  static void fields(auto&& f) {
    using R = CaseRow;
    f("state", &R::state, "open, concluded or terminated");
    f("imported", &R::imported, "opened by an import and not assigned here: its clocks are those of the mapping");
    f("recipient", &R::recipient, "the aided person; empty for imported cases");
    f("case_type", &R::case_type, "the case type");
    f("stage", &R::stage, "the stage");
    f("district", &R::district, "the district");
    f("flags", &R::flags, "what asks for more care");
    f("opposing", &R::opposing, "aided cases of the other side");
    f("lead", &R::lead, "the one lead undertaker; of a closed case the lead at its end");
    f("lead_person", &R::lead_person, "the lead as a person");
    f("organisation", &R::organisation, "the lead's organisation at assignment");
    f("salaried", &R::salaried, "the lead received a public salary at assignment");
    f("assignment", &R::assignment, "how many assignments there were");
    f("in_load", &R::in_load, "counts in the lead's load: assigned here and not given back or closed");
    f("former", &R::former, "who declined or was replaced and does not get the case again");
    f("closed_at", &R::closed_at, "when it was concluded or terminated");
    f("archived_on", &R::archived_on, "the local date of archiving");
    f("closing_report", &R::closing_report, "the closing report is there");
    f("mandatory_evaluation", &R::mandatory_evaluation, "the next round has to take it");
    f("calls", &R::calls, "progress calls that reached somebody");
  }
  bool is_open() const { return state == CaseState::open; }
  bool has_flag(CaseFlag flag) const;
};

enum class HearingState : std::uint8_t { scheduled, held, cancelled };
constexpr auto names_of(HearingState) { return std::array{"scheduled"sv, "held"sv, "cancelled"sv}; }

/// Key = case, hearing.
struct HearingRow {
  static constexpr std::uint8_t table = 0x15;
  static constexpr bool historic = false;
  HearingState state = HearingState::scheduled;
  Instant at;
  bool cleared = false, reported = false, accepted = false;
  std::optional<ReportId> report;
  static void fields(auto&& f) {
    using R = HearingRow;
    f("state", &R::state, "scheduled, held or cancelled");
    f("at", &R::at, "when it begins");
    f("cleared", &R::cleared, "the centre has cleared it");
    f("reported", &R::reported, "a report for it was handed in, whatever became of it");
    f("accepted", &R::accepted, "its report is accepted");
    f("report", &R::report, "the report that stands: handed in and not returned");
  }
};

std::string case_key(const CaseId& id);
std::shared_ptr<const CaseRow> case_of(const State& state, const CaseId& id);
std::string hearing_key(const CaseId& case_id, const HearingId& hearing);
std::shared_ptr<const HearingRow> hearing_of(const State& state, const CaseId& case_id, const HearingId& hearing);

void fold_cases(Layer& state, const Event& event, EventRef at);

}  // namespace aidledger::rules
