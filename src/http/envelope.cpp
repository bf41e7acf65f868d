#include "src/http/envelope.hpp"

#include <algorithm>

namespace aidledger::http {
namespace {

constexpr auto members = std::to_array<std::string_view>(
    {Envelope::action_id, Envelope::type, Envelope::occurred_at, Envelope::data, Envelope::recorded_at});

std::string_view without_quotes(std::string_view key) {
  if (key.size() >= 2 && key.front() == '"' && key.back() == '"') return key.substr(1, key.size() - 2);
  return key;
}

void check_members(const Tree& tree, Problems& problems) {
  for (const auto& member : *tree.as_object())
    if (std::ranges::find(members, member.name) == members.end())
      problems.push_back({pointer_of("", member.name), "unknown-field",
                          "there is no field " + member.name + " in an action; known are " +
                              one_of({members.begin(), members.end()})});
}

const Tree* required(const Tree& tree, std::string_view name, Problems& problems) {
  const Tree* member = tree.find(name);
  if (member == nullptr)
    problems.push_back({pointer_of("", name), "missing-field", "the field " + std::string(name) + " is required"});
  return member;
}

/// The id in the body and the one in the header are one.
std::expected<std::string, ProblemDetails> id_of(const Tree& tree, std::string_view key) {
  key = without_quotes(key);
  const Tree* member = tree.find(Envelope::action_id);
  const std::string* in_body = member != nullptr ? member->as_string() : nullptr;
  if (member != nullptr && in_body == nullptr) {
    Problems problems;
    wrong_type(problems, "/action_id", "string", *member);
    return std::unexpected(details_of(problems));
  }
  if (in_body == nullptr && key.empty())
    return std::unexpected(details_of(problem::action_id_missing,
                                      "name the action: action_id in the body, or the header Idempotency-Key"));
  if (in_body != nullptr && !key.empty() && *in_body != key)
    return std::unexpected(details_of(problem::action_id_mismatch));
  std::string id = in_body != nullptr ? *in_body : std::string(key);
  if (is_id(id)) return id;
  Problems problems;
  bad_value(problems, "/action_id", "an id is 1 to 64 of A-Z a-z 0-9 . _ -");
  return std::unexpected(details_of(problems));
}

std::expected<const rules::ActionType*, ProblemDetails> type_of(const Tree& tree, Problems& problems) {
  const Tree* member = required(tree, Envelope::type, problems);
  const std::string* name = member != nullptr ? read_string(*member, "/type", problems, max_id_length) : nullptr;
  if (name == nullptr) return nullptr;
  if (const auto* type = rules::find_action(*name)) return type;
  return std::unexpected(details_of(problem::unknown_action, "see GET /v1/actions for what can be asked",
                                    {{"/type", "bad-value", "there is no action of that type"}}));
}

/// Equal requests give equal bytes, whatever their id, spacing and order of members.
std::string canonical_of(Tree tree) {
  std::erase_if(*tree.as_object(), [](const TreeMember& m) { return m.name == Envelope::action_id; });
  return json::canonical(tree);
}

}  // namespace

std::expected<ActionInput, ProblemDetails> read_action(std::string_view text, const std::string& ledger,
                                                       std::string_view key, std::string& found_id) {
  auto tree = json::parse(text);
  if (!tree) return std::unexpected(details_of(tree.error()));
  Problems problems;
  if (tree->as_object() == nullptr) {
    wrong_type(problems, "", "object", *tree);
    return std::unexpected(details_of(problems));
  }
  ActionInput input;
  input.ledger = ledger;
  auto id = id_of(*tree, key);
  if (!id) return std::unexpected(std::move(id.error()));
  input.action_id = found_id = std::move(*id);
  check_members(*tree, problems);
  const auto type = type_of(*tree, problems);
  if (!type) return std::unexpected(type.error());
  input.type = *type;
  if (const Tree* when = required(*tree, Envelope::occurred_at, problems))
    from_tree(*when, input.occurred_at, "/occurred_at", problems);
  if (const Tree* when = tree->find(Envelope::recorded_at))
    from_tree(*when, input.recorded_at.emplace(), "/recorded_at", problems);
  const Tree* data = required(*tree, Envelope::data, problems);
  if (data != nullptr && input.type != nullptr) input.action = input.type->read(*data, "/data", problems);
  if (!problems.empty()) return std::unexpected(details_of(problems));
  input.canonical = canonical_of(std::move(*tree));
  return input;
}

Tree envelope_schema(const rules::ActionType& type) {
  const auto id = schema_of<CaseId>(true)
                      .set("title", "action id")
                      .set("description", "names the action for ever; the same id again gets the first answer again");
  const auto time = schema_of<Instant>(true);
  Tree properties = Tree::object();
  properties.set(Envelope::action_id, id)
      .set(Envelope::type, Tree::object().set("const", type.name))
      .set(Envelope::occurred_at, Tree(time).set("description", "when it happened in the world"))
      .set(Envelope::data, type.schema())
      .set(Envelope::recorded_at, Tree(time).set("description", "simulated; demonstration ledgers only"));
  return Tree::object()
      .set("type", "object")
      .set("description", type.meaning)
      .set("properties", properties)
      .set("required", Tree::list().push(Envelope::type).push(Envelope::occurred_at).push(Envelope::data))
      .set("additionalProperties", false);
}

}  // namespace aidledger::http
