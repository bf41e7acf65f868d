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
    CaseLoad load{std::string(key_parts(key).at(1)), row.load->state, row.load->at, projections::refs_of(row)};
    if (load.state == LoadState::imported && !still_leads(rows, undertaker, load.case_id, load))
      load.state = LoadState::replaced;
    visit(load);
    return true;
  });
}

namespace {

struct Counted {
  std::array<std::int64_t, count_of<LoadState>()> states{};
  Tree open_cases = Tree::list();
  std::size_t listed = 0;
};

Counted count_load(const Rows& rows, const std::string& undertaker) {
  Counted counted;
  each_load(rows, undertaker, [&](const CaseLoad& load) {
    ++counted.states[static_cast<std::size_t>(load.state)];
    if ((load.state != LoadState::open && load.state != LoadState::imported) || counted.listed == max_page_size) return;
    ++counted.listed;
    counted.open_cases.push(Tree::object()
                                .set("case", load.case_id)
                                .set("state", name_of(load.state))
                                .set("since", to_text(load.at))
                                .set("refs", refs_tree(load.refs)));
  });
  return counted;
}

/// The open cases as a number, and all cases by what became of them for this undertaker.
void set_load(Tree& tree, const Counted& counted) {
  Tree states = Tree::object();
  for (std::size_t i = 0; i < counted.states.size(); ++i) states.set(names_of(LoadState{}).at(i), counted.states[i]);
  tree.set("load", *states.find(name_of(LoadState::open))).set("load_by_state", std::move(states));
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

Tree summary(const QuerySources& sources, const std::string& id, const StandingRow& row) {
  const auto reasons = projections::why_not(row, sources.today);
  Tree tree = Tree::object().set("id", id);
  if (sources.open) tree.set("name", field_of(sources, row.enrolment.by, "name"));
  tree.set("eligible", reasons.empty()).set("why_not", names_tree(reasons));
  return tree.set("step", row.ladder ? row.ladder->step : 0);
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
  const Counted counted = count_load(sources_.rows, id);
  Tree tree = summary(sources_, id, *row);
  if (sources_.open) tree.set("telephone", field_of(sources_, row->enrolment.by, "telephone"));
  add_members(tree, to_shown(*row));
  tree.set("reasons", reasons_tree(projections::why_not(*row, sources_.today)));
  set_load(tree, counted);
  tree.set("cases", counted.open_cases);
  tree.set("refs", refs_tree(projections::refs_of(*row)));
  return answer(sources_).set("undertaker", std::move(tree));
}

Found Queries::undertakers(const UndertakerFilter& filter, const Page& page) const {
  if (auto problem = PageMaker::check(page)) return std::unexpected(std::move(*problem));
  if (filter.category && !parse_name<UndertakerCategory>(*filter.category))
    return bad("category", "a category is " +
                               one_of({names_of(UndertakerCategory{}).begin(), names_of(UndertakerCategory{}).end()}));
  PageMaker maker(page);
  sources_.rows.each_from<StandingRow>("", maker.from(), [&](std::string_view key, const StandingRow& row) {
    if (!wanted(row, filter)) return maker.take(key, {});
    const std::string id(key_parts(key).at(0));
    Tree tree = summary(sources_, id, row);
    if (filter.eligible && *tree.find("eligible")->as_bool() != *filter.eligible) return maker.take(key, {});
    if (row.team)
      tree.set("category", name_of(row.team->category))
          .set("organisation", row.team->organisation)
          .set("district", row.team->district);
    set_load(tree, count_load(sources_.rows, id));
    tree.set("refs", refs_tree(projections::refs_of(row)));
    return maker.take(key, std::move(tree));
  });
  return maker.finish(sources_);
}

}  // namespace aidledger::ledger
