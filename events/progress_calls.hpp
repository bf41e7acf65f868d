#pragma once
// M7 Progress calls: the centre asks the recipient how the case goes; what is wrong is put right and looked at again.
#include "events/family.hpp"
#include "events/values/casework.hpp"
#include "events/values/time.hpp"

namespace aidledger {

inline constexpr std::uint16_t family_progress_calls = 7;

enum class CallAnswer : std::uint8_t { yes, no, unknown };
constexpr auto names_of(CallAnswer) { return std::array{"yes"sv, "no"sv, "unknown"sv}; }

enum class ProblemKind : std::uint8_t { not_filed, not_met, not_informed, asked_for_money, attitude, delay, other };
constexpr auto names_of(ProblemKind) {
  return std::array{"not-filed"sv, "not-met"sv, "not-informed"sv, "asked-for-money"sv,
                    "attitude"sv,  "delay"sv,   "other"sv};
}

struct CallAnswers {
  CallAnswer filed_in_time = CallAnswer::unknown, met = CallAnswer::unknown, kept_informed = CallAnswer::unknown,
             asked_for_money = CallAnswer::unknown;
  std::uint8_t attitude = 0;
  static void fields(auto&& f) {
    using E = CallAnswers;
    f("filed_in_time", &E::filed_in_time, "was the matter filed in time");
    f("met", &E::met, "has the undertaker met the recipient");
    f("kept_informed", &E::kept_informed, "does the undertaker report progress");
    f("asked_for_money", &E::asked_for_money, "has the undertaker asked for money");
    f("attitude", &E::attitude, "the undertaker's attitude, 1 (bad) to 5 (good); 0 = not said");
  }
};

struct ProgressCallMade {
  static constexpr EventTag tag{family_progress_calls, 1, 1};
  static constexpr auto name = "ProgressCallMade"sv, meaning = "the recipient was asked how the case goes"sv;
  CaseId case_id;
  PersonId recipient;
  UndertakerId undertaker;
  std::uint32_t call = 1;
  Channel channel = Channel::telephone;
  std::string made_by;
  CallAnswers answers;
  std::optional<Sealed> remarks;
  static void fields(auto&& f) {
    using E = ProgressCallMade;
    f("case", &E::case_id, "the case");
    f("recipient", &E::recipient, "who was asked");
    f("undertaker", &E::undertaker, "the undertaker whom it is about");
    f("call", &E::call, "1 for the first of the case that reached somebody, then 2, 3 ...");
    f("channel", &E::channel, "how");
    f("made_by", &E::made_by, "the supervisor, as a person");
    f("answers", &E::answers, "what the recipient answered");
    f("remarks", &E::remarks, "what else was said, under the recipient's key");
  }
};

struct ProgressCallUnreached {
  static constexpr EventTag tag{family_progress_calls, 2, 1};
  static constexpr auto name = "ProgressCallUnreached"sv,
                        meaning = "nobody was reached: counted apart, and the call is still due"sv;
  CaseId case_id;
  UndertakerId undertaker;
  Channel channel = Channel::telephone;
  std::string made_by;
  static void fields(auto&& f) {
    using E = ProgressCallUnreached;
    f("case", &E::case_id, "the case");
    f("undertaker", &E::undertaker, "the undertaker whom it would have been about");
    f("channel", &E::channel, "how it was tried");
    f("made_by", &E::made_by, "the supervisor, as a person");
  }
};

struct ProblemRaised {
  static constexpr EventTag tag{family_progress_calls, 3, 1};
  static constexpr auto name = "ProblemRaised"sv, meaning = "something in the handling of the case is wrong"sv;
  CaseId case_id;
  UndertakerId undertaker;
  ProblemId problem;
  ProblemKind kind = ProblemKind::other;
  std::string raised_by;
  std::optional<Sealed> description;
  static void fields(auto&& f) {
    using E = ProblemRaised;
    f("case", &E::case_id, "the case");
    f("undertaker", &E::undertaker, "the undertaker whom it is about");
    f("problem", &E::problem, "the problem");
    f("kind", &E::kind, "which kind");
    f("raised_by", &E::raised_by, "the supervisor, as a person");
    f("description", &E::description, "what it is, under the recipient's key");
  }
};

struct CorrectionOrdered {
  static constexpr EventTag tag{family_progress_calls, 4, 1};
  static constexpr auto name = "CorrectionOrdered"sv, meaning = "the undertaker has to put a problem right"sv;
  CaseId case_id;
  UndertakerId undertaker;
  ProblemId problem;
  std::string ordered_by;
  std::optional<Sealed> measures;
  static void fields(auto&& f) {
    using E = CorrectionOrdered;
    f("case", &E::case_id, "the case");
    f("undertaker", &E::undertaker, "who has to put it right");
    f("problem", &E::problem, "the problem");
    f("ordered_by", &E::ordered_by, "the supervisor, as a person");
    f("measures", &E::measures, "what has to be done, under the recipient's key");
  }
};

struct CorrectionReported {
  static constexpr EventTag tag{family_progress_calls, 5, 1};
  static constexpr auto name = "CorrectionReported"sv, meaning = "the undertaker says that a problem is put right"sv;
  CaseId case_id;
  UndertakerId undertaker;
  ProblemId problem;
  std::string reported_by;
  std::optional<Sealed> report;
  static void fields(auto&& f) {
    using E = CorrectionReported;
    f("case", &E::case_id, "the case");
    f("undertaker", &E::undertaker, "who put it right");
    f("problem", &E::problem, "the problem");
    f("reported_by", &E::reported_by, "who says so, as a person");
    f("report", &E::report, "what was done, under the recipient's key");
  }
};

struct CorrectionVerified {
  static constexpr EventTag tag{family_progress_calls, 6, 1};
  static constexpr auto name = "CorrectionVerified"sv,
                        meaning = "another person has looked whether a problem is put right"sv;
  CaseId case_id;
  UndertakerId undertaker;
  ProblemId problem;
  bool put_right = true;
  std::string verified_by;
  static void fields(auto&& f) {
    using E = CorrectionVerified;
    f("case", &E::case_id, "the case");
    f("undertaker", &E::undertaker, "who had to put it right");
    f("problem", &E::problem, "the problem");
    f("put_right", &E::put_right, "it is; if not, it has to be put right again");
    f("verified_by", &E::verified_by, "who looked, as a person");
  }
};

using ProgressCalls = Family<"progress_calls", ProgressCallMade, ProgressCallUnreached, ProblemRaised,
                             CorrectionOrdered, CorrectionReported, CorrectionVerified>;

}  // namespace aidledger
