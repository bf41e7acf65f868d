#pragma once
// Enumerations with stable names. Stored as u8 (the enumerator's value), shown and read by name. An enumeration joins
// by a constexpr function found beside it: `constexpr auto names_of(Grade) { return std::array{"excellent"sv, ...}; }`,
// in the order of the values 0, 1, 2 ...
#include <array>
#include <cstdint>
#include <optional>
#include <string_view>
#include <type_traits>

namespace aidledger {

using std::string_view_literals::operator""sv;

template <class E>
concept NamedEnum = std::is_enum_v<E> && requires { names_of(E{}); };

template <NamedEnum E>
constexpr std::string_view name_of(E value) {
  const auto names = names_of(E{});
  return names.at(static_cast<std::size_t>(value));
}

template <NamedEnum E>
constexpr std::optional<E> parse_name(std::string_view name) {
  const auto names = names_of(E{});
  for (std::size_t i = 0; i < names.size(); ++i)
    if (names[i] == name) return static_cast<E>(i);
  return std::nullopt;
}

template <NamedEnum E>
constexpr std::size_t count_of() {
  return names_of(E{}).size();
}

}  // namespace aidledger
