// What is asked about the ladder: comments, hearings, appeals, requalification. Sanctions are in ladder_sanctions.cpp.
#include "src/rules/ladder_actions.hpp"

#include "src/rules/grades.hpp"
#include "src/rules/standing.hpp"

namespace aidledger::rules {
namespace {

constexpr auto comments_clock = "written-comments", hearing_clock = "hearing-statement";

std::expected<LadderRow, Refusal> ladder_of_known(const Context& context, const UndertakerId& undertaker) {
  if (!standing_of(context.state, undertaker)) return no(not_found, "undertaker " + undertaker.value);
  return ladder_of(context.state, undertaker);
}

/// Nothing, or why this person may not hand in a text of the undertaker's.
std::optional<Refusal> not_own_text(const Context& context, const UndertakerId& undertaker,
                                    const PersonId& sealed_under, bool by_office) {
  if (!by_office && context.actor.undertaker != undertaker.value) return refuse(not_the_undertaker, undertaker.value);
  if (!is_key_of(standing_of(context.state, undertaker)->person, sealed_under))
    return refuse(not_the_undertakers_key, sealed_under.value);
  return std::nullopt;
}

bool holds_office(const Context& context) {
  return context.has_role(Role::intake) || context.has_role(Role::supervisor) ||
         context.has_role(Role::centre_director);
}

}  // namespace

Decision decide(const SubmitWrittenComments& action, const Context& context) {
  const auto row = ladder_of_known(context, action.undertaker);
  if (!row) return std::unexpected(row.error());
  const auto& at = *row;
  if (at.comments != Comments::required && at.comments != Comments::submitted)
    return no(no_comments_owed, action.undertaker.value);
  const bool by_office = at.comments_author != "undertaker" && context.has_role(Role::centre_director);
  if (auto refusal = not_own_text(context, action.undertaker, action.person, by_office))
    return std::unexpected(std::move(*refusal));
  Happened happened(context);
  happened.add(WrittenCommentsSubmitted{action.undertaker, at.comments_author, action.comments})
      .ends(comments_clock, ref(action.undertaker), context.day());
  return happened;
}

Decision decide(const AcceptWrittenComments& action, const Context& context) {
  const auto row = ladder_of_known(context, action.undertaker);
  if (!row) return std::unexpected(row.error());
  if (row->comments != Comments::submitted) return no(no_comments_submitted, action.undertaker.value);
  if (is_own(context, action.undertaker)) return no(own_sanction, action.undertaker.value);
  Happened happened(context);
  happened.add(WrittenCommentsAccepted{action.undertaker, context.actor.person});
  return happened;
}

Decision decide(const OfferHearing& action, const Context& context) {
  const auto row = ladder_of_known(context, action.undertaker);
  if (!row) return std::unexpected(row.error());
  const Policy* ladder = context.policy("ladder");
  const Policy* deadlines = context.policy("deadlines");
  if (ladder == nullptr) return no(no_policy, "ladder");
  if (deadlines == nullptr || deadlines->tree.find(hearing_clock) == nullptr) return no(no_policy, hearing_clock);
  if (is_own(context, action.undertaker)) return no(own_sanction, action.undertaker.value);
  if (!awaits_decision(*row, {row->step, row->counted}, *ladder)) return no(nothing_to_decide, action.undertaker.value);
  if (row->hearing_step == row->step) return no(wrong_state, "a hearing was offered");
  Happened happened(context);
  happened.used(ladder);
  // Nobody owes a statement: the clock is a window, and its running out is nobody's fault.
  happened.add(HearingOffered{action.undertaker, row->step})
      .starts(hearing_clock, ref(action.undertaker), context.day(), "");
  return happened;
}

Decision decide(const RecordStatement& action, const Context& context) {
  const auto row = ladder_of_known(context, action.undertaker);
  if (!row) return std::unexpected(row.error());
  if (auto refusal = not_own_text(context, action.undertaker, action.person, holds_office(context)))
    return std::unexpected(std::move(*refusal));
  Happened happened(context);
  happened.add(StatementReceived{action.undertaker, action.statement})
      .ends(hearing_clock, ref(action.undertaker), context.day());
  return happened;
}

namespace {

struct Sanctioned {
  UndertakerId undertaker;
  std::shared_ptr<const SanctionRow> row;
};

/// A sanction in force, or why not.
std::expected<Sanctioned, Refusal> sanction_in_force(const Context& context, const ProposalId& id) {
  const auto proposal = context.state.get<SanctionProposalRow>(row_key({id.value}));
  if (!proposal) return no(not_found, "sanction " + id.value);
  const auto& undertaker = proposal->proposed.undertaker;
  Sanctioned found{undertaker, context.state.get<SanctionRow>(row_key({undertaker.value, id.value}))};
  if (!found.row || !found.row->in_force || found.row->sanction == Sanction::none) return no(not_in_force, id.value);
  return found;
}

}  // namespace

Decision decide(const AppealSanction& action, const Context& context) {
  const auto sanction = sanction_in_force(context, action.proposal);
  if (!sanction) return std::unexpected(sanction.error());
  if (auto refusal = not_own_text(context, sanction->undertaker, action.person, false))
    return std::unexpected(std::move(*refusal));
  if (sanction->row->appealed) return no(already_appealed, action.proposal.value);
  Happened happened(context);
  happened.add(SanctionAppealLodged{action.proposal, sanction->undertaker, action.statement});
  return happened;
}

Decision decide(const DecideSanctionAppeal& action, const Context& context) {
  const auto sanction = sanction_in_force(context, action.proposal);
  if (!sanction) return std::unexpected(sanction.error());
  const auto& row = *sanction->row;
  if (!row.appealed || row.appeal_decided) return no(no_appeal, action.proposal.value);
  const auto& person = context.actor.person;
  if (person == row.proposed_by || person == row.confirmed_by) return no(decided_own_appeal, action.proposal.value);
  if (is_own(context, sanction->undertaker)) return no(own_sanction, action.proposal.value);
  if (action.reasons.empty()) return no(reasons_required);
  Happened happened(context);
  happened.add(SanctionAppealDecided{action.proposal, sanction->undertaker, action.outcome, action.reasons, person});
  return happened;
}

Decision decide(const RequalifyUndertaker& action, const Context& context) {
  const auto row = ladder_of_known(context, action.undertaker);
  if (!row) return std::unexpected(row.error());
  const auto& at = *row;
  const Policy* ladder = context.policy("ladder");
  if (ladder == nullptr) return no(no_policy, "ladder");
  if (!at.disqualified_by) return no(not_disqualified, action.undertaker.value);
  if (is_own(context, action.undertaker)) return no(own_sanction, action.undertaker.value);
  if (context.day() < *at.disqualified_until)
    return no(disqualification_runs, "until " + to_text(*at.disqualified_until));
  if (ladder->flag("requalification.training", true) && action.training.empty()) return no(training_required);
  const auto months = static_cast<int>(ladder->integer("requalification.probation_months", 12));
  Happened happened(context);
  happened.used(ladder);
  happened.add(UndertakerRequalified{*at.disqualified_by, action.undertaker, add_months(context.day(), months),
                                     action.training, context.actor.person, ladder->ref});
  return happened;
}

}  // namespace aidledger::rules
