#pragma once
// From declarations to what the outside sees of a fact, and the schema of that. JavaScript stops at 2^53: 64-bit
// numbers are strings; money is integer fen. A sealed field is shown as {"sealed": true}: that something was said, not
// what.
#include "events/tree_codec.hpp"
#include "src/feed/published_texts.hpp"

namespace aidledger::feed {

template <class T>
inline constexpr bool is_text = std::same_as<T, std::string>;
template <class T>
inline constexpr bool is_text<std::optional<T>> = is_text<T>;
template <class T>
inline constexpr bool is_text<std::vector<T>> = is_text<T>;

template <class T>
inline constexpr bool is_wide = std::integral<T> && sizeof(T) == 8;

/// Whether the outside sees this field of T.
template <class T, class F>
constexpr bool is_published(std::string_view field) {
  if constexpr (is_text<F>)
    return std::find(published_texts<T>.begin(), published_texts<T>.end(), field) != published_texts<T>.end();
  return true;
}

template <class T>
Tree to_public(const T& value) {
  if constexpr (std::same_as<T, Sealed>) {
    return Tree::object().set("sealed", true);
  } else if constexpr (std::same_as<T, EventRef>) {
    return Tree(to_text(value));
  } else if constexpr (is_wide<T>) {
    return Tree(std::to_string(value));
  } else if constexpr (is_optional<T>) {
    return value ? to_public(*value) : Tree();
  } else if constexpr (is_vector<T>) {
    Tree list = Tree::list();
    for (const auto& element : value) list.push(to_public(element));
    return list;
  } else if constexpr (Described<T>) {
    Tree object = Tree::object();
    for_each_field(value, [&](std::string_view name, const auto& field, auto, auto...) {
      using F = std::remove_cvref_t<decltype(field)>;
      if (!is_published<T, F>(name)) return;
      Tree shown = to_public(field);
      if (!shown.is_null()) object.set(name, std::move(shown));
    });
    return object;
  } else {
    return to_tree(value);
  }
}

/// In the subset that draft-07 and 2020-12 share, open: consumers ignore what they do not know. A published text is
/// never required, so that the list of them may grow within a version.
template <class T>
Tree public_schema() {
  if constexpr (std::same_as<T, Sealed>) {
    const Tree yes = Tree::object().set("type", "boolean").set("enum", Tree::list().push(true));
    return Tree::object()
        .set("type", "object")
        .set("title", "personal data, withheld")
        .set("properties", Tree::object().set("sealed", yes))
        .set("required", Tree::list().push("sealed"));
  } else if constexpr (std::same_as<T, EventRef>) {
    return Tree::object().set("type", "string").set("title", "event").set("pattern", "^[0-9]+\\.[0-9]+$");
  } else if constexpr (is_wide<T>) {
    return Tree::object().set("type", "string").set("title", "64-bit number").set("pattern", "^-?[0-9]+$");
  } else if constexpr (is_id_type<T>) {
    return Tree::object()
        .set("type", "string")
        .set("maxLength", static_cast<int>(max_id_length))
        .set("title", std::string(T::kind) + " id");
  } else if constexpr (is_optional<T>) {
    return public_schema<typename T::value_type>();
  } else if constexpr (is_vector<T>) {
    return Tree::object().set("type", "array").set("items", public_schema<typename T::value_type>());
  } else if constexpr (Described<T>) {
    Tree properties = Tree::object();
    Tree required = Tree::list();
    T probe{};
    for_each_field(probe, [&](std::string_view name, auto& field, std::string_view meaning, auto...) {
      using F = std::remove_cvref_t<decltype(field)>;
      if (!is_published<T, F>(name)) return;
      properties.set(name, public_schema<F>().set("description", meaning));
      if (!is_optional<F> && !is_text<F>) required.push(name);
    });
    return Tree::object().set("type", "object").set("properties", properties).set("required", required);
  } else {
    return schema_of<T>(false);
  }
}

/// What a fact is about: the case that it names, else the first object, else what its clock runs on; empty = the
/// ledger itself. Lists do not count: a round's sample is about the round.
template <Described E>
ObjectRef main_object(const E& event) {
  ObjectRef found;
  const auto take = [&](std::string_view kind, const std::string& id) {
    const bool better = found.id.empty() || (found.kind != CaseId::kind && kind == CaseId::kind);
    if (!id.empty() && better) found = {std::string(kind), id};
  };
  const auto look = [&]<class F>(const F& field) {
    if constexpr (is_id_type<F>) take(F::kind, field.value);
    if constexpr (std::same_as<F, ClockId>) take(field.subject.kind, field.subject.id);
  };
  for_each_field(event, [&](auto, const auto& field, auto, auto...) {
    if constexpr (is_optional<std::remove_cvref_t<decltype(field)>>) {
      if (field) look(*field);
    } else {
      look(field);
    }
  });
  return found;
}

}  // namespace aidledger::feed
