#pragma once
// Histories of other systems (design: "Imported histories"): recorded as they were, refused only where they contradict
// what is here.
#include "events/case_imports.hpp"
#include "events/governance.hpp"
#include "src/rules/governance.hpp"

namespace aidledger::rules {

inline constexpr RefusalKind import_differs{241, "import-differs",
                                            "The same item of the source was imported before with another content."};
inline constexpr RefusalKind case_of_another_source{242, "case-of-another-source",
                                                    "The case is here already and does not come from this source."};
inline constexpr RefusalKind nothing_new{244, "nothing-new", "All of it has been imported before."};
inline constexpr RefusalKind mapping_not_adopted{
    243, "mapping-not-adopted", "The version of the mapping that the import names has not been adopted."};

/// A clock that an item starts: a length from its date, or with `due` the last date itself.
struct ImportedStart {
  std::string clock;
  std::int32_t days = 0;
  DayUnit unit = DayUnit::natural;
  std::optional<Date> due;
  static void fields(auto&& f) {
    f("clock", &ImportedStart::clock, "the mapping's name of the clock: its rule");
    f("days", &ImportedStart::days, "its length; 0 where `due` is given");
    f("unit", &ImportedStart::unit, "natural or working days");
    f("due", &ImportedStart::due, "the last date in time, where the source says it");
  }
};

enum class ImportedKind : std::uint8_t { step, date };
constexpr auto names_of(ImportedKind) { return std::array{"step"sv, "date"sv}; }

struct ImportedItem {
  ImportedKind kind = ImportedKind::step;
  std::string identity, name;
  Instant at;
  Date on;
  std::optional<PersonId> performer, supervisor;
  std::vector<StepDetail> details;
  std::vector<ImportedStart> starts;
  std::vector<std::string> meets;
  static void fields(auto&& f) {
    using A = ImportedItem;
    f("kind", &A::kind, "step: something was done; date: the source keeps a date with the case");
    f("identity", &A::identity, "32 hexadecimal digits, the same in every import of this item");
    f("name", &A::name, "the activity, or what the date is called");
    f("at", &A::at, "when it happened");
    f("on", &A::on, "the local date, in the zone of the case");
    f("performer", &A::performer, "who did it, an id");
    f("supervisor", &A::supervisor, "who watched it, an id");
    f("details", &A::details, "what else the source says, in clear: no personal data");
    f("starts", &A::starts, "the clocks that it starts");
    f("meets", &A::meets, "the clocks that it meets");
  }
};

/// Adds what is not here yet of a case and passes over the rest, so that a mended or repeated import is harmless.
struct ImportCase {
  static constexpr auto name = "import-case"sv, meaning = "records a case of another system, or more of it"sv;
  static constexpr std::array roles{Role::intake, Role::centre_director, Role::operator_};
  static constexpr auto refusals = Refusals::unrecorded;
  CaseId case_id;
  SourceId source;
  std::string source_key, zone, calendar, case_type;
  PolicyRef mapping;
  std::optional<UndertakerId> undertaker;
  std::vector<ImportedItem> items;
  static void fields(auto&& f) {
    using A = ImportCase;
    f("case", &A::case_id, "the case");
    f("source", &A::source, "the system or file that it comes from");
    f("source_key", &A::source_key, "what it is called there");
    f("zone", &A::zone, "the IANA time zone of its local dates");
    f("calendar", &A::calendar, "the calendar of its working days");
    f("case_type", &A::case_type, "its type there; empty where there is none");
    f("mapping", &A::mapping, "the adopted mapping that this follows");
    f("undertaker", &A::undertaker, "who answers for it there");
    f("items", &A::items, "its steps and dates, or some of them, in order of time");
  }
};
Decision decide(const ImportCase&, const Context&);

struct RecordCaseStep {
  static constexpr auto name = "record-case-step"sv,
                        meaning = "records a step of a case that has no action of its own"sv;
  static constexpr std::array roles{Role::intake, Role::supervisor, Role::undertaker, Role::centre_director};
  static constexpr auto refusals = Refusals::unrecorded;
  CaseId case_id;
  std::string step;
  std::optional<PersonId> performer, supervisor;
  static void fields(auto&& f) {
    using A = RecordCaseStep;
    f("case", &A::case_id, "the case");
    f("step", &A::step, "its name, without personal data");
    f("performer", &A::performer, "who did it, an id");
    f("supervisor", &A::supervisor, "who watched it, an id");
  }
};
Decision decide(const RecordCaseStep&, const Context&);

struct ImportUndertaker {
  static constexpr auto name = "import-undertaker"sv,
                        meaning = "names somebody who answers for cases in another system"sv;
  static constexpr std::array roles{Role::intake, Role::centre_director, Role::operator_};
  static constexpr auto refusals = Refusals::unrecorded;
  UndertakerId undertaker;
  SourceId source;
  static void fields(auto&& f) {
    f("undertaker", &ImportUndertaker::undertaker, "the undertaker");
    f("source", &ImportUndertaker::source, "the system or file");
  }
};
Decision decide(const ImportUndertaker&, const Context&);

struct OpenClockHold {
  static constexpr auto name = "open-clock-hold"sv,
                        meaning = "an import begins: clocks of its source are not judged until it ends"sv;
  static constexpr std::array roles{Role::intake, Role::centre_director, Role::operator_};
  static constexpr auto refusals = Refusals::unrecorded;
  SourceId source;
  static void fields(auto&& f) { f("source", &OpenClockHold::source, "the source"); }
};
Decision decide(const OpenClockHold&, const Context&);

struct CloseClockHold {
  static constexpr auto name = "close-clock-hold"sv,
                        meaning = "an import ends: the timekeeper judges its clocks by what occurred"sv;
  static constexpr std::array roles{Role::intake, Role::centre_director, Role::operator_};
  static constexpr auto refusals = Refusals::unrecorded;
  SourceId source;
  static void fields(auto&& f) { f("source", &CloseClockHold::source, "the source"); }
};
Decision decide(const CloseClockHold&, const Context&);

/// An item that is here: half of its identity, and a digest of its content.
struct ItemMark {
  std::uint64_t identity = 0, content = 0;
  static void fields(auto&& f) {
    f("identity", &ItemMark::identity, "the first 16 digits of the import identity");
    f("content", &ItemMark::content, "FNV-1a of the content");
  }
};

/// A fact that would meet a clock, kept because the clock's start may be imported after it.
struct MeetingMark {
  std::string clock, what;
  Date on;
  static void fields(auto&& f) {
    f("clock", &MeetingMark::clock, "the rule of the clock");
    f("what", &MeetingMark::what, "the step or date");
    f("on", &MeetingMark::on, "its local date");
  }
};

/// What is here of an imported case; key = case.
struct ImportedCaseRow {
  static constexpr std::uint8_t table = 0x34;
  static constexpr bool historic = false;
  SourceId source;
  std::optional<UndertakerId> undertaker;
  std::vector<ItemMark> items;
  std::vector<MeetingMark> meetings;
  static void fields(auto&& f) {
    using R = ImportedCaseRow;
    f("source", &R::source, "where it comes from");
    f("undertaker", &R::undertaker, "who answers for it");
    f("items", &R::items, "the items that are here");
    f("meetings", &R::meetings, "the facts that meet clocks");
  }
};

/// Undertakers known from imports; key = undertaker.
struct ImportedUndertakerRow {
  static constexpr std::uint8_t table = 0x35;
  static constexpr bool historic = false;
  SourceId source;
  static void fields(auto&& f) {
    f("source", &ImportedUndertakerRow::source, "the first source that named this person");
  }
};

}  // namespace aidledger::rules
