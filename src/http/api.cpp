#include "src/http/api.hpp"

namespace aidledger::http {

const std::string* Call::filter(std::string_view name) const {
  for (const auto& [key, value] : filters)
    if (key == name) return &value;
  return nullptr;
}

}  // namespace aidledger::http
