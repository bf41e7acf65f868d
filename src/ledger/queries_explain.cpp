// Where a figure comes from: the events behind an answer, and the public feed that holds them all.
#include "projections/cases.hpp"
#include "projections/subsidy.hpp"
#include "projections/timeline.hpp"
#include "src/ledger/queries_deadlines.hpp"
#include "src/ledger/queries_loads.hpp"

namespace aidledger::ledger {
namespace {

using projections::refs_of;
using Refs = std::vector<EventRef>;

Refs behind_undertaker(const QuerySources& sources, const std::string& id, const Which&) {
  Refs refs;
  if (const auto row = sources.rows.get<projections::StandingRow>(row_key({id}))) refs = refs_of(*row);
  each_load(sources.rows, id, [&](const CaseLoad& load) { add_refs(refs, load.refs); });
  return refs;
}

Refs behind_case(const QuerySources& sources, const std::string& id, const Which&) {
  Refs refs;
  if (const auto row = sources.rows.get<projections::CaseRow>(row_key({id}))) refs = refs_of(*row);
  each_deadline_of(sources.rows, id, [&](const projections::DeadlineRow& row) { add_refs(refs, refs_of(row)); });
  return refs;
}

/// What happened, and what is due: as the timeline shows both.
Refs behind_timeline(const QuerySources& sources, const std::string& id, const Which&) {
  Refs refs;
  each_deadline_of(sources.rows, id, [&](const projections::DeadlineRow& row) { add_refs(refs, refs_of(row)); });
  sources.rows.each<projections::TimelineRow>(row_key({id}), [&](auto, const projections::TimelineRow& row) {
    if (row.at->seq < sources.next_seq) refs.push_back(*row.at);
    return true;
  });
  return refs;
}

Refs behind_subsidy(const QuerySources& sources, const std::string& id, const Which& which) {
  const auto row = sources.rows.get<projections::SubsidyRow>(row_key({id}));
  if (!row || !which.stage) return row ? refs_of(*row) : Refs();
  Refs refs = refs_of(row->grade);
  for (const auto& stage : row->stages)
    if (stage.stage == *which.stage) add_refs(refs, refs_of(stage));
  return refs;
}

std::shared_ptr<const projections::DeadlineRow> deadline_of(const QuerySources& sources, const std::string& id,
                                                            const Which& which) {
  if (which.rule) return deadline_on(sources.rows, id, *which.rule, which.key);
  const auto clock = clock_of(id);
  return clock ? sources.rows.get<projections::DeadlineRow>(projections::deadline_key(*clock)) : nullptr;
}

Refs behind_deadline(const QuerySources& sources, const std::string& id, const Which& which) {
  const auto row = deadline_of(sources, id, which);
  return row ? refs_of(*row) : Refs();
}

void add_policy(std::vector<PolicyRef>& all, const PolicyRef& policy) {
  if (!policy.name.empty() && std::find(all.begin(), all.end(), policy) == all.end()) all.push_back(policy);
}

/// The rules by which an event runs or stops clocks, or that it names itself.
Tree rules_of(const Event& event, const Tree& data) {
  std::vector<std::string> rules;
  const auto add = [&](const std::string& rule) {
    if (std::find(rules.begin(), rules.end(), rule) == rules.end()) rules.push_back(rule);
  };
  for (const auto& start : event.starts) add(start.clock.rule);
  for (const auto& end : event.ends) add(end.clock.rule);
  for (const auto* path : {"rule", "clock.rule"})
    if (const Tree* rule = data.at_path(path); rule != nullptr && rule->as_string() != nullptr) add(*rule->as_string());
  Tree list = Tree::list();
  for (const auto& rule : rules) list.push(rule);
  return list;
}

Tree explained(const Record& record, std::uint32_t index, const Opener& open) {
  const Event& event = record.body.events[index];
  Tree tree = event_tree(record, index, open);
  std::vector<PolicyRef> policies = record.body.policies;
  for (const auto& start : event.starts) add_policy(policies, start.policy);
  tree.set("meaning", event.type->meaning).set("rules", rules_of(event, *tree.find("data")));
  return tree.set("policies", to_tree(policies));
}

Found list_refs(const QuerySources& sources, const std::string& kind, const std::string& id, Refs refs) {
  std::sort(refs.begin(), refs.end());
  refs.erase(std::unique(refs.begin(), refs.end()), refs.end());
  Tree events = Tree::list();
  std::optional<Record> record;
  for (const auto ref : refs) {
    if (!record || record->header.seq != ref.seq) record = sources.record(ref.seq);
    if (record && ref.index < record->body.events.size()) events.push(explained(*record, ref.index, sources.open));
  }
  return answer(sources).set("kind", kind).set("id", id).set("events", std::move(events));
}

}  // namespace

Found Queries::explain(const std::string& kind, const std::string& id, const Which& which) const {
  struct Kind {
    std::string_view name;
    Refs (*behind)(const QuerySources&, const std::string&, const Which&);
  };
  static constexpr std::array kinds{
      Kind{"undertaker", behind_undertaker}, Kind{"standing", behind_undertaker}, Kind{"case", behind_case},
      Kind{"timeline", behind_timeline},     Kind{"subsidy", behind_subsidy},     Kind{"deadline", behind_deadline}};
  std::vector<std::string_view> names;
  for (const auto& known : kinds) {
    names.push_back(known.name);
    if (known.name != kind) continue;
    Refs refs = known.behind(sources_, id, which);
    if (refs.empty()) return none_such("there is no " + kind + " " + id + " to explain");
    return list_refs(sources_, kind, id, std::move(refs));
  }
  return bad("kind", "what can be explained is " + one_of(names));
}

Found Queries::events(Seq from, std::size_t limit) const {
  if (limit == 0 || limit > max_page_size)
    return bad("limit", "a page has 1 to " + std::to_string(max_page_size) + " events");
  Tree items = Tree::list();
  std::size_t count = 0;
  Seq seq = from;
  for (; seq < sources_.next_seq && count < limit; ++seq) {
    const auto record = sources_.record(seq);
    if (!record) break;
    for (std::uint32_t i = 0; i < record->body.events.size(); ++i, ++count)
      items.push(event_tree(*record, i, sources_.open));
  }
  return answer(sources_).set("items", std::move(items)).set("next", seq);
}

}  // namespace aidledger::ledger
