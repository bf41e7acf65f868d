// JSON of a caller.
#include "src/json/json.hpp"

#include "tests/fuzz/fuzz.hpp"

namespace aidledger::fuzz {

std::vector<Bytes> samples() {
  return {R"({"a":[1,-2,9223372036854775807,true,false,null],"b":{"":"\u00e9\n\"\\","c":"\ud83d\ude00"}})",
          "[[[[[]]]],{}]", R"("text")", " 0 "};
}

/// What was understood is printed so that it is understood the same, and has one canonical form.
void look_at(BytesView input) {
  const auto tree = json::parse(input);
  if (!tree) return must(tree.error().offset <= input.size(), "what is wrong lies in the text");
  const auto again = json::parse(json::print(*tree));
  must(again && *again == *tree, "what is printed is what was read");
  const auto canonical = json::canonical(*tree);
  const auto sorted = json::parse(canonical);
  must(sorted && json::canonical(*sorted) == canonical, "the canonical form is its own");
}

}  // namespace aidledger::fuzz
