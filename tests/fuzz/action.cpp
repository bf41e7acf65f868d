// An action as it is asked, down to its last field.
#include "src/http/envelope.hpp"
#include "src/json/json.hpp"
#include "src/rules/action_codec.hpp"
#include "tests/fuzz/fuzz.hpp"

namespace aidledger::fuzz {

std::vector<Bytes> samples() {
  std::vector<Bytes> all;
  for (const auto& type : rules::all_actions())
    all.push_back(json::print(Tree::object()
                                  .set(http::Envelope::action_id, "a-1")
                                  .set(http::Envelope::type, type.name)
                                  .set(http::Envelope::occurred_at, "2024-02-10T09:00:00+08:00")
                                  .set(http::Envelope::data, type.to_tree(type.sample(3).get()))));
  return all;
}

/// What is taken has a name by which it can be asked again; what is not says why.
void look_at(BytesView input) {
  std::string found_id;
  const auto action = http::read_action(input, "city", "key-1", found_id);
  if (action)
    must(!found_id.empty(), "an action has an id");
  else
    must(action.error().status >= 400, "what is refused says why");
}

}  // namespace aidledger::fuzz
