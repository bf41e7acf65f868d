#pragma once
// What may be asked about the ladder, and by whom. A sanction takes two people: a director proposes, another person
// with the role of director or bureau confirms.
#include "src/rules/ladder.hpp"

namespace aidledger::rules {

struct SubmitWrittenComments {
  static constexpr auto name = "submit-written-comments"sv, meaning = "hands in the written comments that are owed"sv;
  static constexpr std::array roles{Role::undertaker, Role::centre_director};
  static constexpr auto refusals = Refusals::unrecorded;
  UndertakerId undertaker;
  PersonId person;
  Sealed comments;
  static void fields(auto&& f) {
    using A = SubmitWrittenComments;
    f("undertaker", &A::undertaker, "whose cases are commented on");
    f("person", &A::person, "the undertaker's person, under whose key the text is sealed");
    f("comments", &A::comments, "the text", sealed_for(&A::person));
  }
};
Decision decide(const SubmitWrittenComments&, const Context&);

struct AcceptWrittenComments {
  static constexpr auto name = "accept-written-comments"sv, meaning = "a supervisor accepts the written comments"sv;
  static constexpr std::array roles{Role::supervisor, Role::centre_director};
  static constexpr auto refusals = Refusals::unrecorded;
  UndertakerId undertaker;
  static void fields(auto&& f) { f("undertaker", &AcceptWrittenComments::undertaker, "whose cases were commented on"); }
};
Decision decide(const AcceptWrittenComments&, const Context&);

struct OfferHearing {
  static constexpr auto name = "offer-hearing"sv,
                        meaning = "the undertaker may make a statement before a disqualification is decided"sv;
  static constexpr std::array roles{Role::centre_director};
  static constexpr auto refusals = Refusals::recorded;
  UndertakerId undertaker;
  static void fields(auto&& f) { f("undertaker", &OfferHearing::undertaker, "who may be heard"); }
};
Decision decide(const OfferHearing&, const Context&);

struct RecordStatement {
  static constexpr auto name = "record-statement"sv, meaning = "the undertaker has made a statement"sv;
  static constexpr std::array roles{Role::undertaker, Role::intake, Role::supervisor, Role::centre_director};
  static constexpr auto refusals = Refusals::unrecorded;
  UndertakerId undertaker;
  PersonId person;
  Sealed statement;
  static void fields(auto&& f) {
    using A = RecordStatement;
    f("undertaker", &A::undertaker, "who was heard");
    f("person", &A::person, "the undertaker's person, under whose key the text is sealed");
    f("statement", &A::statement, "what was said", sealed_for(&A::person));
  }
};
Decision decide(const RecordStatement&, const Context&);

struct ProposeSanction {
  static constexpr auto name = "propose-sanction"sv, meaning = "the director proposes what to decide at a step"sv;
  static constexpr std::array roles{Role::centre_director};
  static constexpr auto refusals = Refusals::recorded;
  ProposalId proposal;
  UndertakerId undertaker;
  Sanction sanction = Sanction::none;
  std::vector<OpenCasePlan> open_cases;
  std::string reasons;
  static void fields(auto&& f) {
    using A = ProposeSanction;
    f("proposal", &A::proposal, "names the proposal", generated);
    f("undertaker", &A::undertaker, "on whom");
    f("sanction", &A::sanction, "what is proposed; none = nothing is imposed at this step");
    f("open_cases", &A::open_cases, "for a disqualification: what becomes of each open case");
    f("reasons", &A::reasons, "why, without personal data");
  }
};
Decision decide(const ProposeSanction&, const Context&);

struct ConfirmSanction {
  static constexpr auto name = "confirm-sanction"sv, meaning = "the second of two people agrees: the step is decided"sv;
  static constexpr std::array roles{Role::centre_director, Role::bureau};
  static constexpr auto refusals = Refusals::recorded;
  ProposalId proposal;
  static void fields(auto&& f) { f("proposal", &ConfirmSanction::proposal, "the proposal"); }
};
Decision decide(const ConfirmSanction&, const Context&);

struct AppealSanction {
  static constexpr auto name = "appeal-sanction"sv, meaning = "the undertaker appeals to the bureau"sv;
  static constexpr std::array roles{Role::undertaker};
  static constexpr auto refusals = Refusals::unrecorded;
  ProposalId proposal;
  PersonId person;
  Sealed statement;
  static void fields(auto&& f) {
    using A = AppealSanction;
    f("proposal", &A::proposal, "the sanction");
    f("person", &A::person, "the undertaker's person, under whose key the grounds are sealed");
    f("statement", &A::statement, "the grounds", sealed_for(&A::person));
  }
};
Decision decide(const AppealSanction&, const Context&);

struct DecideSanctionAppeal {
  static constexpr auto name = "decide-sanction-appeal"sv, meaning = "the bureau decides an appeal"sv;
  static constexpr std::array roles{Role::bureau};
  static constexpr auto refusals = Refusals::recorded;
  ProposalId proposal;
  AppealOutcome outcome = AppealOutcome::upheld;
  std::string reasons;
  static void fields(auto&& f) {
    using A = DecideSanctionAppeal;
    f("proposal", &A::proposal, "the sanction");
    f("outcome", &A::outcome, "upheld or reversed");
    f("reasons", &A::reasons, "why, without personal data");
  }
};
Decision decide(const DecideSanctionAppeal&, const Context&);

struct RequalifyUndertaker {
  static constexpr auto name = "requalify-undertaker"sv, meaning = "a disqualification ends, with probation"sv;
  static constexpr std::array roles{Role::centre_director};
  static constexpr auto refusals = Refusals::recorded;
  UndertakerId undertaker;
  std::string training;
  static void fields(auto&& f) {
    f("undertaker", &RequalifyUndertaker::undertaker, "who");
    f("training", &RequalifyUndertaker::training, "the proof of training that it rests on, e.g. a document's hash");
  }
};
Decision decide(const RequalifyUndertaker&, const Context&);

}  // namespace aidledger::rules
