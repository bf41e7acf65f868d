#include "src/rules/case_state.hpp"

#include <algorithm>

#include "events/case_imports.hpp"
#include "events/row_codec.hpp"
#include "src/rules/standing.hpp"

namespace aidledger {
using rules::CaseRow, rules::HearingRow;
AIDLEDGER_ROW(CaseRow)
AIDLEDGER_ROW(HearingRow)
}  // namespace aidledger

namespace aidledger::rules {
namespace {

struct FoldCases {
  Layer& state;
  Instant occurred_at;

  void operator()(const AidGranted& e) const {
    auto& row = edit(e.case_id);
    row.recipient = e.recipient, row.case_type = e.case_type, row.stage = e.stage;
    row.district = e.district, row.flags = e.flags;
    if (!e.opposing_case) return;
    row.opposing.push_back(*e.opposing_case);
    edit(*e.opposing_case).opposing.push_back(e.case_id);
  }
  void operator()(const UndertakerAssigned& e) const {
    auto& row = edit(e.case_id);
    row.imported = false;
    row.lead = e.undertaker, row.lead_person = e.person;
    row.organisation = e.organisation, row.salaried = e.salaried;
    row.assignment = e.assignment;
    row.in_load = true;
    ++state.edit<StandingRow>(standing_key(e.undertaker)).open_cases;
  }
  void operator()(const AssignmentDeclined& e) const { give_back(e.case_id, e.undertaker); }
  void operator()(const ReplacementRequested&) const {}
  void operator()(const UndertakerReplaced& e) const { give_back(e.case_id, e.undertaker); }
  void operator()(const HearingScheduled& e) const { edit(e.case_id, e.hearing).at = e.at; }
  void operator()(const HearingRescheduled& e) const {
    auto& row = edit(e.case_id, e.hearing);
    row.at = e.at;
    row.cleared = false;
  }
  void operator()(const HearingCancelled& e) const { edit(e.case_id, e.hearing).state = HearingState::cancelled; }
  void operator()(const HearingCleared& e) const { edit(e.case_id, e.hearing).cleared = true; }
  void operator()(const HearingHeld& e) const {
    auto& row = edit(e.case_id, e.hearing);
    if (row.at == Instant{}) row.at = occurred_at;  // held without ever having been announced
    row.state = HearingState::held;
  }
  void operator()(const AidTerminated& e) const { close(e.case_id, CaseState::terminated); }
  void operator()(const CaseConcluded& e) const { close(e.case_id, CaseState::concluded); }
  void operator()(const ClosingReportSubmitted& e) const { edit(e.case_id).closing_report = true; }
  void operator()(const FileSubmitted&) const {}

 private:
  CaseRow& edit(const CaseId& id) const { return state.edit<CaseRow>(case_key(id)); }
  HearingRow& edit(const CaseId& id, const HearingId& hearing) const {
    return state.edit<HearingRow>(hearing_key(id, hearing));
  }
  /// A case that an import names an undertaker for is no load: it was not assigned here.
  void put_down(CaseRow& row, const UndertakerId& id) const {
    if (row.in_load) --state.edit<StandingRow>(standing_key(id)).open_cases;
    row.in_load = false;
  }
  void give_back(const CaseId& case_id, const UndertakerId& id) const {
    auto& row = edit(case_id);
    row.lead.reset(), row.lead_person = {};
    row.organisation.clear(), row.salaried = false;
    row.former.push_back(id);
    put_down(row, id);
  }
  void close(const CaseId& case_id, CaseState how) const {
    auto& row = edit(case_id);
    row.state = how;
    row.closed_at = occurred_at;
    if (row.lead) put_down(row, *row.lead);
  }
};

void fold_imported(Layer& state, const CaseImported& e) {
  auto& row = state.edit<CaseRow>(case_key(e.case_id));
  row.imported = true;
  row.lead = e.undertaker;
  row.assignment = e.undertaker ? 1 : 0;
}

}  // namespace

bool CaseRow::has_flag(CaseFlag flag) const { return std::find(flags.begin(), flags.end(), flag) != flags.end(); }

std::string case_key(const CaseId& id) { return row_key({id.value}); }
std::shared_ptr<const CaseRow> case_of(const State& state, const CaseId& id) {
  return state.get<CaseRow>(case_key(id));
}
std::string hearing_key(const CaseId& case_id, const HearingId& hearing) {
  return row_key({case_id.value, hearing.value});
}
std::shared_ptr<const HearingRow> hearing_of(const State& state, const CaseId& case_id, const HearingId& hearing) {
  return state.get<HearingRow>(hearing_key(case_id, hearing));
}

void fold_cases(Layer& state, const Event& event, EventRef) {
  visit_family<Cases>(event, FoldCases{state, event.occurred_at});
  if (const auto* e = event.as<CaseImported>()) fold_imported(state, *e);
  if (const auto* e = event.as<ImportedUndertakerChanged>())
    state.edit<CaseRow>(case_key(e->case_id)).lead = e->undertaker;
}

}  // namespace aidledger::rules
