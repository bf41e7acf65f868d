#include "src/rules/eligibility.hpp"

#include <algorithm>

#include "src/rules/ladder.hpp"

namespace aidledger::rules {
namespace {

constexpr auto policy_name = "eligibility";

std::string rule_of(const Policy& policy) { return policy.ref.name + "@" + policy.ref.version; }

bool lists(const Tree* list, std::string_view name) {
  const auto* entries = list != nullptr ? list->as_list() : nullptr;
  return entries != nullptr && std::any_of(entries->begin(), entries->end(), [&](const Tree& entry) {
           return entry.as_string() != nullptr && *entry.as_string() == name;
         });
}

/// The matrix: category x case type x stage; a stage that is not named uses "default".
bool may_take(const Policy& policy, const StandingRow& standing, const CaseRow& row) {
  const std::string of_type = "matrix." + std::string(name_of(row.case_type)) + ".";
  const Tree* teams = policy.tree.at_path(of_type + std::string(name_of(row.stage)));
  return lists(teams != nullptr ? teams : policy.tree.at_path(of_type + "default"), name_of(standing.category));
}

bool is_life_or_death(const CaseRow& row) {
  return row.has_flag(CaseFlag::life_or_death) || row.stage == CaseStage::death_review;
}

bool has_years(Date since, Date day, int years) {
  const auto then = ymd(since);
  return date_of(then.year + years, then.month, then.day) <= day;
}

std::optional<Refusal> why_not_now(const Context& context, const StandingRow& standing) {
  if (standing.left) return refuse(has_left);
  if (standing.suspended) return refuse(suspended);
  if (standing.lapsed || (standing.valid_until && *standing.valid_until < context.day()))
    return refuse(qualification_lapsed);
  return std::nullopt;
}

std::shared_ptr<const LadderRow> ladder_of(const Context& context, const UndertakerId& id) {
  return context.state.get<LadderRow>(row_key({id.value}));
}

/// From the third final unqualified grade on nothing is assigned until the director has decided.
std::optional<Refusal> why_not_on_the_ladder(const Context& context, const UndertakerId& id) {
  const auto row = ladder_of(context, id);
  if (row && row->disqualified_by) return refuse(disqualified, "by " + row->disqualified_by->value, "ladder");
  if (row && row->assignment_hold) return refuse(assignment_held, "step " + std::to_string(row->step), "ladder");
  return std::nullopt;
}

std::optional<Refusal> why_not_by_policy(const Policy& policy, const Context& context, const StandingRow& standing,
                                         const CaseRow& row) {
  if (!may_take(policy, standing, row))
    return refuse(ineligible,
                  std::string(name_of(standing.category)) + " for " + std::string(name_of(row.case_type)) + ", " +
                      std::string(name_of(row.stage)),
                  rule_of(policy));
  const int years = static_cast<int>(policy.integer("life-or-death.years", 0));
  if (is_life_or_death(row) && years > 0 &&
      (!standing.licence_since || !has_years(*standing.licence_since, context.day(), years)))
    return refuse(too_short_practice, std::to_string(years) + " years are needed", rule_of(policy));
  return std::nullopt;
}

std::optional<Refusal> why_not_by_side(const Context& context, const UndertakerId& id, const StandingRow& standing,
                                       const CaseRow& row) {
  for (const auto& other : row.opposing) {
    const auto opposing = case_of(context.state, other);
    if (!opposing || !opposing->lead) continue;
    const bool same_house = !standing.organisation.empty() && opposing->organisation == standing.organisation;
    if (same_house || *opposing->lead == id) return refuse(opposing_side, "case " + other.value);
  }
  return std::nullopt;
}

}  // namespace

std::optional<Refusal> why_not(const Context& context, const UndertakerId& id, const CaseRow& row) {
  const auto standing = standing_of(context.state, id);
  if (!standing || !standing->enrolled) return refuse(not_enrolled, id.value);
  auto found = why_not_now(context, *standing);
  if (!found) found = why_not_on_the_ladder(context, id);
  if (!found && std::find(row.former.begin(), row.former.end(), id) != row.former.end()) found = refuse(had_the_case);
  if (!found && !row.recipient.empty() && standing->person == row.recipient) found = refuse(own_matter);
  if (!found) {
    const Policy* policy = context.policy(policy_name);
    found = policy == nullptr ? refuse(no_policy, policy_name) : why_not_by_policy(*policy, context, *standing, row);
  }
  if (!found) found = why_not_by_side(context, id, *standing, row);
  if (found) found->detail = id.value + (found->detail.empty() ? "" : ": " + found->detail);
  return found;
}

EligibilityFacts facts_seen(const Context& context, const UndertakerId& id, const StandingRow& standing) {
  const auto ladder = ladder_of(context, id);
  const Policy* policy = context.policy(policy_name);
  return {standing.category,
          standing.district,
          standing.licence,
          standing.licence_since,
          standing.open_cases,
          standing.capacity,
          ladder ? static_cast<std::uint32_t>(ladder->step) : 0,
          ladder && ladder->probation_until && context.day() <= *ladder->probation_until,
          policy != nullptr ? policy->ref : PolicyRef{}};
}

std::vector<CandidateSeen> look_at(const Context& context, const std::vector<UndertakerId>& candidates,
                                   const CaseRow& row) {
  std::vector<CandidateSeen> out;
  for (const auto& id : candidates) {
    const auto standing = standing_of(context.state, id);
    const auto refusal = why_not(context, id, row);
    out.push_back({id, standing ? standing->open_cases : 0, refusal ? refusal->name : ""});
  }
  return out;
}

}  // namespace aidledger::rules
