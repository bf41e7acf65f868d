#pragma once
// M2 Cases: aid is granted, the case gets its undertaker, and may get another. Hearings are in hearings.hpp, the end in
// closing.hpp.
#include "src/rules/eligibility.hpp"
#include "src/rules/engine.hpp"
#include "src/rules/own_case.hpp"

namespace aidledger::rules {

inline constexpr RefusalKind has_lead{206, "has-lead",
                                      "The case has its one lead undertaker already: replace that one."};
inline constexpr RefusalKind not_current_holder{207, "not-current-holder",
                                                "A case passes on from its current undertaker only."};
/// The longest list of candidates that one assignment keeps.
inline constexpr std::size_t max_candidates = 200;

struct GrantAid {
  static constexpr auto name = "grant-aid"sv, meaning = "aid is granted: a case begins"sv;
  static constexpr std::array roles{Role::intake};
  static constexpr auto refusals = Refusals::unrecorded;
  CaseId case_id;
  PersonId recipient;
  CaseType case_type = CaseType::civil;
  CaseStage stage = CaseStage::first_trial;
  std::string cause, organ, district;
  std::optional<GrantChannel> channel;
  std::optional<std::uint32_t> group_size;
  std::vector<CaseFlag> flags;
  std::optional<CaseId> opposing_case;
  Sealed full_name;
  std::optional<Sealed> identity_number, telephone, address, facts;
  static void fields(auto&& f) {
    using A = GrantAid;
    f("case", &A::case_id, "the case", generated);
    f("recipient", &A::recipient, "the aided person, whose key seals the personal data", generated);
    f("case_type", &A::case_type, "civil, administrative or criminal");
    f("stage", &A::stage, "the stage for which aid is granted");
    f("cause", &A::cause, "the cause of action or charge, e.g. labour-remuneration");
    f("organ", &A::organ, "the court or other organ that handles the matter");
    f("district", &A::district, "the district");
    f("channel", &A::channel, "on application (default), or notified by an organ");
    f("group_size", &A::group_size, "recipients in the same matter; absent = 1");
    f("flags", &A::flags, "what asks for more care");
    f("opposing_case", &A::opposing_case, "the case of the other party, where that is aided too");
    f("name", &A::full_name, "the recipient's name", sealed_for(&A::recipient, IndexKind::name));
    f("identity_number", &A::identity_number, "the recipient's identity number",
      sealed_for(&A::recipient, IndexKind::identity_number));
    f("telephone", &A::telephone, "the recipient's telephone number", sealed_for(&A::recipient, IndexKind::telephone));
    f("address", &A::address, "the recipient's address", sealed_for(&A::recipient));
    f("facts", &A::facts, "what the matter is about", sealed_for(&A::recipient));
  }
};
Decision decide(const GrantAid&, const Context&);

struct AssignUndertaker {
  static constexpr auto name = "assign-undertaker"sv, meaning = "names the one lead undertaker of a case"sv;
  static constexpr std::array roles{Role::assigner};
  static constexpr auto refusals = Refusals::unrecorded;
  CaseId case_id;
  UndertakerId undertaker;
  AssignmentMode mode = AssignmentMode::rotation;
  std::vector<UndertakerId> candidates;
  static void fields(auto&& f) {
    using A = AssignUndertaker;
    f("case", &A::case_id, "the case");
    f("undertaker", &A::undertaker, "who gets it");
    f("mode", &A::mode, "how the undertaker was chosen");
    f("candidates", &A::candidates, "who else was looked at");
  }
};
Decision decide(const AssignUndertaker&, const Context&);

struct DeclineAssignment {
  static constexpr auto name = "decline-assignment"sv, meaning = "the undertaker gives the case back"sv;
  static constexpr std::array roles{Role::undertaker, Role::assigner};
  static constexpr auto refusals = Refusals::unrecorded;
  CaseId case_id;
  std::string ground;
  static void fields(auto&& f) {
    f("case", &DeclineAssignment::case_id, "the case");
    f("ground", &DeclineAssignment::ground, "why, without personal data");
  }
};
Decision decide(const DeclineAssignment&, const Context&);

struct RequestReplacement {
  static constexpr auto name = "request-replacement"sv, meaning = "asks that the undertaker be replaced"sv;
  static constexpr std::array roles{Role::recipient, Role::undertaker, Role::intake, Role::supervisor};
  static constexpr auto refusals = Refusals::unrecorded;
  CaseId case_id;
  PersonId recipient;
  ReplacementSide side = ReplacementSide::recipient;
  std::string ground;
  std::optional<Sealed> details;
  static void fields(auto&& f) {
    using A = RequestReplacement;
    f("case", &A::case_id, "the case");
    f("recipient", &A::recipient, "the recipient, whose key seals the details");
    f("side", &A::side, "who asks");
    f("ground", &A::ground, "why, without personal data");
    f("details", &A::details, "the circumstances", sealed_for(&A::recipient));
  }
};
Decision decide(const RequestReplacement&, const Context&);

struct ReplaceUndertaker {
  static constexpr auto name = "replace-undertaker"sv, meaning = "passes a case from its undertaker to another"sv;
  static constexpr std::array roles{Role::assigner};
  static constexpr auto refusals = Refusals::unrecorded;
  CaseId case_id;
  UndertakerId from, undertaker;
  AssignmentMode mode = AssignmentMode::rotation;
  std::string ground;
  std::vector<UndertakerId> candidates;
  static void fields(auto&& f) {
    using A = ReplaceUndertaker;
    f("case", &A::case_id, "the case");
    f("from", &A::from, "who has it now");
    f("undertaker", &A::undertaker, "who gets it");
    f("mode", &A::mode, "how the successor was chosen");
    f("ground", &A::ground, "why, without personal data");
    f("candidates", &A::candidates, "who else was looked at");
  }
};
Decision decide(const ReplaceUndertaker&, const Context&);

}  // namespace aidledger::rules
