#include "src/ledger/parsers.hpp"

#include "src/json/json.hpp"
#include "src/settings/toml.hpp"

namespace aidledger::ledger {

rules::TextParsers parsers() {
  return {[](std::string_view text) { return settings::parse_toml(text, "policy"); },
          [](std::string_view text) -> std::expected<Tree, std::string> {
            auto tree = json::parse(text);
            if (tree) return std::move(*tree);
            return std::unexpected("line " + std::to_string(tree.error().line) + ": " + tree.error().text);
          }};
}

}  // namespace aidledger::ledger
