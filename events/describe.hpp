#pragma once
// One declaration of a struct's fields, from which bytes, JSON in and out, schemas, the catalogue and samples are made:
//
//   struct AidGranted {
//     CaseId case_id;
//     static void fields(auto&& f) { f("case", &AidGranted::case_id, "the case that aid is granted for"); }
//   };
//
// Options may follow the meaning: `sealed_for(&T::person)` or `sealed_for(&T::person, IndexKind::name)` on a Sealed
// field of an action.
#include <concepts>
#include <optional>
#include <string_view>
#include <type_traits>
#include <vector>

#include "events/values/ids.hpp"
#include "events/values/sealed.hpp"

namespace aidledger {

namespace detail {
struct Probe {
  template <class... A>
  void operator()(A&&...) const {}
};
}  // namespace detail

template <class T>
concept Described = std::is_class_v<T> && requires { T::fields(detail::Probe{}); };

/// Calls visit(name, member, meaning, options...) for every field of `object`, in the order of declaration (= the order
/// of the bytes).
template <Described T, class V>
void for_each_field(T& object, V&& visit) {
  std::remove_const_t<T>::fields([&](std::string_view name, auto member, std::string_view meaning, auto... options) {
    visit(name, object.*member, meaning, options...);
  });
}

template <class Owner>
struct SealedFor {
  PersonId Owner::* person;
  IndexKind index;
};

template <class Owner>
SealedFor<Owner> sealed_for(PersonId Owner::* person, IndexKind index = IndexKind::none) {
  return {person, index};
}

struct Generated {};
inline constexpr Generated generated{};

template <class T>
inline constexpr bool is_optional = false;
template <class T>
inline constexpr bool is_optional<std::optional<T>> = true;
template <class T>
inline constexpr bool is_vector = false;
template <class T>
inline constexpr bool is_vector<std::vector<T>> = true;

}  // namespace aidledger
