#include "src/service.hpp"

#include <algorithm>

#include "src/access/may.hpp"
#include "src/backup.hpp"
#include "src/enrolment.hpp"
#include "src/readiness.hpp"
#include "src/reading.hpp"

namespace aidledger {
namespace {

using http::No;

// The trees of an answer are named, and so moved on: a chain of set gives a reference, which would be copied.
Tree receipt_tree(const ledger::Receipt& receipt) {
  Tree tree = Tree::object();
  tree.set("ledger", receipt.ledger)
      .set("seq", receipt.seq)
      .set("leaf_hash", to_hex(view_of(receipt.leaf_hash)))
      .set("recorded_at", to_text(receipt.recorded_at));
  return tree;
}

Tree accepted_tree(const ledger::Receipt& receipt, const std::vector<Event>& happened) {
  Tree events = Tree::list();
  for (const auto& event : happened) events.push(to_tree(event));
  Tree tree = Tree::object();
  tree.set("receipt", receipt_tree(receipt)).set("events", std::move(events));
  return tree;
}

No refused(rules::Refusal refusal) {
  No no;
  no.kind = No::Kind::refused;
  no.refusal = std::move(refusal);
  return no;
}

No unavailable(std::string why) {
  No no;
  no.detail = std::move(why);
  return no;
}

/// Of a vault that cannot be written now.
No not_kept(const std::runtime_error& failure) {
  return unavailable(std::string("the vault cannot be written now: ") + failure.what());
}

No invalid(std::string pointer, std::string text) {
  No no;
  no.kind = No::Kind::invalid;
  no.problems.push_back({std::move(pointer), "bad-value", std::move(text)});
  return no;
}

std::string text_at(const Tree& body, std::string_view name) {
  const Tree* value = body.find(name);
  return value != nullptr && value->as_string() != nullptr ? *value->as_string() : std::string();
}

std::optional<No> denied(const Principal& caller, std::vector<Role> roles, const std::string& ledger, Instant now) {
  const auto verdict = may(caller, {std::move(roles), ledger, {}}, now);
  return verdict.allowed() ? std::nullopt : std::optional(refused(rules::refuse(rules::not_allowed, verdict.why)));
}

/// Who may ask for it; nothing: whoever has a token here.
std::optional<std::vector<Role>> roles_for(http::Operation operation) {
  using enum http::Operation;
  switch (operation) {
    case add_token:
    case list_tokens:
    case revoke_token:
    case backup: return {{Role::operator_}};
    case search_persons: return {{Role::intake, Role::centre_director, Role::bureau}};
    case list_erasures: return {{Role::centre_director, Role::bureau, Role::auditor, Role::operator_}};
    case list_policies:
    case list_calendars:
    case list_nodes:
    case show_ledger:
    case list_ledgers: return std::nullopt;
    default: return reading_roles();
  }
}

Actor actor_from(const Principal& principal) {
  return {principal.person, principal.roles, principal.organisation, principal.district, principal.undertaker};
}

Tree grant_tree(const vault::Grant& grant) {
  return Tree::object()
      .set("id", grant.id)
      .set("person", grant.person)
      .set("roles", to_tree(grant.roles))
      .set("ledger", grant.ledger)
      .set("organisation", grant.organisation)
      .set("district", grant.district)
      .set("undertaker", grant.undertaker)
      .set("created", to_text(grant.created))
      .set("expires", to_text(grant.expires))
      .set("revoked", grant.revoked);
}

std::expected<std::vector<Role>, No> roles_wanted(const Tree& body) {
  const Tree* names = body.find("roles");
  if (names == nullptr || names->as_list() == nullptr)
    return std::unexpected(invalid("/roles", "a list of role names is needed"));
  std::vector<Role> roles;
  for (const auto& name : *names->as_list()) {
    const auto role = name.as_string() != nullptr ? parse_name<Role>(*name.as_string()) : std::nullopt;
    if (!role) return std::unexpected(invalid("/roles", "must be of " + one_of_names<Role>()));
    roles.push_back(*role);
  }
  return roles;
}

/// What a token in the vault of the ledger `home` shall grant.
std::expected<vault::Grant, No> grant_wanted(const Tree& body, const std::string& home, Instant now) {
  if (body.find("ledger") != nullptr && text_at(body, "ledger") != home)
    return std::unexpected(refused(
        rules::refuse(rules::not_allowed, "a token lies in the vault of its own ledger: here they are for " + home)));
  auto roles = roles_wanted(body);
  if (!roles) return std::unexpected(std::move(roles.error()));
  const Tree* days = body.find("days");
  const std::int64_t lasts = days != nullptr && days->as_int() != nullptr ? *days->as_int() : vault::longest_token_days;
  if (lasts < 1 || lasts > vault::longest_token_days)
    return std::unexpected(invalid("/days", "must be 1 to " + std::to_string(vault::longest_token_days)));
  return vault::Grant{{},
                      text_at(body, "person"),
                      std::move(*roles),
                      home,
                      text_at(body, "organisation"),
                      text_at(body, "district"),
                      text_at(body, "undertaker"),
                      now,
                      {now.us + lasts * 86'400'000'000LL}};
}

http::Acted with_way_out(http::Acted acted, Node& node) {
  if (acted || acted.error().detail != key_not_enrolled) return acted;
  if (const auto why = not_enrolled(node.ledger().view().rows(), node.named_key()); !why.empty())
    acted.error().detail += ": " + why;
  return acted;
}

}  // namespace

NodeService::NodeService(Node& node) : node_(node), tokens_(node.vault(), node.random()) {}

const std::vector<Role>& reading_roles() {
  static const std::vector<Role> roles{
      Role::intake,           Role::assigner,        Role::supervisor,    Role::undertaker,      Role::evaluator,
      Role::evaluation_lead,  Role::centre_director, Role::finance_maker, Role::finance_checker, Role::bureau,
      Role::budget_authority, Role::trainer,         Role::auditor};
  return roles;
}

Principal principal_of(const vault::Grant& grant, const std::string& home) {
  const bool at_home = grant.ledger == home || grant.ledger == "*";
  return {grant.id,           grant.person,   grant.roles,      at_home ? home : std::string(),
          grant.organisation, grant.district, grant.undertaker, grant.expires};
}

http::Caller NodeService::authenticate(std::string_view token) {
  const auto grant = tokens_.find(token);
  if (!grant || !grant->valid_at(node_.clock().now())) return nullptr;
  return std::make_shared<const Principal>(principal_of(*grant, node_.opened().ledger));
}

bool NodeService::has_ledger(std::string_view ledger) { return ledger == node_.opened().ledger; }

http::Acted acted(const ledger::Answer& answer) {
  using Kind = ledger::Answer::Kind;
  if (answer.kind == Kind::accepted) {
    return http::Accepted{
        [receipt = answer.receipt, happened = answer.events] { return accepted_tree(receipt, happened); },
        answer.replayed};
  }
  No no;
  no.kind = answer.kind == Kind::refused    ? No::Kind::refused
            : answer.kind == Kind::conflict ? No::Kind::conflict
            : answer.kind == Kind::unknown  ? No::Kind::unknown
                                            : No::Kind::unavailable;
  no.refusal = answer.refusal;
  no.detail = answer.detail;
  no.replayed = answer.replayed;
  if (answer.recorded) no.receipt = receipt_tree(answer.receipt);
  return std::unexpected(std::move(no));
}

void NodeService::act(const http::Caller& caller, http::ActionInput input, std::function<void(http::Acted)> then) {
  ledger::Asked asked;
  asked.principal = *caller;
  asked.request = {input.type,        std::move(input.action), caller->id, std::move(input.action_id),
                   input.occurred_at, actor_from(*caller),     {}};
  asked.canonical = std::move(input.canonical);
  asked.simulated_now = input.recorded_at;
  asked.answer = [then = std::move(then), &node = node_](const ledger::Answer& answer) {
    then(with_way_out(acted(answer), node));
  };
  if (asked.request.type->name == "accept-clock")
    node_.ledger().accept_clock(std::move(asked));
  else
    node_.ledger().ask(std::move(asked));
}

std::optional<Seq> NodeService::known_at(const http::Call& call) const {
  if (call.known_at.time) return node_.ledger().last_at(*call.known_at.time).value_or(0);
  return call.known_at.seq;
}

std::expected<http::Reply, No> NodeService::call(const http::Call& call) {
  if (const auto roles = roles_for(call.operation))
    if (auto no = denied(*call.caller, *roles, node_.opened().ledger, node_.clock().now()))
      return std::unexpected(std::move(*no));
  try {
    return read(call);
  } catch (const world::DiskError& failure) {
    return std::unexpected(unavailable(failure.what()));
  }
}

std::expected<http::Reply, No> NodeService::read(const http::Call& call) {
  using enum http::Operation;
  switch (call.operation) {
    case add_token: return issue_token(call);
    case search_persons: return find_persons(call);
    case backup: return make_backup(call);
    case list_tokens: {
      Tree list = Tree::list();
      for (const auto& grant : tokens_.list()) list.push(grant_tree(grant));
      http::Reply reply;
      reply.body = Tree::object().set("items", std::move(list));
      return reply;
    }
    case revoke_token: return recall_token(call);
    default: return reading::answer(node_, call, known_at(call));
  }
}

std::expected<http::Reply, No> NodeService::issue_token(const http::Call& call) {
  auto grant = grant_wanted(call.body, node_.opened().ledger, node_.clock().now());
  if (!grant) return std::unexpected(std::move(grant.error()));
  try {
    const std::string token = tokens_.add(*grant);
    http::Reply reply;
    grant->id = tokens_.find(token)->id;
    reply.body = grant_tree(*grant).set("token", token);
    reply.created = true;
    return reply;
  } catch (const std::invalid_argument& wrong) {
    return std::unexpected(invalid("", wrong.what()));
  } catch (const std::runtime_error& failure) {
    return std::unexpected(not_kept(failure));
  }
}

std::expected<http::Reply, No> NodeService::recall_token(const http::Call& call) {
  try {
    if (!tokens_.revoke(call.id)) return std::unexpected(refused(rules::refuse(rules::not_found, "token " + call.id)));
    http::Reply reply;
    reply.body = Tree::object().set("id", call.id).set("revoked", true);
    return reply;
  } catch (const std::runtime_error& failure) {
    return std::unexpected(not_kept(failure));
  }
}

std::expected<http::Reply, No> NodeService::find_persons(const http::Call& call) {
  constexpr std::array kinds{std::pair{"name"sv, IndexKind::name}, std::pair{"telephone"sv, IndexKind::telephone},
                             std::pair{"identity_number"sv, IndexKind::identity_number}};
  std::optional<std::vector<std::string>> found;
  for (const auto& [field, kind] : kinds) {
    const std::string value = text_at(call.body, field);
    if (value.empty()) continue;
    auto persons = node_.sealer().find(kind, value);
    if (found)
      std::erase_if(*found, [&](const std::string& person) {
        return std::find(persons.begin(), persons.end(), person) == persons.end();
      });
    else
      found = std::move(persons);
  }
  if (!found) return std::unexpected(invalid("", "give a name, a telephone or an identity_number"));
  Tree list = Tree::list();
  for (const auto& person : *found) list.push(Tree::object().set("person", person));
  http::Reply reply;
  reply.body = Tree::object().set("items", std::move(list));
  return reply;
}

std::expected<http::Reply, No> NodeService::make_backup(const http::Call& call) {
  const std::string folder = text_at(call.body, "folder");
  if (folder.empty() || folder.front() != '/')
    return std::unexpected(invalid("/folder", "an absolute path on the service's machine is needed"));
  try {
    const auto summary = backup(node_, folder, folder + "-vault");
    http::Reply reply;
    reply.body = Tree::object()
                     .set("ledger", summary.ledger)
                     .set("records", summary.records)
                     .set("head_hash", summary.head_hash)
                     .set("folder", folder)
                     .set("vault_folder", folder + "-vault");
    reply.created = true;
    return reply;
  } catch (const CannotStart& wrong) {
    return std::unexpected(invalid("/folder", wrong.what()));
  }
}

std::expected<http::FeedPage, No> NodeService::feed(const http::FeedQuery& query) {
  if (auto no =
          denied(*query.caller, {Role::auditor, Role::centre_director, Role::bureau, Role::supervisor, Role::operator_},
                 node_.opened().ledger, node_.clock().now()))
    return std::unexpected(std::move(*no));
  http::FeedPage page;
  page.next = query.from;
  const Seq end = node_.ledger().health().next_seq;
  for (; page.next < end && page.next - query.from < query.max_records; ++page.next) {
    const auto record = node_.records().record(page.next);
    if (!record) break;
    for (auto& line : reading::feed_lines(page.next, *record)) page.lines.push_back(std::move(line));
  }
  page.at_end = page.next >= end;
  return page;
}

void NodeService::when_readable(std::string_view, Seq seq, std::function<void()> then) {
  node_.ledger().when_readable(seq, std::move(then));
}

http::Readiness NodeService::readiness(std::string_view) { return readiness_of(node_); }

std::string NodeService::stale(std::string_view) { return stale_code(node_); }

}  // namespace aidledger
