// Policies and calendars come as TOML from whoever may adopt them.
#include "src/settings/toml.hpp"

#include "src/json/json.hpp"
#include "tests/fuzz/fuzz.hpp"

namespace aidledger::fuzz {

std::vector<Bytes> samples() {
  return {"name = 'subsidy'\nfirst_day = 2024-01-01\n[steps.1]\nlimit = 3\nnames = ['a', 'b']\n",
          "[[days]]\ndate = 2024-02-10\noff = true\n[[days]]\nat = 2024-02-10T08:00:00+08:00\n"};
}

void look_at(BytesView input) {
  const auto toml = settings::parse_toml_with_positions(input, "policy.toml");
  if (!toml) return must(toml.error().starts_with("policy.toml:"), "what is wrong is said with its place");
  for (const auto& [path, position] : toml->keys) must(position.line > 0, "every key has its line");
}

}  // namespace aidledger::fuzz
