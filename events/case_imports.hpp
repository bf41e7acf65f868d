#pragma once
// M2 Cases, the part that comes from other systems: histories recorded as they were, unguarded.
#include "events/describe.hpp"
#include "events/family.hpp"
#include "events/values/time.hpp"

namespace aidledger {

inline constexpr std::uint16_t family_case_imports = 2;

/// Opens a case without any guard. Only clocks that the mapping names run on it.
struct CaseImported {
  static constexpr EventTag tag{family_case_imports, 101, 1};
  static constexpr auto name = "CaseImported"sv, meaning = "a case of another system, opened as it stands there"sv;
  CaseId case_id;
  SourceId source;
  std::string source_key, zone, calendar, case_type;
  std::optional<UndertakerId> undertaker;
  static void fields(auto&& f) {
    using E = CaseImported;
    f("case", &E::case_id, "the case");
    f("source", &E::source, "the system or file that it comes from");
    f("source_key", &E::source_key, "what it is called there");
    f("zone", &E::zone, "the IANA time zone of its local dates");
    f("calendar", &E::calendar, "the calendar of its working days");
    f("case_type", &E::case_type, "its type there; empty where there is none");
    f("undertaker", &E::undertaker, "who answers for it there");
  }
};

/// The source names another undertaker than before.
struct ImportedUndertakerChanged {
  static constexpr EventTag tag{family_case_imports, 102, 1};
  static constexpr auto name = "ImportedUndertakerChanged"sv,
                        meaning = "a later import names another undertaker for the case"sv;
  CaseId case_id;
  SourceId source;
  UndertakerId undertaker;
  static void fields(auto&& f) {
    using E = ImportedUndertakerChanged;
    f("case", &E::case_id, "the case");
    f("source", &E::source, "the system or file that says so");
    f("undertaker", &E::undertaker, "who answers for it now");
  }
};

struct StepDetail {
  std::string name, value;
  bool operator==(const StepDetail&) const = default;
  static void fields(auto&& f) {
    f("name", &StepDetail::name, "what the source calls it");
    f("value", &StepDetail::value, "its value there, without personal data");
  }
};

/// What has no counterpart among the facts of this ledger.
struct CaseStepRecorded {
  static constexpr EventTag tag{family_case_imports, 103, 1};
  static constexpr auto name = "CaseStepRecorded"sv, meaning = "a step of a case that has no fact of its own here"sv;
  CaseId case_id;
  std::string step, performer, supervisor;
  Date on;
  std::string identity;
  std::vector<StepDetail> details;
  std::vector<std::string> meets;
  /// Whoever watched the step was the one who did it: listed, not refused.
  bool unwatched() const { return !performer.empty() && performer == supervisor; }
  static void fields(auto&& f) {
    using E = CaseStepRecorded;
    f("case", &E::case_id, "the case");
    f("step", &E::step, "its name");
    f("performer", &E::performer, "who did it; empty where nobody is named");
    f("supervisor", &E::supervisor, "who watched it; empty where nobody is named");
    f("on", &E::on, "the local date, in the zone of the case");
    f("identity", &E::identity, "the import identity, 32 hexadecimal digits; empty for a step recorded by hand");
    f("details", &E::details, "what else the source says of it");
    f("meets", &E::meets, "the rules of the clocks that such a step meets");
  }
};

/// A date that the source keeps with the case and that starts or meets a clock.
struct CaseDateRecorded {
  static constexpr EventTag tag{family_case_imports, 104, 1};
  static constexpr auto name = "CaseDateRecorded"sv,
                        meaning = "a date that another system keeps with a case: a deadline, an end"sv;
  CaseId case_id;
  std::string what;
  Date on;
  std::string identity;
  std::vector<std::string> meets;
  static void fields(auto&& f) {
    using E = CaseDateRecorded;
    f("case", &E::case_id, "the case");
    f("what", &E::what, "what the source calls it");
    f("on", &E::on, "the date, in the zone of the case");
    f("identity", &E::identity, "the import identity, 32 hexadecimal digits; empty where it repeats an earlier fact");
    f("meets", &E::meets, "the rules of the clocks that it meets");
  }
};

/// Enough to answer for imported cases; a licence and what else entitles to new cases has to be enrolled here.
struct UndertakerImported {
  static constexpr EventTag tag{family_case_imports, 105, 1};
  static constexpr auto name = "UndertakerImported"sv, meaning = "somebody who answers for cases in another system"sv;
  UndertakerId undertaker;
  SourceId source;
  static void fields(auto&& f) {
    f("undertaker", &UndertakerImported::undertaker, "the undertaker");
    f("source", &UndertakerImported::source, "the system or file that names this person");
  }
};

using CaseImports =
    Family<"cases", CaseImported, ImportedUndertakerChanged, CaseStepRecorded, CaseDateRecorded, UndertakerImported>;

}  // namespace aidledger
