#include "src/import/source_case.hpp"

namespace aidledger::import {

std::optional<std::string_view> value_of(const Attributes& attributes, std::string_view name) {
  for (const auto& attribute : attributes)
    if (attribute.name == name && !attribute.value.empty()) return attribute.value;
  return std::nullopt;
}

}  // namespace aidledger::import
