#include "src/rules/rights_notice.hpp"

#include <algorithm>

#include "events/row_codec.hpp"
#include "src/rules/action_codec.hpp"

namespace aidledger {
using rules::NoticeRow;
AIDLEDGER_ROW(NoticeRow)
}  // namespace aidledger

namespace aidledger::rules {
namespace {

constexpr auto notice_rule = "rights-notice";
constexpr auto intake_role = "intake";

std::shared_ptr<const NoticeRow> notice_of(const State& state, const CaseId& id) {
  return state.get<NoticeRow>(case_key(id));
}

struct FoldRightsNotice {
  Layer& state;
  void operator()(const RightsNoticeIssued& e) const { edit(e.case_id) = {e.assignment, false, false}; }
  void operator()(const RightsNoticeReissued& e) const { edit(e.case_id) = {e.assignment, false, false}; }
  void operator()(const RightsNoticeDelivered& e) const { edit(e.case_id).delivered = true; }
  void operator()(const RightsNoticeAcknowledged& e) const { edit(e.case_id).acknowledged = true; }

 private:
  NoticeRow& edit(const CaseId& id) const { return state.edit<NoticeRow>(case_key(id)); }
};

void fold_rights_notice(Layer& state, const Event& event, EventRef) {
  visit_family<RightsNotice>(event, FoldRightsNotice{state});
}

bool says_nothing(const std::string& text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c == ' ' || c == '\t'; });
}

/// The notice made out for the current assignment, and the case.
struct Current {
  std::shared_ptr<const CaseRow> row;
  std::shared_ptr<const NoticeRow> notice;
};
template <class A>
std::expected<Current, Refusal> want_current(const Context& context, const CaseId& id) {
  auto row = want_case<A>(context, id, {.open = false});
  if (!row) return std::unexpected(row.error());
  auto notice = notice_of(context.state, id);
  if (!notice || notice->assignment != (*row)->assignment) return no(no_notice, id.value);
  return Current{*row, notice};
}

}  // namespace

Decision decide(const IssueRightsNotice& action, const Context& context) {
  const auto row = want_case<IssueRightsNotice>(context, action.case_id, {});
  if (!row) return std::unexpected(row.error());
  if (says_nothing(action.supervision_phone)) return no(supervision_phone_missing);
  if (const auto notice = notice_of(context.state, action.case_id))
    return notice->assignment == (*row)->assignment ? no(notice_effective, action.case_id.value)
                                                    : no(notice_to_be_reissued, action.case_id.value);
  Happened happened(context);
  happened.add(RightsNoticeIssued{action.case_id, (*row)->recipient, *(*row)->lead, (*row)->assignment,
                                  action.text_version, action.supervision_phone, action.complaint_channel,
                                  action.language, action.accessibility.value_or("")});
  return happened;
}

Decision decide(const ReissueRightsNotice& action, const Context& context) {
  const auto row = want_case<ReissueRightsNotice>(context, action.case_id, {});
  if (!row) return std::unexpected(row.error());
  if (says_nothing(action.supervision_phone)) return no(supervision_phone_missing);
  const auto notice = notice_of(context.state, action.case_id);
  if (!notice) return no(no_notice, action.case_id.value);
  Happened happened(context);
  auto draft = happened.add(RightsNoticeReissued{action.case_id, (*row)->recipient, *(*row)->lead, (*row)->assignment,
                                                 notice->assignment, action.text_version, action.supervision_phone,
                                                 action.complaint_channel, action.language,
                                                 action.accessibility.value_or(""), action.ground});
  // A notice mended after its delivery has to be delivered again.
  if (notice->assignment == (*row)->assignment && notice->delivered)
    draft.starts(notice_rule, ref(action.case_id), context.day(), intake_role);
  return happened;
}

Decision decide(const DeliverRightsNotice& action, const Context& context) {
  const auto current = want_current<DeliverRightsNotice>(context, action.case_id);
  if (!current) return std::unexpected(current.error());
  if (current->notice->delivered) return no(wrong_state, "the notice is delivered already");
  Happened happened(context);
  happened
      .add(RightsNoticeDelivered{action.case_id, *current->row->lead, current->notice->assignment, action.channel,
                                 action.proof})
      .ends(notice_rule, ref(action.case_id), context.day());
  return happened;
}

Decision decide(const AcknowledgeRightsNotice& action, const Context& context) {
  const auto current = want_current<AcknowledgeRightsNotice>(context, action.case_id);
  if (!current) return std::unexpected(current.error());
  if (current->notice->acknowledged) return no(wrong_state, "the notice is acknowledged already");
  Happened happened(context);
  happened
      .add(RightsNoticeAcknowledged{action.case_id, *current->row->lead, current->notice->assignment, action.signature})
      .ends(notice_rule, ref(action.case_id), context.day());
  return happened;
}

FamilyRules rights_notice_rules() {
  return {
      actions_of<IssueRightsNotice, ReissueRightsNotice, DeliverRightsNotice, AcknowledgeRightsNotice>("rights_notice"),
      fold_rights_notice,
      {}};
}

}  // namespace aidledger::rules
