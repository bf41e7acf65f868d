#pragma once
// From declarations to trees and back: JSON in and out, JSON Schema and test samples all come from the one list of
// fields.
#include <algorithm>
#include <concepts>
#include <string>
#include <utility>
#include <vector>

#include "events/describe.hpp"
#include "events/values/bytes.hpp"
#include "events/values/enum_names.hpp"
#include "events/values/money.hpp"
#include "events/values/time.hpp"
#include "events/values/tree.hpp"

namespace aidledger {

/// What is wrong with an input, and where: an RFC 6901 JSON Pointer.
struct Problem {
  std::string pointer;
  std::string code;  ///< unknown-field, missing-field, wrong-type, bad-value, naive-time, too-long
  std::string text;
};
using Problems = std::vector<Problem>;

inline constexpr std::size_t max_string_length = 16 * 1024;
inline constexpr std::size_t max_list_length = 10'000;
/// Policies and calendars travel as one text.
inline constexpr std::size_t max_text_length = 128 * 1024;

std::string pointer_of(const std::string& parent, std::string_view member);
void wrong_type(Problems&, const std::string& pointer, std::string_view expected, const Tree& found);
void bad_value(Problems&, const std::string& pointer, std::string text);
/// A time that is none, or that lacks only its zone ("naive-time").
void bad_time(std::string_view text, const std::string& pointer, Problems&);
const std::string* read_string(const Tree&, const std::string& pointer, Problems&,
                               std::size_t longest = max_string_length);
std::string one_of(const std::vector<std::string_view>& names);
template <NamedEnum E>
std::string one_of_names() {
  const auto names = names_of(E{});
  return one_of({names.begin(), names.end()});
}

template <class T>
Tree to_tree(const T& value) {
  if constexpr (std::same_as<T, bool> || std::same_as<T, std::string> || std::same_as<T, Tree>) {
    return Tree(value);
  } else if constexpr (NamedEnum<T>) {
    return Tree(name_of(value));
  } else if constexpr (std::integral<T>) {
    return Tree(static_cast<std::int64_t>(value));
  } else if constexpr (std::same_as<T, Instant> || std::same_as<T, Date>) {
    return Tree(to_text(value));
  } else if constexpr (std::same_as<T, Money>) {
    return Tree(value.fen);
  } else if constexpr (std::same_as<T, BasisPoints>) {
    return Tree(static_cast<std::int64_t>(value.value));
  } else if constexpr (is_id_type<T>) {
    return Tree(value.value);
  } else if constexpr (std::same_as<T, Sealed>) {
    return value.box.empty() ? Tree(value.clear)
                             : Tree::object()
                                   .set("sealed", to_hex(value.box))
                                   .set("schema", value.schema)
                                   .set("action_id", value.action_id);
  } else if constexpr (is_optional<T>) {
    return value ? to_tree(*value) : Tree();
  } else if constexpr (is_vector<T>) {
    Tree list = Tree::list();
    for (const auto& element : value) list.push(to_tree(element));
    return list;
  } else if constexpr (Described<T>) {
    Tree object = Tree::object();
    for_each_field(value, [&](std::string_view name, const auto& field, auto, auto...) {
      if constexpr (is_optional<std::remove_cvref_t<decltype(field)>>) {
        if (!field) return;
      }
      object.set(name, to_tree(field));
    });
    return object;
  } else {
    return Tree(to_hex(BytesView(reinterpret_cast<const char*>(value.data()), value.size())));
  }
}

template <class T>
void from_tree(const Tree& tree, T& value, const std::string& pointer, Problems& problems);

namespace detail {

template <Described T>
void object_from_tree(const Tree& tree, T& value, const std::string& pointer, Problems& problems) {
  const auto* members = tree.as_object();
  if (members == nullptr) return wrong_type(problems, pointer, "object", tree);
  std::vector<std::string_view> known;
  for_each_field(value, [&](std::string_view name, auto& field, auto, auto... options) {
    using F = std::remove_cvref_t<decltype(field)>;
    constexpr bool may_be_absent =
        is_optional<F> || is_vector<F> || (std::same_as<decltype(options), Generated> || ...);
    known.push_back(name);
    const Tree* member = tree.find(name);
    if (member != nullptr && !(is_optional<F> && member->is_null()))
      from_tree(*member, field, pointer_of(pointer, name), problems);
    else if (!may_be_absent)
      problems.push_back(
          {pointer_of(pointer, name), "missing-field", "the field " + std::string(name) + " is required"});
  });
  for (const auto& member : *members)
    if (std::find(known.begin(), known.end(), member.name) == known.end())
      problems.push_back({pointer_of(pointer, member.name), "unknown-field",
                          "there is no field " + member.name + " here; known are " + one_of(known)});
}

template <class T>
void list_from_tree(const Tree& tree, std::vector<T>& value, const std::string& pointer, Problems& problems) {
  const auto* list = tree.as_list();
  if (list == nullptr) return wrong_type(problems, pointer, "list", tree);
  if (list->size() > max_list_length)
    return bad_value(problems, pointer, "a list may have 10,000 elements at the most");
  value.clear();
  for (std::size_t i = 0; i < list->size(); ++i)
    from_tree((*list)[i], value.emplace_back(), pointer_of(pointer, std::to_string(i)), problems);
}

}  // namespace detail

/// Fills `value`; what is wrong is added to `problems` with its pointer. A Sealed field takes its clear text. An Id
/// left empty ("") is refused.
template <class T>
void from_tree(const Tree& tree, T& value, const std::string& pointer, Problems& problems) {
  if constexpr (std::same_as<T, Tree>) {
    value = tree;
  } else if constexpr (std::same_as<T, bool>) {
    if (const auto* b = tree.as_bool())
      value = *b;
    else
      wrong_type(problems, pointer, "boolean", tree);
  } else if constexpr (NamedEnum<T>) {
    if (const auto* s = read_string(tree, pointer, problems)) {
      if (const auto parsed = parse_name<T>(*s))
        value = *parsed;
      else
        bad_value(problems, pointer, "must be one of " + one_of_names<T>());
    }
  } else if constexpr (std::integral<T>) {
    if (const auto* i = tree.as_int()) {
      if (std::in_range<T>(*i))
        value = static_cast<T>(*i);
      else
        bad_value(problems, pointer, "the number is out of range");
    } else {
      wrong_type(problems, pointer, "integer", tree);
    }
  } else if constexpr (std::same_as<T, std::string>) {
    if (const auto* s = read_string(tree, pointer, problems, max_text_length)) value = *s;
  } else if constexpr (std::same_as<T, Sealed>) {
    if (const auto* s = read_string(tree, pointer, problems, max_clear_length)) value.clear = *s;
  } else if constexpr (std::same_as<T, Instant>) {
    if (const auto* s = read_string(tree, pointer, problems)) {
      if (const auto parsed = parse_instant(*s))
        value = *parsed;
      else
        bad_time(*s, pointer, problems);
    }
  } else if constexpr (std::same_as<T, Date>) {
    if (const auto* s = read_string(tree, pointer, problems)) {
      if (const auto parsed = parse_date(*s))
        value = *parsed;
      else
        bad_value(problems, pointer, "must be a date like 2024-02-10");
    }
  } else if constexpr (std::same_as<T, Money>) {
    from_tree(tree, value.fen, pointer, problems);
  } else if constexpr (std::same_as<T, BasisPoints>) {
    from_tree(tree, value.value, pointer, problems);
  } else if constexpr (is_id_type<T>) {
    if (const auto* s = read_string(tree, pointer, problems)) {
      if (is_id(*s))
        value.value = *s;
      else
        bad_value(problems, pointer, "an id is 1 to 64 of A-Z a-z 0-9 . _ -");
    }
  } else if constexpr (is_optional<T>) {
    from_tree(tree, value.emplace(), pointer, problems);
  } else if constexpr (is_vector<T>) {
    detail::list_from_tree(tree, value, pointer, problems);
  } else if constexpr (Described<T>) {
    detail::object_from_tree(tree, value, pointer, problems);
  } else {
    if (const auto* s = read_string(tree, pointer, problems)) {
      const Bytes bytes = from_hex(*s);
      if (bytes.size() == value.size())
        std::copy(bytes.begin(), bytes.end(), value.begin());
      else
        bad_value(problems, pointer, "must be " + std::to_string(value.size() * 2) + " hexadecimal digits");
    }
  }
}

/// JSON Schema (the subset that draft-07 and 2020-12 share). `closed`: no further members (API input); open on the
/// wire.
template <class T>
Tree schema_of(bool closed);

namespace detail {
template <Described T>
Tree object_schema(bool closed) {
  Tree properties = Tree::object();
  Tree required = Tree::list();
  T probe{};
  for_each_field(probe, [&](std::string_view name, auto& field, std::string_view meaning, auto... options) {
    using F = std::remove_cvref_t<decltype(field)>;
    properties.set(name, schema_of<F>(closed).set("description", meaning));
    if (!is_optional<F> && !is_vector<F> && !(std::same_as<decltype(options), Generated> || ...)) required.push(name);
  });
  Tree schema = Tree::object().set("type", "object").set("properties", properties).set("required", required);
  if (closed) schema.set("additionalProperties", false);
  return schema;
}
}  // namespace detail

template <class T>
Tree schema_of(bool closed) {
  Tree schema = Tree::object();
  if constexpr (std::same_as<T, Tree>) {
    schema.set("type", "object");
  } else if constexpr (std::same_as<T, bool>) {
    schema.set("type", "boolean");
  } else if constexpr (NamedEnum<T>) {
    Tree names = Tree::list();
    for (const auto name : names_of(T{})) names.push(name);
    schema.set("type", "string").set("enum", names);
  } else if constexpr (std::integral<T>) {
    schema.set("type", "integer");
  } else if constexpr (std::same_as<T, Money>) {
    schema.set("type", "integer").set("title", "fen");
  } else if constexpr (std::same_as<T, BasisPoints>) {
    schema.set("type", "integer").set("title", "basis points");
  } else if constexpr (std::same_as<T, Instant>) {
    schema.set("type", "string").set("format", "date-time");
  } else if constexpr (std::same_as<T, Date>) {
    schema.set("type", "string").set("format", "date");
  } else if constexpr (is_id_type<T>) {
    schema.set("type", "string")
        .set("minLength", 1)
        .set("maxLength", static_cast<int>(max_id_length))
        .set("title", std::string(T::kind) + " id");
  } else if constexpr (std::same_as<T, Sealed>) {
    schema.set("type", closed ? "string" : "object").set("title", "personal data, sealed");
  } else if constexpr (is_optional<T>) {
    schema = schema_of<typename T::value_type>(closed);
  } else if constexpr (is_vector<T>) {
    schema.set("type", "array").set("items", schema_of<typename T::value_type>(closed));
  } else if constexpr (Described<T>) {
    schema = detail::object_schema<T>(closed);
  } else {
    schema.set("type", "string");
  }
  return schema;
}

/// A value for tests and documents: the same for the same number, different for different numbers.
template <class T>
T sample_of(int n) {
  T value{};
  if constexpr (std::same_as<T, bool>) {
    value = n % 2 == 1;
  } else if constexpr (NamedEnum<T>) {
    value = static_cast<T>(static_cast<std::size_t>(n) % count_of<T>());
  } else if constexpr (std::integral<T>) {
    value = static_cast<T>(n % 100 + 1);
  } else if constexpr (std::same_as<T, std::string>) {
    value = "text " + std::to_string(n);
  } else if constexpr (std::same_as<T, Instant>) {
    value.us = 1'700'000'000'000'000 + n * 1'000'001LL;
  } else if constexpr (std::same_as<T, Date>) {
    value.days = 19'700 + n;
  } else if constexpr (std::same_as<T, Money>) {
    value.fen = 120'000 + n;
  } else if constexpr (std::same_as<T, BasisPoints>) {
    value.value = n;
  } else if constexpr (is_id_type<T>) {
    value.value = std::string(T::kind) + "-" + std::to_string(n);
  } else if constexpr (std::same_as<T, Sealed>) {
    value = {"sample/field", "a-" + std::to_string(n), "sealed-box-" + std::to_string(n), ""};
  } else if constexpr (is_optional<T>) {
    if (n % 2 == 0) value = sample_of<typename T::value_type>(n + 1);
  } else if constexpr (is_vector<T>) {
    for (int i = 0; i < n % 3; ++i) value.push_back(sample_of<typename T::value_type>(n + i));
  } else if constexpr (Described<T>) {
    for_each_field(
        value, [&](auto, auto& field, auto, auto...) { field = sample_of<std::remove_cvref_t<decltype(field)>>(++n); });
  } else if constexpr (!std::same_as<T, Tree>) {
    for (auto& byte : value) byte = static_cast<std::uint8_t>(n++);
  }
  return value;
}

}  // namespace aidledger
