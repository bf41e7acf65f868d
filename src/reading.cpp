#include "src/reading.hpp"

#include <algorithm>

#include "events/values/decode_error.hpp"
#include "src/ledger/queries.hpp"
#include "src/rules/governance.hpp"
#include "src/rules/policy.hpp"
#include "src/vault/sealing.hpp"

namespace aidledger::reading {
namespace {

using http::Call;
using http::No;
using http::Reply;
using Replied = std::expected<Reply, No>;

std::optional<std::string> text(const Call& call, std::string_view name) {
  const auto* value = call.filter(name);
  return value == nullptr ? std::nullopt : std::optional(*value);
}
std::optional<bool> flag(const Call& call, std::string_view name) {
  const auto* value = call.filter(name);
  return value == nullptr ? std::nullopt : std::optional(*value == "true");
}
std::optional<Date> date(const Call& call, std::string_view name) {
  const auto* value = call.filter(name);
  return value == nullptr ? std::nullopt : parse_date(*value);
}

No not_found(std::string what) {
  No no;
  no.kind = No::Kind::refused;
  no.refusal = rules::refuse(rules::not_found, std::move(what));
  return no;
}

No no_of(const ledger::QueryProblem& problem) {
  if (problem.kind == ledger::QueryProblem::Kind::not_found) return not_found(problem.text);
  No no;
  no.kind = No::Kind::invalid;
  no.problems.push_back({"/" + problem.field, "bad-value", problem.text});
  return no;
}

bool holds(const Principal& caller, Role role) {
  return std::find(caller.roles.begin(), caller.roles.end(), role) != caller.roles.end();
}

/// Reads own cases only: an undertaker, or a recipient, with no role in the centre.
bool own_only(const Principal& caller) {
  return std::all_of(caller.roles.begin(), caller.roles.end(),
                     [](Role role) { return role == Role::undertaker || role == Role::recipient; });
}

/// Personal data is opened for those who work on the case with the person; everybody else sees it sealed.
bool may_open(const Principal& caller) {
  constexpr std::array roles{Role::intake,          Role::assigner, Role::supervisor,
                             Role::centre_director, Role::bureau,   Role::undertaker};
  return std::any_of(roles.begin(), roles.end(), [&](Role role) { return holds(caller, role); });
}

Replied replied(ledger::Found found) {
  if (!found) return std::unexpected(no_of(found.error()));
  Reply reply;
  if (const Tree* seq = found->find("as_of_seq"); seq != nullptr && seq->as_int() != nullptr)
    reply.seq = static_cast<Seq>(*seq->as_int());
  if (const Tree* next = found->find("next"); next != nullptr && next->as_string() != nullptr)
    reply.next = *next->as_string();
  reply.body = std::move(*found);
  return reply;
}

/// Another's case is answered as if it were not there.
Replied if_own(Replied reply, const Principal& caller, std::string_view what) {
  if (!reply || !own_only(caller)) return reply;
  const Tree* object = reply->body.find(what);
  const Tree* undertaker = object != nullptr ? object->find("undertaker") : nullptr;
  const bool own = undertaker != nullptr && undertaker->as_string() != nullptr &&
                   *undertaker->as_string() == caller.undertaker && !caller.undertaker.empty();
  return own ? std::move(reply) : Replied(std::unexpected(not_found("no such object among your own")));
}

Replied policies(const ledger::View& view) {
  Tree items = Tree::list();
  view.rows().each<rules::PolicyRow>({}, [&](auto, const rules::PolicyRow& row) {
    items.push(Tree::object()
                   .set("policy", row.ref.name)
                   .set("version", row.ref.version)
                   .set("effective_from", to_text(row.effective_from))
                   .set("legal_basis", row.legal_basis)
                   .set("seq", row.seq)
                   .set("text", row.text));
    return true;
  });
  Reply reply;
  reply.body = Tree::object().set("items", std::move(items));
  return reply;
}

Replied nodes(const ledger::View& view) {
  Tree items = Tree::list();
  view.rows().each<rules::WriterKeyRow>({}, [&](std::string_view key, const rules::WriterKeyRow& row) {
    items.push(Tree::object()
                   .set("node", row.node)
                   .set("key_id", key)
                   .set("public_key", row.public_key)
                   .set("state", row.revoked ? "revoked" : "enrolled")
                   .set("since", row.since));
    return true;
  });
  view.rows().each<rules::WriterKeyProposalRow>({}, [&](std::string_view key, const auto& row) {
    if (view.rows().get<rules::WriterKeyRow>(row.key_id)) return true;
    items.push(Tree::object()
                   .set("node", row.node)
                   .set("key_id", row.key_id)
                   .set("public_key", row.public_key)
                   .set("state", "proposed as " + std::string(key_parts(key).front()) + " by " + row.proposed_by));
    return true;
  });
  Reply reply;
  reply.body = Tree::object().set("items", std::move(items));
  return reply;
}

Replied calendars(const ledger::View& view) {
  Tree items = Tree::list();
  view.rows().each<rules::CalendarRow>({}, [&](auto, const rules::CalendarRow& row) {
    items.push(
        Tree::object().set("calendar", row.calendar).set("year", static_cast<int>(row.year)).set("seq", row.seq));
    return true;
  });
  Reply reply;
  reply.body = Tree::object().set("items", std::move(items));
  return reply;
}

Tree about(Node& node) {
  return Tree::object()
      .set("ledger", node.opened().ledger)
      .set("zone", node.opened().zone)
      .set("purpose", name_of(node.opened().purpose))
      .set("log", node.opened().log_place)
      .set("next_seq", node.ledger().health().next_seq);
}

ledger::DeadlineFilter deadline_filter(const Call& call) {
  ledger::DeadlineFilter filter;
  filter.undertaker = text(call, "undertaker");
  filter.case_id = text(call, "case");
  filter.rule = text(call, "rule");
  filter.state = text(call, "state");
  filter.with_step = text(call, "with_step");
  filter.due_from = date(call, "from");
  filter.due_to = date(call, "to");
  return filter;
}

ledger::Which which_part(const Call& call) { return {text(call, "rule"), text(call, "key"), text(call, "stage")}; }

Replied none_of_own() { return std::unexpected(not_found("no such object among your own")); }

/// One's own standing, as a list of one.
Replied own_standing(const ledger::Queries& queries, const Principal& caller) {
  const auto found = queries.undertaker(caller.undertaker);
  Tree items = Tree::list();
  if (found) items.push(*found->find("undertaker"));
  return replied(Tree::object().set("items", std::move(items)));
}

/// Whether what is to be explained is one's own: one's standing, one's case, a deadline that one owes.
bool explains_own(const ledger::Queries& queries, const Call& call) {
  const std::string& own = call.caller->undertaker;
  if (own.empty()) return false;
  if (call.kind == "undertaker" || call.kind == "standing") return call.id == own;
  const bool by_rule = call.kind == "deadline" && call.filter("rule") != nullptr;
  if (by_rule && call.id == own) return true;
  if (by_rule || call.kind != "deadline")
    return if_own(replied(queries.case_(call.id)), *call.caller, "case").has_value();
  const auto found = queries.deadline(call.id);
  const Tree* owed_by = found ? found->at_path("deadline.owed_by") : nullptr;
  return owed_by != nullptr && *owed_by == Tree(own);
}

Replied list(const ledger::Queries& queries, const Call& call) {
  using enum http::Operation;
  if (call.operation == list_undertakers && own_only(*call.caller)) return own_standing(queries, *call.caller);
  const ledger::Page page{call.limit, call.cursor};
  const std::optional<std::string> own =
      own_only(*call.caller) ? std::optional(call.caller->undertaker) : text(call, "undertaker");
  if (call.operation == list_cases)
    return replied(
        queries.cases({flag(call, "overdue").value_or(false), own, text(call, "district"), text(call, "state")}, page));
  if (call.operation == list_subsidies) return replied(queries.subsidies({own}, page));
  if (call.operation == list_deadlines) {
    auto filter = deadline_filter(call);
    if (own_only(*call.caller)) filter.undertaker = own;
    return replied(queries.deadlines(filter, page));
  }
  const auto step = text(call, "step");
  return replied(queries.undertakers({text(call, "district"), text(call, "category"), flag(call, "eligible"),
                                      step ? std::optional(std::stoi(*step)) : std::nullopt},
                                     page));
}

Replied show(const ledger::Queries& queries, const Call& call) {
  using enum http::Operation;
  switch (call.operation) {
    case show_case: return if_own(replied(queries.case_(call.id)), *call.caller, "case");
    case show_timeline:
      if (auto own = if_own(replied(queries.case_(call.id)), *call.caller, "case"); !own) return own;
      return replied(queries.timeline(call.id, {call.limit, call.cursor}));
    case show_undertaker:
      if (own_only(*call.caller) && call.id != call.caller->undertaker) return none_of_own();
      return replied(queries.undertaker(call.id));
    case show_subsidy:
      if (auto own = if_own(replied(queries.case_(call.id)), *call.caller, "case"); !own) return own;
      return replied(queries.subsidy(call.id));
    case show_statistics: return own_only(*call.caller) ? none_of_own() : replied(queries.statistics());
    case list_unwatched_steps:
      return own_only(*call.caller) ? none_of_own() : replied(queries.unwatched_steps({call.limit, call.cursor}));
    default:
      if (own_only(*call.caller) && !explains_own(queries, call)) return none_of_own();
      return replied(queries.explain(call.kind, call.id, which_part(call)));
  }
}

std::optional<std::string> opened(Node& node, const Sealed& sealed) {
  auto text = node.sealer().open(sealed);
  return text ? std::optional(std::move(*text)) : std::nullopt;
}

}  // namespace

Replied answer(Node& node, const Call& call, std::optional<Seq> known_at) {
  using enum http::Operation;
  const ledger::View view = node.ledger().view(known_at);
  Reply reply;
  switch (call.operation) {
    case list_policies: return policies(view);
    case list_calendars: return calendars(view);
    case list_nodes: return nodes(view);
    case show_ledger: reply.body = about(node); return reply;
    case list_ledgers: reply.body = Tree::object().set("items", Tree::list().push(about(node))); return reply;
    default: break;
  }
  ledger::QuerySources sources{view.rows(),
                               view.next_seq(),
                               node.ledger().settings().zone.local_date(node.clock().now()),
                               [&](Seq seq) { return node.ledger().record(seq); },
                               {}};
  if (may_open(*call.caller)) sources.open = [&](const Sealed& sealed) { return opened(node, sealed); };
  const ledger::Queries queries(std::move(sources));
  if (call.operation == list_erasures)
    return replied(queries.erasures(node.ledger().settings().zone, node.settings().erasure, {call.limit, call.cursor}));
  const bool of_many = call.operation == list_cases || call.operation == list_undertakers ||
                       call.operation == list_subsidies || call.operation == list_deadlines;
  return of_many ? list(queries, call) : show(queries, call);
}

namespace {

std::vector<Tree> lines_of(const Record& record) {
  std::vector<Tree> lines;
  for (std::size_t i = 0; i < record.body.events.size(); ++i) {
    const EventRef at{record.header.seq, static_cast<std::uint32_t>(i)};
    Tree line = Tree::object()
                    .set("id", to_text(at))
                    .set("ledger", record.header.ledger)
                    .set("seq", record.header.seq)
                    .set("index", static_cast<int>(i))
                    .set("recorded_at", to_text(record.header.recorded_at))
                    .set("action", record.body.action)
                    .set("action_id", record.body.action_id)
                    .set("principal", record.body.principal)
                    .set("event", to_tree(record.body.events[i]));
    lines.push_back(std::move(line));
  }
  return lines;
}

}  // namespace

std::vector<Tree> feed_lines(Seq seq, BytesView record) {
  try {
    return lines_of(decode_record(record));
  } catch (const DecodeError&) {
    return {Tree::object().set("seq", seq).set("undecodable", true)};
  }
}

}  // namespace aidledger::reading
