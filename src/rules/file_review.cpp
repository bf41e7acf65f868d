#include "src/rules/file_review.hpp"

#include <algorithm>

#include "events/governance.hpp"
#include "events/row_codec.hpp"
#include "src/rules/action_codec.hpp"

namespace aidledger {
using rules::FileRow;
AIDLEDGER_ROW(FileRow)
}  // namespace aidledger

namespace aidledger::rules {
namespace {

constexpr auto review_rule = "file-review";
constexpr auto resubmission_rule = "file-resubmission";
constexpr auto supervisor_role = "supervisor";
constexpr auto casework_policy = "casework";

struct FoldFileReview {
  Layer& state;

  void operator()(const FileReviewed& e) const {
    auto& row = edit(e.case_id);
    row.reviews = e.review;
    if (e.passed) row.state = FileState::passed;
    if (!e.passed) ++row.failed;
  }
  void operator()(const FileDefectFound&) const {}
  void operator()(const FileReturned& e) const { edit(e.case_id).state = FileState::returned; }
  void operator()(const FileResubmitted& e) const {
    auto& row = edit(e.case_id);
    row.state = FileState::resubmitted;
    row.reason_given = !e.reason.empty();
  }
  void operator()(const FileArchived& e) const {
    edit(e.case_id).state = FileState::archived;
    state.edit<CaseRow>(case_key(e.case_id)).archived_on = e.archived_on;
  }

 private:
  FileRow& edit(const CaseId& id) const { return state.edit<FileRow>(case_key(id)); }
};

void fold_file_review(Layer& state, const Event& event, EventRef) {
  visit_family<FileReview>(event, FoldFileReview{state});
  if (const auto* e = event.as<FileSubmitted>()) state.edit<FileRow>(case_key(e->case_id)).state = FileState::submitted;
  if (const auto* e = event.as<ComplianceBreachRecorded>(); e != nullptr && e->case_id && e->rule == file_failed_rule)
    state.edit<CaseRow>(case_key(*e->case_id)).mandatory_evaluation = true;
}

bool answers_every_item_once(const std::vector<ReviewedItem>& items) {
  std::array<int, count_of<ChecklistItem>()> answers{};
  for (const auto& item : items) ++answers.at(static_cast<std::size_t>(item.item));
  return std::all_of(answers.begin(), answers.end(), [](int times) { return times == 1; });
}

template <class A>
std::expected<std::pair<std::shared_ptr<const CaseRow>, std::shared_ptr<const FileRow>>, Refusal> want_file(
    const Context& context, const CaseId& id, const PersonId* recipient = nullptr) {
  auto row = want_case<A>(context, id, {.open = false, .recipient = recipient});
  if (!row) return std::unexpected(row.error());
  auto file = file_of(context.state, id);
  if (!file) return no(file_not_there, id.value);
  return std::pair{*row, file};
}

void when_review_not_passed_then_return_file(const Event& event, const Context& context, Happened& then) {
  const auto* review = event.as<FileReviewed>();
  if (review == nullptr || review->passed) return;
  then.add(FileReturned{review->case_id, review->undertaker, review->review})
      .starts(resubmission_rule, ref(review->case_id), context.day(), review->undertaker.value);
}

void when_review_failed_again_without_reason_then_breach(const Event& event, const Context& context, Happened& then) {
  const auto* review = event.as<FileReviewed>();
  if (review == nullptr || review->passed) return;
  const Policy* policy = context.policy(casework_policy);
  const auto limit = policy != nullptr ? policy->integer("failed_reviews", 2) : 2;
  const auto file = file_of(context.state, review->case_id);
  if (file->failed < static_cast<std::uint64_t>(limit) || file->reason_given) return;
  then.used(policy);
  then.add(ComplianceBreachRecorded{file_failed_rule,
                                    "review " + std::to_string(review->review) +
                                        " was not passed and no good reason given: the next round takes the case",
                                    review->case_id, review->undertaker});
}

}  // namespace

std::shared_ptr<const FileRow> file_of(const State& state, const CaseId& id) {
  return state.get<FileRow>(case_key(id));
}

Decision decide(const ReviewFile& action, const Context& context) {
  const auto found = want_file<ReviewFile>(context, action.case_id);
  if (!found) return std::unexpected(found.error());
  const auto& [row, file] = *found;
  if (is_lead(context, *row)) return no(by_the_undertaker);
  if (file->state != FileState::submitted && file->state != FileState::resubmitted)
    return no(wrong_state, "the file is " + std::string(name_of(file->state)));
  if (!answers_every_item_once(action.items)) return no(checklist_incomplete);
  const Policy* policy = context.policy(casework_policy);
  const std::uint32_t number = file->reviews + 1;
  FileReviewed review{
      action.case_id, *row->lead,          number, policy != nullptr ? policy->text("file_checklist", "") : "", {},
      true,           context.actor.person};
  for (const auto& item : action.items) {
    review.items.push_back({item.item, item.passed, item.documents});
    review.passed = review.passed && item.passed;
  }
  Happened happened(context);
  happened.used(policy);
  happened.add(review).ends(review_rule, ref(action.case_id), context.day());
  for (const auto& item : action.items)
    if (!item.passed)
      happened.add(FileDefectFound{
          action.case_id, *row->lead, number, item.item, item.severity.value_or(DefectSeverity::minor), {}});
  return happened;
}

Decision decide(const RecordFileDefect& action, const Context& context) {
  const auto found = want_file<RecordFileDefect>(context, action.case_id, &action.recipient);
  if (!found) return std::unexpected(found.error());
  const auto& [row, file] = *found;
  if (is_lead(context, *row)) return no(by_the_undertaker);
  if (file->reviews == 0) return no(wrong_state, "the file has not been reviewed");
  Happened happened(context);
  happened.add(
      FileDefectFound{action.case_id, *row->lead, file->reviews, action.item, action.severity, action.description});
  return happened;
}

Decision decide(const ResubmitFile& action, const Context& context) {
  const auto found = want_file<ResubmitFile>(context, action.case_id);
  if (!found) return std::unexpected(found.error());
  const auto& [row, file] = *found;
  if (file->state != FileState::returned) return no(wrong_state, "the file is " + std::string(name_of(file->state)));
  Happened happened(context);
  happened.add(FileResubmitted{action.case_id, *row->lead, action.documents, action.reason.value_or("")})
      .ends(resubmission_rule, ref(action.case_id), context.day())
      .starts(review_rule, ref(action.case_id), context.day(), supervisor_role);
  return happened;
}

Decision decide(const ArchiveFile& action, const Context& context) {
  const auto found = want_file<ArchiveFile>(context, action.case_id);
  if (!found) return std::unexpected(found.error());
  const auto& [row, file] = *found;
  if (is_lead(context, *row)) return no(by_the_undertaker);
  if (file->state == FileState::archived) return no(wrong_state, "the file is archived already");
  if (file->state != FileState::passed) return no(review_not_passed, action.case_id.value);
  FileArchived e;
  e.case_id = action.case_id, e.undertaker = *row->lead;
  e.assignment = row->assignment, e.review = file->reviews;
  e.case_type = row->case_type, e.stage = row->stage;
  e.district = row->district, e.organisation = row->organisation;
  e.salaried = row->salaried, e.terminated = row->state == CaseState::terminated;
  e.mandatory_evaluation = row->mandatory_evaluation;
  e.archived_on = context.day(), e.archived_by = context.actor.person;
  Happened happened(context);
  happened.add(std::move(e));
  return happened;
}

FamilyRules file_review_rules() {
  return {actions_of<ReviewFile, RecordFileDefect, ResubmitFile, ArchiveFile>("file_review"),
          fold_file_review,
          {when_review_not_passed_then_return_file, when_review_failed_again_without_reason_then_breach}};
}

}  // namespace aidledger::rules
