#include "src/rules/reports.hpp"

#include "events/row_codec.hpp"
#include "src/rules/action_codec.hpp"
#include "src/rules/hearings.hpp"

namespace aidledger {
using rules::ReportRow;
AIDLEDGER_ROW(ReportRow)
}  // namespace aidledger

namespace aidledger::rules {
namespace {

constexpr auto before_hearing_rule = "pre-hearing-report";
constexpr auto periodic_rule = "periodic-report";

std::string report_key(const CaseId& id, const ReportId& report) { return row_key({id.value, report.value}); }

struct FoldReports {
  Layer& state;
  void operator()(const PreHearingReportSubmitted& e) const {
    state.edit<ReportRow>(report_key(e.case_id, e.report)) = {ReportState::submitted, e.hearing, e.undertaker};
    auto& hearing = state.edit<HearingRow>(hearing_key(e.case_id, e.hearing));
    hearing.reported = true, hearing.accepted = false;
    hearing.report = e.report;
  }
  void operator()(const PeriodicReportSubmitted& e) const {
    state.edit<ReportRow>(report_key(e.case_id, e.report)) = {ReportState::submitted, {}, e.undertaker};
  }
  void operator()(const ReportReturned& e) const {
    state.edit<ReportRow>(report_key(e.case_id, e.report)).state = ReportState::returned;
    if (auto* hearing = hearing_that_rests_on(e.case_id, e.hearing, e.report)) hearing->report.reset();
  }
  void operator()(const ReportAccepted& e) const {
    state.edit<ReportRow>(report_key(e.case_id, e.report)).state = ReportState::accepted;
    if (auto* hearing = hearing_that_rests_on(e.case_id, e.hearing, e.report)) hearing->accepted = true;
  }
  void operator()(const HearingHeldWithoutReport&) const {}

 private:
  HearingRow* hearing_that_rests_on(const CaseId& id, const std::optional<HearingId>& hearing,
                                    const ReportId& report) const {
    if (!hearing) return nullptr;
    auto& row = state.edit<HearingRow>(hearing_key(id, *hearing));
    return row.report == report ? &row : nullptr;
  }
};

void fold_reports(Layer& state, const Event& event, EventRef) { visit_family<Reports>(event, FoldReports{state}); }

/// A hearing held without a report is a fact; a supervisor's clearance could not have been given.
void when_hearing_held_without_report_then_record_it(const Event& event, const Context& context, Happened& then) {
  const auto* held = event.as<HearingHeld>();
  if (held == nullptr || !held->undertaker || !is_ours(context, held->case_id)) return;
  const auto hearing = hearing_of(context.state, held->case_id, held->hearing);
  if (hearing && hearing->reported) return;
  then.add(HearingHeldWithoutReport{held->case_id, *held->undertaker, held->hearing});
}

std::expected<std::shared_ptr<const ReportRow>, Refusal> want_submitted(const Context& context, const CaseRow& row,
                                                                        const CaseId& id, const ReportId& report) {
  auto found = context.state.get<ReportRow>(report_key(id, report));
  if (!found) return no(not_found, "report " + report.value);
  if (is_lead(context, row) || context.actor.undertaker == found->undertaker.value) return no(by_the_undertaker);
  if (found->state != ReportState::submitted)
    return no(wrong_state, "report " + report.value + " is " + std::string(name_of(found->state)));
  return found;
}

/// Every report meets the periodic clock and starts the next.
void run_periodic_clock(EventDraft& draft, const Context& context, const CaseRow& row, const CaseId& id) {
  draft.ends(periodic_rule, ref(id), context.day());
  if (row.is_open()) draft.starts(periodic_rule, ref(id), context.day(), row.lead->value);
}

/// A returned report leaves the hearing without one: another is due as before.
void ask_again(EventDraft& draft, const Context& context, const CaseRow& row, const ReturnReport& action,
               const HearingId& id) {
  const auto hearing = hearing_of(context.state, action.case_id, id);
  if (hearing && hearing->state == HearingState::scheduled && hearing->report == action.report)
    start_report_clock(draft, context, row, action.case_id, id, hearing->at);
}

}  // namespace

Decision decide(const SubmitPreHearingReport& action, const Context& context) {
  const auto row =
      want_case<SubmitPreHearingReport>(context, action.case_id, {.open = false, .recipient = &action.recipient});
  if (!row) return std::unexpected(row.error());
  const auto hearing = hearing_of(context.state, action.case_id, action.hearing);
  if (!hearing) return no(not_found, "hearing " + action.hearing.value);
  if (hearing->state == HearingState::cancelled) return no(wrong_state, "the hearing is cancelled");
  if (context.state.get<ReportRow>(report_key(action.case_id, action.report)))
    return no(already_exists, "report " + action.report.value);
  Happened happened(context);
  auto draft = happened.add(PreHearingReportSubmitted{action.case_id, *(*row)->lead, action.report, action.hearing,
                                                      action.evidence, action.opinion, action.analysis, action.risks,
                                                      action.attachments});
  draft.ends(before_hearing_rule, ref(action.case_id), context.day(), ClockEnding::met, action.hearing.value);
  run_periodic_clock(draft, context, **row, action.case_id);
  return happened;
}

Decision decide(const SubmitPeriodicReport& action, const Context& context) {
  const auto row = want_case<SubmitPeriodicReport>(context, action.case_id, {.recipient = &action.recipient});
  if (!row) return std::unexpected(row.error());
  if (context.state.get<ReportRow>(report_key(action.case_id, action.report)))
    return no(already_exists, "report " + action.report.value);
  Happened happened(context);
  auto draft = happened.add(PeriodicReportSubmitted{action.case_id, *(*row)->lead, action.report, action.evidence,
                                                    action.opinion, action.analysis, action.risks, action.attachments});
  run_periodic_clock(draft, context, **row, action.case_id);
  return happened;
}

Decision decide(const ReturnReport& action, const Context& context) {
  const auto row = want_case<ReturnReport>(context, action.case_id, {.open = false});
  if (!row) return std::unexpected(row.error());
  const auto report = want_submitted(context, **row, action.case_id, action.report);
  if (!report) return std::unexpected(report.error());
  Happened happened(context);
  auto draft = happened.add(ReportReturned{action.case_id, (*report)->undertaker, action.report, (*report)->hearing,
                                           action.ground, context.actor.person});
  if ((*report)->hearing) ask_again(draft, context, **row, action, *(*report)->hearing);
  return happened;
}

Decision decide(const AcceptReport& action, const Context& context) {
  const auto row = want_case<AcceptReport>(context, action.case_id, {.open = false});
  if (!row) return std::unexpected(row.error());
  const auto report = want_submitted(context, **row, action.case_id, action.report);
  if (!report) return std::unexpected(report.error());
  Happened happened(context);
  happened.add(
      ReportAccepted{action.case_id, (*report)->undertaker, action.report, (*report)->hearing, context.actor.person});
  return happened;
}

FamilyRules report_rules() {
  return {actions_of<SubmitPreHearingReport, SubmitPeriodicReport, ReturnReport, AcceptReport>("reports"),
          fold_reports,
          {when_hearing_held_without_report_then_record_it}};
}

}  // namespace aidledger::rules
