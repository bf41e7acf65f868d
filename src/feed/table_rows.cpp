#include "src/feed/table_rows.hpp"

namespace aidledger::feed {
namespace {

using namespace projections;

/// Before every licence ends: what stands against an assignment whatever the day.
constexpr Date on_no_day{INT32_MIN};

template <class T>
std::string words(const std::vector<T>& values, auto name) {
  std::string out;
  for (const auto& value : values) out += (out.empty() ? "" : ",") + std::string(name(value));
  return out;
}

void tell_team(StandingTableRow& to, const StandingRow& row) {
  if (row.team) {
    to.category = std::string(name_of(row.team->category));
    to.organisation = row.team->organisation, to.district = row.team->district;
    to.salaried = row.team->salaried, to.salaried_from = row.team->salaried_from;
  }
  if (row.licence) to.licence_lapsed = row.licence->lapsed, to.licence_valid_until = row.licence->valid_until;
}

void tell_holds(StandingTableRow& to, const StandingRow& row) {
  to.has_left = row.left && row.left->on;
  to.suspended = row.suspension && row.suspension->on;
  to.assignment_hold = row.assignment_hold && row.assignment_hold->on;
  for (const auto& hold : row.payment_holds) to.payment_hold |= hold.case_id.empty() && hold.state && hold.state->on;
}

void tell_sanctions(StandingTableRow& to, const StandingRow& row) {
  for (const auto& sanction : row.sanctions) {
    if (sanction.stands() && sanction.decided->sanction == Sanction::disqualification)
      to.disqualified = true, to.disqualified_until = sanction.decided->until;
    if (sanction.ended && sanction.ended->probation_until) to.probation_until = sanction.ended->probation_until;
  }
}

void add_stage(SubsidyTableRow& to, const SubsidyStage& stage, EventRef& newest) {
  if (stage.revisions.empty()) return;
  const auto& last = stage.revisions.back();
  to.standard = to.standard + last.standard, to.base = to.base + last.base;
  to.quality_amount = to.quality_amount + last.quality_amount;
  to.direct_costs = to.direct_costs + last.direct_costs, to.entitlement = to.entitlement + last.entitlement;
  if (to.revision > 0 && last.by.value_or(EventRef{}) < newest) return;
  newest = last.by.value_or(EventRef{});
  to.undertaker = last.undertaker.value, to.case_type = last.case_type, to.stage = stage.stage;
  to.revision = last.revision, to.cause = name_of(last.cause), to.share = last.share;
  to.grade = last.grade ? std::optional(std::string(name_of(*last.grade))) : std::nullopt;
  to.quality_base = last.quality_base, to.rate = last.rate;
  to.salaried = last.salaried, to.terminated = last.terminated;
  to.policy = last.policy.name + "@" + last.policy.version;
}

}  // namespace

StandingTableRow table_row(const StandingRow& row) {
  StandingTableRow to;
  to.enrolled = bool(row.enrolment), to.imported = bool(row.imported);
  tell_team(to, row);
  tell_holds(to, row);
  if (row.ladder) {
    to.ladder_step = row.ladder->step;
    to.counted_cases = static_cast<std::int32_t>(row.ladder->counted.size());
  }
  if (row.comments) to.written_comments = std::string(name_of(row.comments->state));
  tell_sanctions(to, row);
  to.why_not = words(why_not(row, on_no_day), [](const Reason& reason) { return name_of(reason.why); });
  return to;
}

std::optional<SubsidyTableRow> table_row(const SubsidyRow& row) {
  SubsidyTableRow to;
  EventRef newest;
  for (const auto& stage : row.stages) add_stage(to, stage, newest);
  return to.revision == 0 ? std::nullopt : std::optional(std::move(to));
}

}  // namespace aidledger::feed
