#pragma once
// What a family's .cpp includes to list its actions: `actions_of<GrantAid, AssignUndertaker>("cases")`.
#include "events/family_codec.hpp"
#include "src/rules/action.hpp"

namespace aidledger::rules {

namespace detail {

template <class A>
void each_missing_id(A& action, const IdVisit& visit) {
  for_each_field(action, [&](auto, auto& field, auto, auto... options) {
    if constexpr (is_id_type<std::remove_cvref_t<decltype(field)>> &&
                  (std::same_as<decltype(options), Generated> || ...))
      if (field.empty()) visit(field.value);
  });
}

template <class A, class F, class Owner>
void seal_field(A& action, std::string_view name, F& field, const SealedFor<Owner>& whose, const SealVisit& visit) {
  const std::string schema = std::string(A::name) + "/" + std::string(name);
  if constexpr (std::same_as<F, Sealed>)
    visit(field, action.*whose.person, whose.index, schema);
  else if (field)
    visit(*field, action.*whose.person, whose.index, schema);
}

template <class A>
void each_sealed(A& action, const SealVisit& visit) {
  for_each_field(action, [&](std::string_view name, auto& field, auto, auto... options) {
    using F = std::remove_cvref_t<decltype(field)>;
    if constexpr (std::same_as<F, Sealed> || std::same_as<F, std::optional<Sealed>>) {
      static_assert(sizeof...(options) == 1, "a sealed field of an action says whose it is: sealed_for(&A::person)");
      (seal_field(action, name, field, options, visit), ...);
    }
  });
}

}  // namespace detail

template <class A>
ActionType action_type(std::string_view family) {
  ActionType type{};
  type.family = family, type.name = A::name, type.meaning = A::meaning,
  type.roles.assign(A::roles.begin(), A::roles.end()), type.refusals = A::refusals;
  type.read = [](const Tree& data, const std::string& pointer, Problems& problems) -> ActionPtr {
    auto action = std::make_shared<A>();
    from_tree(data, *action, pointer, problems);
    return action;
  };
  type.to_tree = [](const void* action) { return aidledger::to_tree(*static_cast<const A*>(action)); };
  type.schema = [] { return schema_of<A>(true); };
  type.sample = [](int n) -> ActionPtr { return std::make_shared<A>(sample_of<A>(n)); };
  type.missing_ids = [](void* action, const IdVisit& visit) {
    detail::each_missing_id(*static_cast<A*>(action), visit);
  };
  type.sealed = [](void* action, const SealVisit& visit) { detail::each_sealed(*static_cast<A*>(action), visit); };
  type.objects = [](const void* action, std::vector<ObjectRef>& out) {
    aidledger::detail::collect_objects(*static_cast<const A*>(action), out);
  };
  type.decide = [](const void* action, const Context& context) {
    return decide(*static_cast<const A*>(action), context);
  };
  return type;
}

template <class... A>
std::vector<ActionType> actions_of(std::string_view family) {
  return {action_type<A>(family)...};
}

}  // namespace aidledger::rules
