#pragma once
// JSON Schema, the part that our own schemas use: type, properties, required, items, enum, pattern, bounds. What the
// foreign checkers of ops/check-deep say counts more; this one runs in every test run.
#include <regex>
#include <string>

#include "events/values/tree.hpp"
#include "src/json/json.hpp"

namespace aidledger::feed::testing {

inline std::string_view json_type(const Tree& value) {
  const auto name = value.type_name();
  return name == "list" ? "array" : name;
}

inline bool allows(const Tree& types, std::string_view type) {
  if (const auto* one = types.as_string()) return *one == type;
  for (const auto& one : *types.as_list())
    if (*one.as_string() == type) return true;
  return false;
}

inline bool among(const Tree& values, const Tree& value) {
  for (const auto& one : *values.as_list())
    if (one == value) return true;
  return false;
}

/// What is wrong with a value, with its JSON Pointer; empty = valid.
inline std::string wrong_with(const Tree& value, const Tree& schema, const std::string& at = "") {
  const Tree* rule = schema.find("type");
  if (rule != nullptr && !allows(*rule, json_type(value))) return at + ": is of type " + std::string(json_type(value));
  if (rule = schema.find("enum"); rule != nullptr && !among(*rule, value)) return at + ": not in the list";
  if (const auto* text = value.as_string()) {
    rule = schema.find("pattern");
    if (rule != nullptr && !std::regex_search(*text, std::regex(*rule->as_string()))) return at + ": " + *text;
    rule = schema.find("minLength");
    if (rule != nullptr && text->size() < static_cast<std::size_t>(*rule->as_int())) return at + ": too short";
  }
  if (rule = schema.find("minimum"); rule != nullptr && value.as_int() != nullptr && *value.as_int() < *rule->as_int())
    return at + ": too small";
  if (const Tree* required = schema.find("required"); required != nullptr && value.as_object() != nullptr)
    for (const auto& name : *required->as_list())
      if (value.find(*name.as_string()) == nullptr) return at + "/" + *name.as_string() + ": missing";
  if (const Tree* properties = schema.find("properties"))
    for (const auto& property : *properties->as_object())
      if (const Tree* member = value.find(property.name))
        if (auto wrong = wrong_with(*member, property.value, at + "/" + property.name); !wrong.empty()) return wrong;
  if (const Tree* items = schema.find("items"); items != nullptr && value.as_list() != nullptr)
    for (const auto& element : *value.as_list())
      if (auto wrong = wrong_with(element, *items, at + "/-"); !wrong.empty()) return wrong;
  return "";
}

}  // namespace aidledger::feed::testing
