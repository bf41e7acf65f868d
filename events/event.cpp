#include "events/event.hpp"

#include <algorithm>

namespace aidledger {

std::string to_text(EventRef ref) { return std::to_string(ref.seq) + "." + std::to_string(ref.index); }

std::string EventType::public_type() const {
  std::string kebab;
  for (char c : name) {
    if (c >= 'A' && c <= 'Z') {
      if (!kebab.empty()) kebab += '-';
      kebab += static_cast<char>(c - 'A' + 'a');
    } else {
      kebab += c;
    }
  }
  std::string dashed(family);
  std::replace(dashed.begin(), dashed.end(), '_', '-');
  return "cn.aidledger." + dashed + "." + kebab + ".v" + std::to_string(tag.version);
}

}  // namespace aidledger
