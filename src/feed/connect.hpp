#pragma once
// Kafka Connect's JSON envelope, {"schema": ..., "payload": ...}, from a declaration: what a stock JDBC sink needs.
// Flat structs of text, numbers, dates and times.
#include "events/describe.hpp"
#include "events/values/money.hpp"
#include "events/values/time.hpp"
#include "events/values/tree.hpp"

namespace aidledger::feed {

/// The type of one column, as JsonConverter names it.
template <class T>
Tree connect_type() {
  if constexpr (is_optional<T>) {
    return connect_type<typename T::value_type>();
  } else if constexpr (std::same_as<T, bool>) {
    return Tree::object().set("type", "boolean");
  } else if constexpr (std::same_as<T, std::string>) {
    return Tree::object().set("type", "string");
  } else if constexpr (std::same_as<T, Date>) {
    return Tree::object().set("type", "int32").set("name", "org.apache.kafka.connect.data.Date").set("version", 1);
  } else if constexpr (std::same_as<T, Instant>) {
    return Tree::object().set("type", "int64").set("name", "io.debezium.time.MicroTimestamp").set("version", 1);
  } else if constexpr (std::same_as<T, BasisPoints> || sizeof(T) == 4) {
    return Tree::object().set("type", "int32");
  } else {
    return Tree::object().set("type", "int64");
  }
}

template <class T>
Tree connect_value(const T& value) {
  if constexpr (is_optional<T>) {
    return value ? connect_value(*value) : Tree();
  } else if constexpr (std::same_as<T, Date>) {
    return Tree(static_cast<std::int64_t>(value.days));
  } else if constexpr (std::same_as<T, Instant>) {
    return Tree(value.us);
  } else if constexpr (std::same_as<T, Money>) {
    return Tree(value.fen);
  } else if constexpr (std::same_as<T, BasisPoints>) {
    return Tree(static_cast<std::int64_t>(value.value));
  } else if constexpr (std::same_as<T, bool> || std::same_as<T, std::string>) {
    return Tree(value);
  } else {
    return Tree(static_cast<std::int64_t>(value));
  }
}

/// Appends the columns of T to a list of fields.
template <Described T>
void add_columns(Tree& fields) {
  T probe{};
  for_each_field(probe, [&](std::string_view name, auto& field, auto, auto...) {
    using F = std::remove_cvref_t<decltype(field)>;
    fields.push(connect_type<F>().set("optional", is_optional<F>).set("field", name));
  });
}

/// Sets a member for every field of `value`; what is absent is null.
template <Described T>
void add_values(Tree& payload, const T& value) {
  for_each_field(
      value, [&](std::string_view name, const auto& field, auto, auto...) { payload.set(name, connect_value(field)); });
}

inline Tree connect_envelope(Tree fields, Tree payload) {
  return Tree::object()
      .set("schema", Tree::object().set("type", "struct").set("optional", false).set("fields", std::move(fields)))
      .set("payload", std::move(payload));
}

}  // namespace aidledger::feed
