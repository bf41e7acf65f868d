#pragma once
// A family is the list of its events: `using Undertakers = Family<"undertakers", UndertakerEnrolled, ...>;`. Its .cpp
// registers them with AIDLEDGER_FAMILY; folds go through visit_family, which does not compile while an event of the
// family has no overload.
#include <algorithm>
#include <type_traits>

#include "events/event.hpp"

namespace aidledger {

template <std::size_t N>
struct FixedName {
  char text[N];
  constexpr FixedName(const char (&name)[N]) { std::copy_n(name, N, text); }
  constexpr operator std::string_view() const { return {text, N - 1}; }
};

template <FixedName FamilyName, class... E>
struct Family {
  static constexpr std::string_view name = FamilyName;
};

template <class... F>
struct overloaded : F... {
  using F::operator()...;
};

namespace detail {
template <class E, class V>
bool visit_one(const Event& event, V& visitor) {
  static_assert(std::is_invocable_v<V&, const E&>, "this fold has no overload for the event E named above");
  const E* payload = event.as<E>();
  if (payload != nullptr) visitor(*payload);
  return payload != nullptr;
}
template <class V, FixedName Name, class... E>
bool visit_list(Family<Name, E...>*, const Event& event, V& visitor) {
  return (visit_one<E>(event, visitor) || ...);
}
}  // namespace detail

/// Calls visitor(payload) if the event is of the family; every event of the family needs an overload. True if it was of
/// the family.
template <class F, class V>
bool visit_family(const Event& event, V&& visitor) {
  return detail::visit_list(static_cast<F*>(nullptr), event, visitor);
}

template <class F>
std::vector<EventType> event_types_of();

}  // namespace aidledger
