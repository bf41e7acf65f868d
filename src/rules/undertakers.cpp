#include "src/rules/undertakers.hpp"

#include "events/row_codec.hpp"
#include "src/rules/action_codec.hpp"

namespace aidledger {
using rules::StandingRow, rules::LicenceRow, rules::PaymentHoldRow;
AIDLEDGER_ROW(StandingRow)
AIDLEDGER_ROW(LicenceRow)
AIDLEDGER_ROW(PaymentHoldRow)
}  // namespace aidledger

namespace aidledger::rules {
namespace {

std::string licence_key(const std::string& licence) { return row_key({licence}); }
std::string hold_key(const UndertakerId& id, const std::optional<CaseId>& case_id) {
  return row_key({id.value, case_id ? case_id->value : ""});
}

struct FoldUndertakers {
  Layer& state;

  void operator()(const UndertakerEnrolled& e) const {
    auto& row = edit(e.undertaker);
    row.enrolled = true, row.left = row.lapsed = row.suspended = false;
    row.person = e.person;
    row.category = e.category, row.organisation = e.organisation, row.district = e.district;
    row.salaried = e.salaried, row.capacity = e.capacity;
    hold_licence(e.undertaker, row, e.licence);
    row.licence_since = e.licence_since;
  }
  void operator()(const CategoryChanged& e) const {
    auto& row = edit(e.undertaker);
    row.category = e.category, row.organisation = e.organisation, row.district = e.district;
    row.salaried = e.salaried;
  }
  void operator()(const QualificationVerified& e) const {
    auto& row = edit(e.undertaker);
    row.lapsed = false;
    hold_licence(e.undertaker, row, e.licence);
    if (e.licence_since) row.licence_since = e.licence_since;
    row.valid_until = e.valid_until;
  }
  void operator()(const QualificationLapsed& e) const { edit(e.undertaker).lapsed = true; }
  void operator()(const UndertakerSuspended& e) const { edit(e.undertaker).suspended = true; }
  void operator()(const UndertakerReinstated& e) const { edit(e.undertaker).suspended = false; }
  void operator()(const UndertakerLeft& e) const {
    edit(e.undertaker).left = true;
    if (!e.licence.empty()) state.erase<LicenceRow>(licence_key(e.licence));
  }
  void operator()(const PaymentHoldPlaced& e) const {
    state.edit<PaymentHoldRow>(hold_key(e.undertaker, e.case_id)).ground = e.ground;
    if (!e.case_id) edit(e.undertaker).payment_hold = true;
  }
  void operator()(const PaymentHoldLifted& e) const {
    state.erase<PaymentHoldRow>(hold_key(e.undertaker, e.case_id));
    if (!e.case_id) edit(e.undertaker).payment_hold = false;
  }

 private:
  StandingRow& edit(const UndertakerId& id) const { return state.edit<StandingRow>(standing_key(id)); }
  void hold_licence(const UndertakerId& id, StandingRow& row, const std::string& licence) const {
    if (!row.licence.empty() && row.licence != licence) state.erase<LicenceRow>(licence_key(row.licence));
    row.licence = licence;
    if (!licence.empty()) state.edit<LicenceRow>(licence_key(licence)).undertaker = id;
  }
};

void fold_undertakers(Layer& state, const Event& event, EventRef) {
  visit_family<Undertakers>(event, FoldUndertakers{state});
}

/// One active enrolment per licence.
std::optional<Refusal> unless_free(const Context& context, const std::string& licence, const UndertakerId& by) {
  if (licence.empty()) return std::nullopt;
  const auto holder = context.state.get<LicenceRow>(licence_key(licence));
  if (!holder || holder->undertaker == by) return std::nullopt;
  return refuse(licence_in_use, "licence " + licence + " is that of " + holder->undertaker.value);
}

bool needs_licence(const Policy& policy, UndertakerCategory category) {
  const Tree* needed = policy.tree.at_path("licence.needed");
  const auto* list = needed != nullptr ? needed->as_list() : nullptr;
  if (list == nullptr) return false;
  for (const auto& entry : *list)
    if (entry.as_string() != nullptr && *entry.as_string() == name_of(category)) return true;
  return false;
}

std::expected<std::shared_ptr<const StandingRow>, Refusal> want_enrolled(const Context& context,
                                                                         const UndertakerId& id) {
  auto row = standing_of(context.state, id);
  if (!row || !row->enrolled) return no(not_enrolled, id.value);
  if (row->left) return no(has_left, id.value);
  return row;
}

template <class E>
Decision happened_to(const Context& context, E payload) {
  Happened happened(context);
  happened.add(std::move(payload));
  return happened;
}

}  // namespace

std::string standing_key(const UndertakerId& id) { return row_key({id.value}); }

std::shared_ptr<const StandingRow> standing_of(const State& state, const UndertakerId& id) {
  return state.get<StandingRow>(standing_key(id));
}

Decision decide(const EnrolUndertaker& action, const Context& context) {
  const auto known = standing_of(context.state, action.undertaker);
  if (known && known->enrolled && !known->left) return no(already_exists, action.undertaker.value);
  const std::string licence = action.licence.value_or("");
  const Policy* policy = context.policy("eligibility");
  if (policy == nullptr) return no(no_policy, "eligibility");
  if (licence.empty() && needs_licence(*policy, action.category))
    return no(licence_needed, std::string(name_of(action.category)), policy->ref.name + "@" + policy->ref.version);
  if (auto refusal = unless_free(context, licence, action.undertaker)) return std::unexpected(std::move(*refusal));
  Happened happened(context);
  happened.used(policy);
  happened.add(UndertakerEnrolled{action.undertaker, action.person, action.category, action.organisation,
                                  action.district, action.salaried, action.salaried_from.value_or(context.day()),
                                  licence, action.licence_since, action.specialties, action.capacity.value_or(0),
                                  action.full_name, action.telephone});
  return happened;
}

Decision decide(const ChangeCategory& action, const Context& context) {
  const auto row = want_enrolled(context, action.undertaker);
  if (!row) return std::unexpected(row.error());
  const Policy* policy = context.policy("eligibility");
  if (policy == nullptr) return no(no_policy, "eligibility");
  if ((*row)->licence.empty() && needs_licence(*policy, action.category))
    return no(licence_needed, std::string(name_of(action.category)), policy->ref.name + "@" + policy->ref.version);
  Happened happened(context);
  happened.used(policy);
  happened.add(CategoryChanged{action.undertaker, action.category, action.organisation, action.district,
                               action.salaried, action.salaried_from.value_or(context.day()), action.ground});
  return happened;
}

Decision decide(const VerifyQualification& action, const Context& context) {
  const auto row = want_enrolled(context, action.undertaker);
  if (!row) return std::unexpected(row.error());
  if (action.licence.empty()) return no(licence_needed, action.undertaker.value);
  if (auto refusal = unless_free(context, action.licence, action.undertaker))
    return std::unexpected(std::move(*refusal));
  return happened_to(
      context, QualificationVerified{action.undertaker, action.licence, action.licence_since, action.valid_until});
}

Decision decide(const LapseQualification& action, const Context& context) {
  const auto row = want_enrolled(context, action.undertaker);
  if (!row) return std::unexpected(row.error());
  if ((*row)->lapsed) return no(wrong_state, "the qualification has lapsed already");
  return happened_to(context, QualificationLapsed{action.undertaker, (*row)->licence, action.ground});
}

Decision decide(const SuspendUndertaker& action, const Context& context) {
  const auto row = want_enrolled(context, action.undertaker);
  if (!row) return std::unexpected(row.error());
  if ((*row)->suspended) return no(wrong_state, "the undertaker is suspended already");
  return happened_to(context, UndertakerSuspended{action.undertaker, action.ground});
}

Decision decide(const ReinstateUndertaker& action, const Context& context) {
  const auto row = want_enrolled(context, action.undertaker);
  if (!row) return std::unexpected(row.error());
  if (!(*row)->suspended) return no(wrong_state, "the undertaker is not suspended");
  return happened_to(context, UndertakerReinstated{action.undertaker, action.ground});
}

Decision decide(const RecordDeparture& action, const Context& context) {
  const auto row = want_enrolled(context, action.undertaker);
  if (!row) return std::unexpected(row.error());
  return happened_to(context, UndertakerLeft{action.undertaker, (*row)->licence, action.ground});
}

Decision decide(const PlacePaymentHold& action, const Context& context) {
  const auto row = standing_of(context.state, action.undertaker);
  if (!row || !row->enrolled) return no(not_enrolled, action.undertaker.value);
  if (context.state.get<PaymentHoldRow>(hold_key(action.undertaker, action.case_id)))
    return no(wrong_state, "there is such a hold already");
  return happened_to(context, PaymentHoldPlaced{action.undertaker, action.case_id, action.ground});
}

Decision decide(const LiftPaymentHold& action, const Context& context) {
  if (!context.state.get<PaymentHoldRow>(hold_key(action.undertaker, action.case_id)))
    return no(wrong_state, "there is no such hold");
  return happened_to(context, PaymentHoldLifted{action.undertaker, action.case_id, action.ground});
}

FamilyRules undertaker_rules() {
  return {actions_of<EnrolUndertaker, ChangeCategory, VerifyQualification, LapseQualification, SuspendUndertaker,
                     ReinstateUndertaker, RecordDeparture, PlacePaymentHold, LiftPaymentHold>("undertakers"),
          fold_undertakers,
          {}};
}

}  // namespace aidledger::rules
