#include "events/values/ids.hpp"

#include <algorithm>

namespace aidledger {

bool is_id(std::string_view text) {
  const auto allowed = [](char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '_' ||
           c == '-';
  };
  return !text.empty() && text.size() <= max_id_length && std::ranges::all_of(text, allowed);
}

}  // namespace aidledger
