#include "src/ledger/queries_shown.hpp"

namespace aidledger::ledger {

void add_members(Tree& tree, const Tree& more) {
  if (const auto* members = more.as_object())
    for (const auto& member : *members) tree.set(member.name, member.value);
}

Tree refs_tree(std::vector<EventRef> refs) {
  std::sort(refs.begin(), refs.end());
  refs.erase(std::unique(refs.begin(), refs.end()), refs.end());
  Tree list = Tree::list();
  for (const auto ref : refs) list.push(to_text(ref));
  return list;
}

void add_refs(std::vector<EventRef>& refs, const std::vector<EventRef>& more) {
  refs.insert(refs.end(), more.begin(), more.end());
}

namespace {

/// A Sealed as to_tree shows it; nullopt where the tree is something else.
std::optional<Sealed> sealed_in(const Tree& tree) {
  const Tree* box = tree.find("sealed");
  const Tree* schema = tree.find("schema");
  const Tree* action = tree.find("action_id");
  if (box == nullptr || schema == nullptr || action == nullptr || tree.as_object()->size() != 3) return std::nullopt;
  return Sealed{*schema->as_string(), *action->as_string(), from_hex(*box->as_string()), ""};
}

}  // namespace

void open_sealed(Tree& tree, const Opener& open) {
  if (!open) return;
  if (const auto sealed = sealed_in(tree)) {
    tree = Tree(open(*sealed).value_or("erased"));
  } else if (auto* members = tree.as_object()) {
    for (auto& member : *members) open_sealed(member.value, open);
  } else if (auto* list = tree.as_list()) {
    for (auto& element : *list) open_sealed(element, open);
  }
}

Tree field_of(const QuerySources& sources, std::optional<EventRef> at, std::string_view field) {
  const auto record = at ? sources.record(at->seq) : std::nullopt;
  if (!record || at->index >= record->body.events.size()) return {};
  const Event& event = record->body.events[at->index];
  const Tree data = event.type->to_tree(event.payload.get());
  const Tree* found = data.find(field);
  Tree value = found != nullptr ? *found : Tree();
  open_sealed(value, sources.open);
  return value;
}

Tree event_tree(const Record& record, std::uint32_t index, const Opener& open) {
  const Event& event = record.body.events[index];
  Tree tree = Tree::object();
  tree.set("ref", to_text(EventRef{record.header.seq, index}))
      .set("seq", record.header.seq)
      .set("index", static_cast<int>(index))
      .set("name", event.type->name)
      .set("public_type", event.type->public_type())
      .set("family", event.type->family)
      .set("recorded_at", to_text(record.header.recorded_at))
      .set("by", record.body.actor.person)
      .set("action", record.body.action);
  Tree shown = to_tree(event);
  open_sealed(shown, open);
  add_members(tree, shown);
  return tree;
}

Tree answer(const QuerySources& sources) {
  return Tree::object().set("as_of_seq", sources.next_seq == 0 ? Tree() : Tree(sources.next_seq - 1));
}

std::unexpected<QueryProblem> none_such(std::string text) {
  return std::unexpected(QueryProblem{QueryProblem::Kind::not_found, "", std::move(text)});
}

std::unexpected<QueryProblem> bad(std::string field, std::string text) {
  return std::unexpected(QueryProblem{QueryProblem::Kind::bad_request, std::move(field), std::move(text)});
}

std::optional<QueryProblem> PageMaker::check(const Page& page) {
  using Kind = QueryProblem::Kind;
  if (page.limit == 0 || page.limit > max_page_size)
    return QueryProblem{Kind::bad_request, "limit", "a page has 1 to " + std::to_string(max_page_size) + " rows"};
  if (!page.cursor.empty() && from_hex(page.cursor).empty())
    return QueryProblem{Kind::bad_request, "cursor", "this is not a cursor that a page before has given"};
  return std::nullopt;
}

/// A page begins after the last key of the one before: no key lies between a key and itself with a zero byte.
PageMaker::PageMaker(const Page& page) : limit_(page.limit), from_(from_hex(page.cursor)) {
  if (!from_.empty()) from_ += '\0';
}

bool PageMaker::take(std::string_view key, Tree row) {
  return take_all(key, row.is_null() ? TreeList{} : TreeList{std::move(row)});
}

bool PageMaker::take_all(std::string_view key, TreeList rows) {
  if (count_ >= limit_ || looked_ == max_candidates_per_page) {
    more_ = true;
    return false;
  }
  ++looked_;
  last_ = key;
  count_ += rows.size();
  for (auto& row : rows) items_.push(std::move(row));
  return true;
}

Tree PageMaker::finish(const QuerySources& sources) {
  Tree tree = answer(sources);
  tree.set("items", std::move(items_));
  if (more_) tree.set("next", to_hex(last_));
  return tree;
}

}  // namespace aidledger::ledger
