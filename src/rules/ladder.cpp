#include "src/rules/ladder.hpp"

#include <algorithm>

#include "events/cases.hpp"
#include "events/row_codec.hpp"
#include "src/rules/action_codec.hpp"
#include "src/rules/ladder_actions.hpp"
#include "src/rules/ladder_step.hpp"
#include "src/rules/standing.hpp"

namespace aidledger {
using rules::LadderRow, rules::OpenCaseRow, rules::SanctionProposalRow, rules::SanctionRow;
AIDLEDGER_ROW(LadderRow)
AIDLEDGER_ROW(SanctionProposalRow)
AIDLEDGER_ROW(SanctionRow)
AIDLEDGER_ROW(OpenCaseRow)
}  // namespace aidledger

namespace aidledger::rules {
namespace {

struct FoldLadder {
  Layer& state;
  EventRef at;

  LadderRow& ladder(const auto& e) const { return state.edit<LadderRow>(row_key({e.undertaker.value})); }
  SanctionRow& sanction(const auto& e) const {
    return state.edit<SanctionRow>(row_key({e.undertaker.value, e.proposal.value}));
  }

  void operator()(const LadderStepReached& e) const {
    auto& row = ladder(e);
    row.step = e.step, row.counted = e.counted, row.absorbed = e.absorbed, row.assignment_hold = e.assignment_hold;
    if (e.step == 0) row.comments = Comments::none;
    if (e.step < row.hearing_step) row.hearing_step = 0, row.statement = false;
  }
  void operator()(const WrittenCommentsRequired& e) const {
    ladder(e).comments = Comments::required, ladder(e).comments_author = e.author;
  }
  void operator()(const WrittenCommentsSubmitted& e) const { ladder(e).comments = Comments::submitted; }
  void operator()(const WrittenCommentsAccepted& e) const { ladder(e).comments = Comments::accepted; }
  void operator()(const HearingOffered& e) const { ladder(e).hearing_step = e.step, ladder(e).statement = false; }
  void operator()(const StatementReceived& e) const { ladder(e).statement = true; }
  void operator()(const SanctionProposed& e) const {
    auto& row = state.edit<SanctionProposalRow>(row_key({e.proposal.value}));
    row.proposed = e;
    for (const auto& grade : ladder(e).counted) row.cases.push_back(grade.case_id);
  }
  void operator()(const LadderDecided& e) const { fold_decision(e, Sanction::none); }
  void operator()(const ManagementWarningIssued& e) const {
    fold_decision(e, Sanction::warning);
    fold_absorbed(e);
  }
  void operator()(const UndertakerDisqualified& e) const {
    fold_decision(e, Sanction::disqualification);
    fold_absorbed(e);
    ladder(e).disqualified_by = e.proposal, ladder(e).disqualified_until = e.until;
  }
  void operator()(const SanctionAppealLodged& e) const { sanction(e).appealed = true; }
  void operator()(const SanctionAppealDecided& e) const { sanction(e).appeal_decided = true; }
  void operator()(const SanctionReversed& e) const {
    sanction(e).in_force = false;
    lift_disqualification(e);
    if (e.ground == ReversalGround::grade_redetermined) ladder(e).decided_step = decided_step(e.undertaker);
  }
  void operator()(const UndertakerRequalified& e) const {
    sanction(e).in_force = false;
    lift_disqualification(e);
    ladder(e).probation_until = e.probation_until;
  }

  void fold_decision(const auto& e, Sanction kind) const {
    auto& row = ladder(e);
    row.decided_step = e.step, row.assignment_hold = false, row.hearing_step = 0, row.statement = false;
    row.decided_cases.clear();
    for (const auto& grade : e.counted) row.decided_cases.push_back(grade.case_id);
    sanction(e) = {e.proposal, kind, e.step, e.counted, at, e.proposed_by, e.confirmed_by};
    state.edit<SanctionProposalRow>(row_key({e.proposal.value})).decided = true;
  }
  void fold_absorbed(const auto& e) const {
    if (std::find(e.absorbed.begin(), e.absorbed.end(), 1) != e.absorbed.end()) ladder(e).comments = Comments::none;
  }
  void lift_disqualification(const auto& e) const {
    auto& row = ladder(e);
    if (row.disqualified_by != e.proposal) return;
    row.disqualified_by.reset(), row.disqualified_until.reset();
  }
  /// The highest step whose decision still stands.
  std::int32_t decided_step(const UndertakerId& undertaker) const {
    std::int32_t highest = 0;
    state.each<SanctionRow>(row_key({undertaker.value}), [&](auto, const SanctionRow& row) {
      if (row.in_force) highest = std::max(highest, row.step);
      return true;
    });
    return highest;
  }
};

/// What an undertaker has in hand: a disqualification plans for each of them.
struct FoldOpenCases {
  Layer& state;

  void opened(const auto& e) const {
    state.edit<OpenCaseRow>(row_key({e.undertaker.value, e.case_id.value})).case_id = e.case_id;
  }
  void gone(const UndertakerId& undertaker, const CaseId& id) const {
    state.erase<OpenCaseRow>(row_key({undertaker.value, id.value}));
  }
  void fold(const Event& event) const {
    if (const auto* e = event.as<UndertakerAssigned>()) opened(*e);
    if (const auto* e = event.as<AssignmentDeclined>()) gone(e->undertaker, e->case_id);
    if (const auto* e = event.as<UndertakerReplaced>()) gone(e->undertaker, e->case_id);
    if (const auto* e = event.as<CaseConcluded>()) gone(e->undertaker, e->case_id);
    if (const auto* e = event.as<AidTerminated>(); e != nullptr && e->undertaker) gone(*e->undertaker, e->case_id);
  }
};

void fold_ladder(Layer& state, const Event& event, EventRef at) {
  if (!visit_family<Ladder>(event, FoldLadder{state, at})) FoldOpenCases{state}.fold(event);
}

}  // namespace

LadderRow ladder_of(const State& state, const UndertakerId& undertaker) {
  const auto row = state.get<LadderRow>(row_key({undertaker.value}));
  return row ? *row : LadderRow{};
}

bool is_own(const Context& context, const UndertakerId& undertaker) {
  const auto standing = standing_of(context.state, undertaker);
  return context.actor.undertaker == undertaker.value ||
         (standing && !standing->person.empty() && standing->person.value == context.actor.person);
}

FamilyRules ladder_rules() {
  return {actions_of<SubmitWrittenComments, AcceptWrittenComments, OfferHearing, RecordStatement, ProposeSanction,
                     ConfirmSanction, AppealSanction, DecideSanctionAppeal, RequalifyUndertaker>("ladder"),
          fold_ladder,
          {when_grade_final_then_check_ladder, when_grade_redetermined_then_step_ladder_back,
           when_grade_objected_then_leave_ladder, when_first_step_reached_then_require_comments,
           when_ladder_steps_back_then_reverse_sanctions, when_appeal_succeeds_then_reverse_sanction}};
}

}  // namespace aidledger::rules
