#pragma once
// M18 Governance: the ledger itself, its policies and calendars, deadlines, breaches, refused actions, erasure.
#include "events/describe.hpp"
#include "events/family.hpp"
#include "events/governance_nodes.hpp"
#include "events/values/time.hpp"

namespace aidledger {

enum class LedgerPurpose : std::uint8_t { production, demonstration };
constexpr auto names_of(LedgerPurpose) { return std::array{"production"sv, "demonstration"sv}; }

struct LedgerOpened {
  static constexpr EventTag tag{family_governance, 1, 1};
  static constexpr auto name = "LedgerOpened"sv,
                        meaning = "record 0: the ledger, its first writer key, and where its log is"sv;
  std::string ledger, zone, log_place, writer_key_id, writer_public_key;
  LedgerPurpose purpose = LedgerPurpose::production;
  static void fields(auto&& f) {
    using E = LedgerOpened;
    f("ledger", &E::ledger, "the ledger's id");
    f("zone", &E::zone, "the IANA time zone of its local dates");
    f("log_place", &E::log_place, "embedded, or kafka:<cluster id>");
    f("writer_key_id", &E::writer_key_id, "first 16 bytes of SHA-256 of the public key, hexadecimal");
    f("writer_public_key", &E::writer_public_key, "Ed25519, hexadecimal");
    f("purpose", &E::purpose, "production or demonstration; only a demonstration's recorded times may be simulated");
  }
};

struct PolicyAdopted {
  static constexpr EventTag tag{family_governance, 4, 1};
  static constexpr auto name = "PolicyAdopted"sv, meaning = "a version of a policy, with its whole text"sv;
  std::string policy, version;
  Date effective_from;
  std::string text, legal_basis;
  static void fields(auto&& f) {
    using E = PolicyAdopted;
    f("policy", &E::policy, "its name: grades, ladder, subsidy, deadlines, eligibility, evaluation ...");
    f("version", &E::version, "its version");
    f("effective_from", &E::effective_from,
      "its first local date; the first version of each reaches back without limit");
    f("text", &E::text, "the whole text, TOML, up to 128 KiB");
    f("legal_basis", &E::legal_basis, "law or decision that it rests on");
  }
};

struct PolicyRepealed {
  static constexpr EventTag tag{family_governance, 5, 1};
  static constexpr auto name = "PolicyRepealed"sv, meaning = "a version of a policy is not used from a date on"sv;
  std::string policy, version, reason;
  Date from;
  static void fields(auto&& f) {
    using E = PolicyRepealed;
    f("policy", &E::policy, "its name");
    f("version", &E::version, "its version");
    f("from", &E::from, "the first local date without it");
    f("reason", &E::reason, "why");
  }
};

struct CalendarAdopted {
  static constexpr EventTag tag{family_governance, 6, 1};
  static constexpr auto name = "CalendarAdopted"sv,
                        meaning = "the days off and make-up working days of one year, whole"sv;
  std::string calendar;
  std::int32_t year = 0;
  std::string text;
  static void fields(auto&& f) {
    using E = CalendarAdopted;
    f("calendar", &E::calendar, "its name: cn-mainland, none");
    f("year", &E::year, "the year");
    f("text", &E::text, "the whole text, JSON as of holiday-cn, up to 128 KiB");
  }
};

struct ActionRefused {
  static constexpr EventTag tag{family_governance, 7, 1};
  static constexpr auto name = "ActionRefused"sv,
                        meaning = "a decision of a director or of finance that the rules refused"sv;
  std::string action;
  std::uint32_t number = 0;
  std::string refusal, sentence;
  std::vector<ObjectRef> about;
  static void fields(auto&& f) {
    using E = ActionRefused;
    f("action", &E::action, "the action's name");
    f("number", &E::number, "the refusal's number");
    f("refusal", &E::refusal, "the refusal's name");
    f("sentence", &E::sentence, "why, in words");
    f("about", &E::about, "the objects it was about");
  }
};

struct ComplianceBreachRecorded {
  static constexpr EventTag tag{family_governance, 8, 1};
  static constexpr auto name = "ComplianceBreachRecorded"sv,
                        meaning = "something happened in the world that a rule forbids"sv;
  std::string rule, detail;
  std::optional<CaseId> case_id;
  std::optional<UndertakerId> undertaker;
  static void fields(auto&& f) {
    using E = ComplianceBreachRecorded;
    f("rule", &E::rule, "the rule, e.g. hearing-without-clearance");
    f("detail", &E::detail, "what happened, without personal data");
    f("case", &E::case_id, "the case");
    f("undertaker", &E::undertaker, "the undertaker");
  }
};

struct DeadlineMissed {
  static constexpr EventTag tag{family_governance, 9, 1};
  static constexpr auto name = "DeadlineMissed"sv, meaning = "a clock ran out; raised once by the timekeeper"sv;
  ClockId clock;
  Date due;
  std::optional<Date> done;
  std::string owed_by;
  static void fields(auto&& f) {
    using E = DeadlineMissed;
    f("clock", &E::clock, "which clock");
    f("due", &E::due, "the last local date in time");
    f("done", &E::done, "when it was done all the same, if that was known");
    f("owed_by", &E::owed_by, "who had to act");
  }
};

struct DeadlineExtended {
  static constexpr EventTag tag{family_governance, 10, 1};
  static constexpr auto name = "DeadlineExtended"sv, meaning = "a running clock got a later date"sv;
  ClockId clock;
  Date due;
  std::string reason;
  static void fields(auto&& f) {
    using E = DeadlineExtended;
    f("clock", &E::clock, "which clock");
    f("due", &E::due, "its new last local date");
    f("reason", &E::reason, "why");
  }
};

struct DeadlineWaived {
  static constexpr EventTag tag{family_governance, 11, 1};
  static constexpr auto name = "DeadlineWaived"sv, meaning = "a running clock need not be met"sv;
  ClockId clock;
  std::string reason;
  static void fields(auto&& f) {
    f("clock", &DeadlineWaived::clock, "which clock");
    f("reason", &DeadlineWaived::reason, "why");
  }
};

struct DeadlineExcused {
  static constexpr EventTag tag{family_governance, 12, 1};
  static constexpr auto name = "DeadlineExcused"sv,
                        meaning =
                            "late proof that a missed clock had been met in time; the miss stays in the history"sv;
  ClockId clock;
  Date done;
  std::string reason;
  static void fields(auto&& f) {
    f("clock", &DeadlineExcused::clock, "which clock");
    f("done", &DeadlineExcused::done, "the local date on which it had been done");
    f("reason", &DeadlineExcused::reason, "the proof");
  }
};

struct DatedClock {
  ClockId clock;
  std::optional<Date> due;
  std::int32_t calendar_missing = 0;
  static void fields(auto&& f) {
    f("clock", &DatedClock::clock, "which clock");
    f("due", &DatedClock::due, "its last local date");
    f("calendar_missing", &DatedClock::calendar_missing, "the next year without data, or 0");
  }
};

struct DeadlinesDated {
  static constexpr EventTag tag{family_governance, 13, 1};
  static constexpr auto name = "DeadlinesDated"sv,
                        meaning = "clocks that waited for a year's calendar got their date"sv;
  std::vector<DatedClock> clocks;
  static void fields(auto&& f) { f("clocks", &DeadlinesDated::clocks, "the clocks"); }
};

struct ClockHoldOpened {
  static constexpr EventTag tag{family_governance, 14, 1};
  static constexpr auto name = "ClockHoldOpened"sv,
                        meaning = "an import runs: its clocks are not judged until it ends"sv;
  SourceId source;
  static void fields(auto&& f) { f("source", &ClockHoldOpened::source, "the source"); }
};

struct ClockHoldClosed {
  static constexpr EventTag tag{family_governance, 15, 1};
  static constexpr auto name = "ClockHoldClosed"sv,
                        meaning = "the import ended: its clocks are judged by what occurred"sv;
  SourceId source;
  static void fields(auto&& f) { f("source", &ClockHoldClosed::source, "the source"); }
};

struct ClockAccepted {
  static constexpr EventTag tag{family_governance, 16, 1};
  static constexpr auto name = "ClockAccepted"sv, meaning = "an operator accepted a wall clock that had been suspect"sv;
  std::string node, finding;
  static void fields(auto&& f) {
    f("node", &ClockAccepted::node, "the node");
    f("finding", &ClockAccepted::finding, "what had been suspect");
  }
};

struct ErasureProposed {
  static constexpr EventTag tag{family_governance, 17, 1};
  static constexpr auto name = "ErasureProposed"sv,
                        meaning = "the first of two people asks that a person's data be erased"sv;
  ProposalId proposal;
  PersonId person;
  std::string proposed_by, ground;
  static void fields(auto&& f) {
    using E = ErasureProposed;
    f("proposal", &E::proposal, "what the second person confirms");
    f("person", &E::person, "whose data");
    f("proposed_by", &E::proposed_by, "the first person");
    f("ground", &E::ground, "why");
  }
};

struct SubjectDataErased {
  static constexpr EventTag tag{family_governance, 18, 1};
  static constexpr auto name = "SubjectDataErased"sv,
                        meaning = "the second person agreed: the person's key and index entries are destroyed"sv;
  ProposalId proposal;
  PersonId person;
  static void fields(auto&& f) {
    f("proposal", &SubjectDataErased::proposal, "the proposal");
    f("person", &SubjectDataErased::person, "whose data");
  }
};

using Governance =
    Family<"governance", LedgerOpened, WriterKeyEnrolled, WriterKeyRevoked, PolicyAdopted, PolicyRepealed,
           CalendarAdopted, ActionRefused, ComplianceBreachRecorded, DeadlineMissed, DeadlineExtended, DeadlineWaived,
           DeadlineExcused, DeadlinesDated, ClockHoldOpened, ClockHoldClosed, ClockAccepted, ErasureProposed,
           SubjectDataErased, WriterKeyProposed, LedgerMoved, FeedClaimed, PoisonPassed>;

}  // namespace aidledger
