#include "projections/cases.hpp"
#include "projections/subsidy.hpp"
#include "projections/timeline.hpp"
#include "src/ledger/queries_deadlines.hpp"
#include "src/ledger/queries_loads.hpp"

namespace aidledger::ledger {

using projections::CaseRow, projections::CaseStatus, projections::DeadlineRow, projections::DeadlineState,
    projections::SubsidyRow, projections::TimelineRow;

namespace {

/// What is due of a case, and how much of it was missed and is still open.
struct Due {
  Tree list = Tree::list();
  std::int64_t overdue = 0, running = 0;
  std::optional<Date> next;
  std::vector<EventRef> refs;
};

Due due_of(const Rows& rows, const std::string& case_id) {
  Due due;
  each_deadline_of(rows, case_id, [&](const DeadlineRow& row) {
    due.list.push(deadline_tree(row));
    add_refs(due.refs, projections::refs_of(row));
    due.overdue += row.state() == DeadlineState::missed_still_open ? 1 : 0;
    if (row.state() != DeadlineState::not_yet_due) return;
    ++due.running;
    if (!due.next || *row.due() < *due.next) due.next = row.due();
  });
  return due;
}

/// The case in one row, and its deadlines: the refs are those of both.
Tree case_tree(const QuerySources& sources, const std::string& id, const CaseRow& row, Due due) {
  Tree tree = Tree::object().set("id", id);
  if (sources.open) tree.set("recipient_name", field_of(sources, row.opened.by, "name"));
  if (row.progress) tree.set("status", name_of(row.progress->status));
  tree.set("case_type", row.opened->case_type).set("district", row.opened->district);
  tree.set("opened_at", to_text(row.opened->at)).set("undertaker", row.lead ? row.lead->undertaker : "");
  add_members(tree, to_shown(row));
  tree.set("overdue", due.overdue).set("running", due.running);
  if (due.next) tree.set("next_due", to_text(*due.next));
  add_refs(due.refs, projections::refs_of(row));
  return tree.set("deadlines", std::move(due.list)).set("refs", refs_tree(std::move(due.refs)));
}

bool wanted(const CaseRow& row, const CaseFilter& filter) {
  if (!row.opened) return false;
  if (filter.undertaker && (!row.lead || row.lead->undertaker != *filter.undertaker)) return false;
  if (filter.district && row.opened->district != *filter.district) return false;
  return !filter.status || (row.progress && name_of(row.progress->status) == *filter.status);
}

/// The row as an item of a list, or null where the filter leaves it out.
Tree item_of(const QuerySources& sources, const std::string& id, const CaseRow& row, const CaseFilter& filter) {
  if (!wanted(row, filter)) return {};
  Due due = due_of(sources.rows, id);
  if (filter.overdue && due.overdue == 0) return {};
  return case_tree(sources, id, row, std::move(due));
}

Tree line_tree(const QuerySources& sources, const TimelineRow& row, std::optional<Record>& last) {
  const EventRef at = *row.at;
  if (!last || last->header.seq != at.seq) last = sources.record(at.seq);
  if (!last) return {};
  Tree tree = event_tree(*last, at.index, sources.open);
  if (!row.step.empty()) tree.set("step", row.step);
  if (!row.performer.empty()) tree.set("performer", row.performer);
  if (!row.supervisor.empty()) tree.set("supervisor", row.supervisor);
  if (row.on) tree.set("on", to_text(*row.on));
  return tree.set("refs", refs_tree({at}));
}

bool shown_subsidy(const SubsidyRow& row) {
  return std::any_of(row.stages.begin(), row.stages.end(), [](const auto& stage) { return !stage.revisions.empty(); });
}

/// The entitlement of every stage, as its last revision says.
Tree subsidy_tree(const std::string& id, const SubsidyRow& row) {
  Tree stages = Tree::list();
  Money total;
  for (const auto& stage : row.stages) {
    Tree tree = to_shown(stage);
    if (!stage.revisions.empty()) {
      tree.set("entitlement", stage.revisions.back().entitlement.fen);
      tree.set("undertaker", stage.revisions.back().undertaker.value);
      total = total + stage.revisions.back().entitlement;
    }
    stages.push(std::move(tree));
  }
  Tree tree = Tree::object().set("case", id).set("entitlement", total.fen).set("stages", std::move(stages));
  if (row.grade) tree.set("grade", to_shown(row.grade));
  return tree.set("refs", refs_tree(projections::refs_of(row)));
}

/// The last revision of every stage that the filter leaves in. Each is told by one event alone.
TreeList stage_items(const std::string& id, const SubsidyRow& row, const SubsidyFilter& filter) {
  TreeList items;
  for (const auto& stage : row.stages) {
    if (stage.revisions.empty()) continue;
    const auto& last = stage.revisions.back();
    if (filter.undertaker && last.undertaker.value != *filter.undertaker) continue;
    Tree item = Tree::object().set("case", id).set("stage", stage.stage);
    add_members(item, to_shown(last));
    items.push_back(item.set("refs", refs_tree(projections::refs_of(last))));
  }
  return items;
}

}  // namespace

Found Queries::case_(const std::string& id) const {
  const auto row = sources_.rows.get<CaseRow>(row_key({id}));
  if (!row || !row->opened) return none_such("there is no case " + id);
  return answer(sources_).set("case", case_tree(sources_, id, *row, due_of(sources_.rows, id)));
}

Found Queries::cases(const CaseFilter& filter, const Page& page) const {
  if (auto problem = PageMaker::check(page)) return std::unexpected(std::move(*problem));
  if (filter.status && !parse_name<CaseStatus>(*filter.status))
    return bad("status", "a case is " + one_of_names<CaseStatus>());
  PageMaker maker(page);
  if (filter.undertaker) {
    const std::string prefix = row_key({*filter.undertaker});
    sources_.rows.each_from<projections::LoadRow>(prefix, maker.from(), [&](std::string_view key, const auto&) {
      const auto row = sources_.rows.get<CaseRow>(key.substr(prefix.size()));
      const std::string id(key_parts(key).at(1));
      return maker.take(key, row ? item_of(sources_, id, *row, filter) : Tree());
    });
  } else {
    sources_.rows.each_from<CaseRow>("", maker.from(), [&](std::string_view key, const CaseRow& row) {
      return maker.take(key, item_of(sources_, std::string(key_parts(key).at(0)), row, filter));
    });
  }
  return maker.finish(sources_);
}

Found Queries::timeline(const std::string& case_id, const Page& page) const {
  if (auto problem = PageMaker::check(page)) return std::unexpected(std::move(*problem));
  const auto row = sources_.rows.get<CaseRow>(row_key({case_id}));
  if (!row || !row->opened) return none_such("there is no case " + case_id);
  PageMaker maker(page);
  std::optional<Record> last;
  sources_.rows.each_from<TimelineRow>(row_key({case_id}), maker.from(), [&](auto key, const TimelineRow& line) {
    return line.at->seq < sources_.next_seq && maker.take(key, line_tree(sources_, line, last));
  });
  const Due due = due_of(sources_.rows, case_id);
  return maker.finish(sources_).set("case", case_id).set("overdue", due.overdue).set("deadlines", due.list);
}

Found Queries::unwatched_steps(const Page& page) const {
  if (auto problem = PageMaker::check(page)) return std::unexpected(std::move(*problem));
  PageMaker maker(page);
  sources_.rows.each_from<projections::UnwatchedRow>("", maker.from(), [&](std::string_view key, const auto&) {
    const auto line = sources_.rows.get<TimelineRow>(key);
    if (!line || line->at->seq >= sources_.next_seq) return maker.take(key, {});
    Tree tree = Tree::object().set("case", key_parts(key).at(0)).set("step", line->step);
    tree.set("performer", line->performer).set("supervisor", line->supervisor);
    if (line->on) tree.set("on", to_text(*line->on));
    return maker.take(key, std::move(tree.set("refs", refs_tree({*line->at}))));
  });
  return maker.finish(sources_);
}

Found Queries::subsidy(const std::string& case_id) const {
  const auto row = sources_.rows.get<SubsidyRow>(row_key({case_id}));
  if (!row || !shown_subsidy(*row)) return none_such("no subsidy has been calculated for case " + case_id);
  return answer(sources_).set("subsidy", subsidy_tree(case_id, *row));
}

Found Queries::subsidies(const SubsidyFilter& filter, const Page& page) const {
  if (auto problem = PageMaker::check(page)) return std::unexpected(std::move(*problem));
  PageMaker maker(page);
  if (filter.undertaker) {
    const std::string prefix = row_key({*filter.undertaker});
    sources_.rows.each_from<projections::PayeeRow>(prefix, maker.from(), [&](std::string_view key, const auto&) {
      const auto row = sources_.rows.get<SubsidyRow>(key.substr(prefix.size()));
      return maker.take_all(key, row ? stage_items(std::string(key_parts(key).at(1)), *row, filter) : TreeList());
    });
  } else {
    sources_.rows.each_from<SubsidyRow>("", maker.from(), [&](std::string_view key, const SubsidyRow& row) {
      return maker.take_all(key, stage_items(std::string(key_parts(key).at(0)), row, filter));
    });
  }
  return maker.finish(sources_);
}

}  // namespace aidledger::ledger
