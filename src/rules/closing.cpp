#include "src/rules/closing.hpp"

#include "src/rules/action_codec.hpp"
#include "src/rules/clocks.hpp"
#include "src/rules/file_state.hpp"

namespace aidledger::rules {
namespace {

constexpr auto supervisor_role = "supervisor";

/// Clocks about a running case have nothing left to do once it has ended. A correction that was ordered stays due.
void withdraw_clocks_of_running_case(EventDraft& draft, const Context& context, const ObjectRef& subject) {
  const auto ends_with_case = [](const std::string& rule) {
    for (const auto* name : {"assign-after-grant", "assign-after-notice", "replacement-decision", "rights-notice",
                             "first-progress-call", "progress-call", "pre-hearing-report", "periodic-report"})
      if (rule == name) return true;
    return false;
  };
  context.state.each<RunningRow>(row_key({subject.kind, subject.id}), [&](auto, const RunningRow& running) {
    if (ends_with_case(running.clock.rule))
      draft.event().ends.push_back({running.clock, context.day(), ClockEnding::withdrawn});
    return true;
  });
}

}  // namespace

Decision decide(const TerminateAid& action, const Context& context) {
  const auto row = want_case<TerminateAid>(context, action.case_id, {.lead = false, .recipient = &action.recipient});
  if (!row) return std::unexpected(row.error());
  const auto subject = ref(action.case_id);
  Happened happened(context);
  auto draft =
      happened.add(AidTerminated{action.case_id, (*row)->lead, (*row)->lead ? (*row)->assignment : 0, (*row)->case_type,
                                 (*row)->stage, action.ground, action.work_done, action.details});
  withdraw_clocks_of_running_case(draft, context, subject);
  if ((*row)->lead) draft.starts("file-hand-in", subject, context.day(), (*row)->lead->value);
  return happened;
}

Decision decide(const ConcludeCase& action, const Context& context) {
  const auto row = want_case<ConcludeCase>(context, action.case_id, {});
  if (!row) return std::unexpected(row.error());
  const auto subject = ref(action.case_id);
  Happened happened(context);
  auto draft = happened.add(CaseConcluded{action.case_id, *(*row)->lead, (*row)->assignment, (*row)->case_type,
                                          (*row)->stage, action.outcome});
  withdraw_clocks_of_running_case(draft, context, subject);
  draft.starts("file-hand-in", subject, context.day(), (*row)->lead->value);
  return happened;
}

Decision decide(const SubmitClosingReport& action, const Context& context) {
  const auto row =
      want_case<SubmitClosingReport>(context, action.case_id, {.open = false, .recipient = &action.recipient});
  if (!row) return std::unexpected(row.error());
  if ((*row)->is_open()) return no(case_not_closed, action.case_id.value);
  if ((*row)->archived_on) return no(wrong_state, "the file is archived");
  Happened happened(context);
  happened.add(ClosingReportSubmitted{action.case_id, *(*row)->lead, action.summary});
  return happened;
}

Decision decide(const SubmitFile& action, const Context& context) {
  const auto row = want_case<SubmitFile>(context, action.case_id, {.open = false});
  if (!row) return std::unexpected(row.error());
  if ((*row)->is_open()) return no(case_not_closed, action.case_id.value);
  if (const auto file = file_of(context.state, action.case_id))
    return no(wrong_state, "the file is " + std::string(name_of(file->state)));
  const auto subject = ref(action.case_id);
  Happened happened(context);
  happened.add(FileSubmitted{action.case_id, *(*row)->lead, action.documents})
      .ends("file-hand-in", subject, context.day())
      .starts("file-review", subject, context.day(), supervisor_role);
  return happened;
}

std::vector<ActionType> closing_actions() {
  return actions_of<TerminateAid, ConcludeCase, SubmitClosingReport, SubmitFile>("cases");
}

}  // namespace aidledger::rules
