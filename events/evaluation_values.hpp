#pragma once
// What the facts of an evaluation round say in detail: why a case was listed, marks and deductions, what was found, and
// the grounds of conflicts, third scores and redeterminations. The facts themselves: events/evaluation.hpp.
#include "events/describe.hpp"
#include "events/event.hpp"

namespace aidledger {

enum class RoundMethod : std::uint8_t { all, targeted };
constexpr auto names_of(RoundMethod) { return std::array{"all"sv, "targeted"sv}; }

/// What makes a case unqualified whatever its marks.
enum class HardFail : std::uint8_t { none, took_money, missed_hearing, fabricated };
constexpr auto names_of(HardFail) { return std::array{"none"sv, "took-money"sv, "missed-hearing"sv, "fabricated"sv}; }

enum class ConflictGround : std::uint8_t { party, near_relative, direct_interest, took_part, same_organisation, other };
constexpr auto names_of(ConflictGround) {
  return std::array{"party"sv, "near-relative"sv, "direct-interest"sv, "took-part"sv, "same-organisation"sv, "other"sv};
}

enum class ThirdScoreReason : std::uint8_t { grades_differ, gap };
constexpr auto names_of(ThirdScoreReason) { return std::array{"grades-differ"sv, "gap"sv}; }

enum class RedeterminationGround : std::uint8_t {
  objection,
  review,
  complaint,
  appeal,
  court_decision,
  clerical_error
};
constexpr auto names_of(RedeterminationGround) {
  return std::array{"objection"sv, "review"sv, "complaint"sv, "appeal"sv, "court-decision"sv, "clerical-error"sv};
}

/// One case of a round's sample.
struct SampledCase {
  CaseId case_id;
  UndertakerId undertaker;
  Date archived_on;
  std::string reason;
  static void fields(auto&& f) {
    f("case", &SampledCase::case_id, "the case");
    f("undertaker", &SampledCase::undertaker, "whose work is graded: the lead undertaker at conclusion");
    f("archived_on", &SampledCase::archived_on, "the local date on which its file was archived");
    f("reason", &SampledCase::reason, "why it was listed; empty in rounds of all cases");
  }
};

struct ItemScore {
  std::string item;
  std::int32_t marks = 0, of = 0;
  static void fields(auto&& f) {
    f("item", &ItemScore::item, "an item of the rubric");
    f("marks", &ItemScore::marks, "marks given");
    f("of", &ItemScore::of, "marks that could be had");
  }
};

/// Marks are lost by deductions alone, and each says where in the file its reason stands.
struct Deduction {
  std::string item;
  std::int32_t marks = 0;
  std::string pages, reason;
  static void fields(auto&& f) {
    f("item", &Deduction::item, "an item of the rubric");
    f("marks", &Deduction::marks, "marks taken off, 1 or more");
    f("pages", &Deduction::pages, "where in the file, e.g. 12-14");
    f("reason", &Deduction::reason, "what is wrong, without personal data");
  }
};

struct Finding {
  std::string finding, pages;
  static void fields(auto&& f) {
    f("finding", &Finding::finding, "what was found, without personal data");
    f("pages", &Finding::pages, "where in the file");
  }
};

}  // namespace aidledger
