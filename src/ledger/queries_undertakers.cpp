#include "projections/cases.hpp"
#include "projections/standing.hpp"
#include "src/ledger/queries_loads.hpp"
#include "src/ledger/queries_shown.hpp"

namespace aidledger::ledger {

using projections::CaseRow, projections::LoadRow, projections::LoadState, projections::StandingRow;

namespace {

/// Who is named by an import leads the case only while no later import names another.
bool still_leads(const Rows& rows, const std::string& undertaker, std::string_view case_id, CaseLoad& load) {
  const auto row = rows.get<CaseRow>(row_key({case_id}));
  if (!row || !row->lead) return false;
  if (row->lead.by) load.refs.push_back(*row->lead.by);
  return row->lead->undertaker == undertaker;
}

}  // namespace

void each_load(const Rows& rows, const std::string& undertaker, const std::function<void(const CaseLoad&)>& visit) {
  rows.each<LoadRow>(row_key({undertaker}), [&](std::string_view key, const LoadRow& row) {
    CaseLoad load{std::string(key_parts(key).at(1)), *row.state, projections::refs_of(row)};
    if (load.state == LoadState::imported && !still_leads(rows, undertaker, load.case_id, load))
      load.state = LoadState::replaced;
    visit(load);
    return true;
  });
}

namespace {

struct Counted {
  std::array<std::int64_t, count_of<LoadState>()> states{};
  TreeList in_hand;
  std::vector<EventRef> refs;
};

Counted count_load(const Rows& rows, const std::string& undertaker) {
  Counted counted;
  each_load(rows, undertaker, [&](const CaseLoad& load) {
    ++counted.states[static_cast<std::size_t>(load.state)];
    add_refs(counted.refs, load.refs);
    const bool in_hand = load.state == LoadState::open || load.state == LoadState::imported;
    if (in_hand && counted.in_hand.size() < max_page_size)
      counted.in_hand.push_back(
          Tree::object().set("case", load.case_id).set("state", name_of(load.state)).set("refs", refs_tree(load.refs)));
  });
  return counted;
}

/// The open cases as a number, all cases by what became of them for this undertaker, and those in hand.
void set_load(Tree& tree, Counted counted) {
  Tree states = Tree::object();
  for (std::size_t i = 0; i < counted.states.size(); ++i) states.set(names_of(LoadState{}).at(i), counted.states[i]);
  tree.set("load", *states.find(name_of(LoadState::open))).set("load_by_state", std::move(states));
  tree.set("cases", Tree(std::move(counted.in_hand)));
}

Tree names_tree(const std::vector<projections::Reason>& reasons) {
  Tree list = Tree::list();
  for (const auto& reason : reasons) list.push(name_of(reason.why));
  return list;
}

Tree reasons_tree(const std::vector<projections::Reason>& reasons) {
  Tree list = Tree::list();
  for (const auto& reason : reasons) {
    Tree tree = Tree::object().set("reason", name_of(reason.why));
    if (reason.by) tree.set("refs", refs_tree({*reason.by}));
    list.push(std::move(tree));
  }
  return list;
}

Tree undertaker_tree(const QuerySources& sources, const std::string& id, const StandingRow& row) {
  const auto reasons = projections::why_not(row, sources.today);
  Tree tree = Tree::object().set("id", id);
  if (sources.open) tree.set("name", field_of(sources, row.enrolment.by, "name"));
  if (row.team) tree.set("category", name_of(row.team->category)).set("district", row.team->district);
  tree.set("eligible", reasons.empty()).set("why_not", names_tree(reasons)).set("reasons", reasons_tree(reasons));
  tree.set("ladder_step", row.ladder ? row.ladder->step : 0);
  add_members(tree, to_shown(row));
  Counted counted = count_load(sources.rows, id);
  add_refs(counted.refs, projections::refs_of(row));
  Tree refs = refs_tree(std::move(counted.refs));
  set_load(tree, std::move(counted));
  return tree.set("refs", std::move(refs));
}

bool wanted(const StandingRow& row, const UndertakerFilter& filter) {
  if (!row.is_undertaker()) return false;
  if (filter.district && (!row.team || row.team->district != *filter.district)) return false;
  if (filter.category && (!row.team || name_of(row.team->category) != *filter.category)) return false;
  return !filter.step || *filter.step == (row.ladder ? row.ladder->step : 0);
}

}  // namespace

Found Queries::undertaker(const std::string& id) const {
  const auto row = sources_.rows.get<StandingRow>(row_key({id}));
  if (!row || !row->is_undertaker()) return none_such("there is no undertaker " + id);
  Tree tree = undertaker_tree(sources_, id, *row);
  if (sources_.open) tree.set("telephone", field_of(sources_, row->enrolment.by, "telephone"));
  return answer(sources_).set("undertaker", std::move(tree));
}

Found Queries::undertakers(const UndertakerFilter& filter, const Page& page) const {
  if (auto problem = PageMaker::check(page)) return std::unexpected(std::move(*problem));
  if (filter.category && !parse_name<UndertakerCategory>(*filter.category))
    return bad("category", "a category is " + one_of_names<UndertakerCategory>());
  PageMaker maker(page);
  sources_.rows.each_from<StandingRow>("", maker.from(), [&](std::string_view key, const StandingRow& row) {
    const bool eligible = projections::why_not(row, sources_.today).empty();
    const bool shown = wanted(row, filter) && filter.eligible.value_or(eligible) == eligible;
    return maker.take(key, shown ? undertaker_tree(sources_, std::string(key_parts(key).at(0)), row) : Tree());
  });
  return maker.finish(sources_);
}

}  // namespace aidledger::ledger
