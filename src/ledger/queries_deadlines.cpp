#include "src/ledger/queries_deadlines.hpp"

#include <map>

#include "projections/timeline.hpp"

namespace aidledger::ledger {

using projections::DeadlineRow, projections::DeadlineState, projections::known_by;

std::string deadline_id(const ClockId& clock) {
  return clock.rule + "/" + clock.subject.kind + "/" + clock.subject.id + "/" + clock.key;
}

std::optional<ClockId> clock_of(const std::string& id) {
  std::vector<std::string> parts(1);
  for (const char c : id) {
    if (c == '/' && parts.size() < 4)
      parts.emplace_back();
    else
      parts.back() += c;
  }
  if (parts.size() != 4) return std::nullopt;
  return ClockId{parts[0], {parts[1], parts[2]}, parts[3]};
}

namespace {

Tree or_null(const std::string& text) { return text.empty() ? Tree() : Tree(text); }

void set_known(Tree& tree, std::string_view name, Tree value) {
  if (!value.is_null()) tree.set(name, std::move(value));
}

/// The case whose steps count for a deadline: its subject, or else one that its start was about.
std::string case_of(const DeadlineRow& row) {
  if (row.start.clock.subject.kind == CaseId::kind) return row.start.clock.subject.id;
  return row.cases.empty() ? std::string() : row.cases.front();
}

std::optional<DeadlineState> state_of(const std::string& name) {
  return name == "due" ? DeadlineState::not_yet_due : parse_name<DeadlineState>(name);
}

bool in_range(const DeadlineRow& row, const DeadlineFilter& filter) {
  const auto due = row.due();
  if (!filter.due_from && !filter.due_to) return true;
  return due && (!filter.due_from || *filter.due_from <= *due) && (!filter.due_to || *due <= *filter.due_to);
}

/// The steps of that name on or before the due date: what they are, and their events.
struct Steps {
  Tree shown = Tree::list();
  std::vector<EventRef> refs;
};

Steps steps_in_time(const QuerySources& sources, const DeadlineRow& row, const std::string& step) {
  Steps steps;
  const std::string of = case_of(row);
  if (of.empty() || !row.due()) return steps;
  sources.rows.each<projections::TimelineRow>(row_key({of}), [&](auto, const projections::TimelineRow& line) {
    if (line.at->seq >= sources.next_seq) return false;
    if (line.step == step && line.on && *line.on <= *row.due()) {
      steps.shown.push(Tree::object().set("step", line.step).set("on", to_text(*line.on)));
      steps.refs.push_back(*line.at);
    }
    return true;
  });
  return steps;
}

/// The row as an item of a list, or null where the filter leaves it out.
Tree item_of(const QuerySources& sources, const DeadlineRow& row, const DeadlineFilter& filter) {
  if (filter.undertaker && row.start.owed_by != *filter.undertaker) return {};
  if (filter.rule && row.start.clock.rule != *filter.rule) return {};
  if (filter.state && row.state() != *state_of(*filter.state)) return {};
  if (!in_range(row, filter)) return {};
  Tree item = deadline_tree(row);
  if (filter.with_step) {
    auto steps = steps_in_time(sources, row, *filter.with_step);
    if (steps.refs.empty()) return {};
    add_refs(steps.refs, projections::refs_of(row));
    item.set("steps", std::move(steps.shown)).set("refs", refs_tree(std::move(steps.refs)));
  }
  return item;
}

std::optional<QueryProblem> check(const DeadlineFilter& filter) {
  if (filter.state && !state_of(*filter.state))
    return QueryProblem{QueryProblem::Kind::bad_request, "state", "a deadline is " + one_of_names<DeadlineState>()};
  return std::nullopt;
}

void by_owner(const QuerySources& sources, const DeadlineFilter& filter, PageMaker& maker) {
  const std::string prefix = row_key({*filter.undertaker});
  sources.rows.each_from<projections::OwedRow>(prefix, maker.from(), [&](std::string_view pointer, const auto&) {
    const auto row = sources.rows.get<DeadlineRow>(pointer.substr(prefix.size()));
    return maker.take(pointer, row ? item_of(sources, *row, filter) : Tree());
  });
}

/// In order of due date. A pointer that a later extension left behind makes no row.
void by_due(const QuerySources& sources, const DeadlineFilter& filter, PageMaker& maker) {
  const std::string first = filter.due_from ? to_text(*filter.due_from) : "";
  const std::string last = filter.due_to ? to_text(*filter.due_to) : "9999-12-31";
  sources.rows.each_from<projections::DueOnRow>(
      "", std::max(maker.from(), first), [&](std::string_view pointer, const projections::DueOnRow&) {
        const auto date = pointer.substr(0, pointer.find('\0'));
        if (last < date) return false;
        const auto row = sources.rows.get<DeadlineRow>(pointer.substr(date.size() + 1));
        const bool current = row && row->due() && to_text(*row->due()) == date;
        return maker.take(pointer, current ? item_of(sources, *row, filter) : Tree());
      });
}

void of_case(const QuerySources& sources, const DeadlineFilter& filter, PageMaker& maker) {
  bool going = true;
  each_deadline_of(sources.rows, *filter.case_id, [&](const DeadlineRow& row) {
    const std::string key = projections::deadline_key(row.start.clock);
    if (going && maker.from() <= key) going = maker.take(key, item_of(sources, row, filter));
  });
}

void all(const QuerySources& sources, const DeadlineFilter& filter, PageMaker& maker) {
  sources.rows.each_from<DeadlineRow>("", maker.from(), [&](std::string_view key, const DeadlineRow& row) {
    return maker.take(key, item_of(sources, row, filter));
  });
}

}  // namespace

Tree deadline_tree(const DeadlineRow& row) {
  const ClockStart& start = row.start;
  Tree tree = Tree::object();
  tree.set("id", deadline_id(start.clock))
      .set("rule", start.clock.rule)
      .set("subject", to_tree(start.clock.subject))
      .set("case", or_null(case_of(row)))
      .set("key", start.clock.key)
      .set("state", name_of(row.state()))
      .set("owed_by", start.owed_by)
      .set("from", to_text(start.from));
  set_known(tree, "due", row.due() ? Tree(to_text(*row.due())) : Tree());
  if (row.calendar_missing() != 0)
    tree.set("calendar_missing", "CALENDAR_MISSING " + std::to_string(row.calendar_missing()));
  tree.set("days", start.days).set("unit", name_of(start.unit));
  set_known(tree, "calendar", or_null(start.calendar));
  if (!row.cases.empty()) tree.set("cases", to_tree(row.cases));
  set_known(tree, "hold", or_null(start.hold));
  tree.set("policy", to_tree(start.policy)).set("times_started", static_cast<int>(row.times_started));
  if (row.moved) set_known(tree, "first_due", start.due ? Tree(to_text(*start.due)) : Tree());
  set_known(tree, "moved", to_shown(row.moved));
  set_known(tree, "done", to_shown(row.done));
  set_known(tree, "missed", to_shown(row.missed));
  set_known(tree, "waived", to_shown(row.waived));
  set_known(tree, "excused", to_shown(row.excused));
  return tree.set("refs", refs_tree(projections::refs_of(row)));
}

std::shared_ptr<const DeadlineRow> deadline_on(const Rows& rows, const std::string& subject, const std::string& rule,
                                               const std::optional<std::string>& key) {
  std::shared_ptr<const DeadlineRow> found;
  const auto newer = [](const std::string& a, const std::string& b) {
    return a.size() != b.size() ? b.size() < a.size() : b < a;  // keys are numbers 1, 2 ... as a rule
  };
  for (const auto kind : {CaseId::kind, UndertakerId::kind, HearingId::kind, ReportId::kind, ProblemId::kind})
    rows.scan(row_type<DeadlineRow>(), row_key({kind, subject, rule}), [&](auto, const RowPtr& candidate) {
      auto row = std::static_pointer_cast<const DeadlineRow>(candidate);
      const std::string& its = row->start.clock.key;
      if (key ? its == *key : !found || newer(its, found->start.clock.key)) found = std::move(row);
      return true;
    });
  return found;
}

void each_deadline_of(const Rows& rows, const std::string& case_id,
                      const std::function<void(const DeadlineRow&)>& visit) {
  std::map<std::string, std::shared_ptr<const DeadlineRow>, std::less<>> found;
  rows.each<projections::CaseDeadlineRow>(row_key({case_id}), [&](std::string_view pointer, const auto&) {
    const auto key = pointer.substr(case_id.size() + 1);
    auto row = rows.get<DeadlineRow>(key);
    if (row && std::find(row->cases.begin(), row->cases.end(), case_id) != row->cases.end())
      found.emplace(key, std::move(row));
    return true;
  });
  rows.scan(row_type<DeadlineRow>(), row_key({CaseId::kind, case_id}), [&](std::string_view key, const RowPtr& row) {
    found.emplace(key, std::static_pointer_cast<const DeadlineRow>(row));
    return true;
  });
  for (const auto& [key, row] : found) visit(*row);
}

Found Queries::deadline(const std::string& id) const {
  const auto clock = clock_of(id);
  if (!clock) return bad("id", "a deadline is named rule/kind/subject/key");
  const auto row = sources_.rows.get<DeadlineRow>(projections::deadline_key(*clock));
  if (!row) return none_such("there is no deadline " + id);
  return answer(sources_).set("deadline", deadline_tree(*row));
}

Found Queries::deadlines(const DeadlineFilter& filter, const Page& page) const {
  if (auto problem = PageMaker::check(page)) return std::unexpected(std::move(*problem));
  if (auto problem = check(filter)) return std::unexpected(std::move(*problem));
  PageMaker maker(page);
  if (filter.case_id)
    of_case(sources_, filter, maker);
  else if (filter.undertaker)
    by_owner(sources_, filter, maker);
  else if (filter.due_from || filter.due_to)
    by_due(sources_, filter, maker);
  else
    all(sources_, filter, maker);
  return maker.finish(sources_);
}

Found Queries::statistics() const {
  std::map<std::string, std::array<std::int64_t, count_of<DeadlineState>()>> rules;
  sources_.rows.each<DeadlineRow>("", [&](auto, const DeadlineRow& row) {
    ++rules[row.start.clock.rule][static_cast<std::size_t>(row.state())];
    return true;
  });
  Tree list = Tree::list();
  for (const auto& [rule, counts] : rules) {
    Tree states = Tree::object();
    std::int64_t total = 0;
    for (std::size_t i = 0; i < counts.size(); ++i) {
      states.set(names_of(DeadlineState{}).at(i), counts[i]);
      total += counts[i];
    }
    list.push(Tree::object().set("rule", rule).set("total", total).set("states", states));
  }
  std::int64_t unwatched = 0;
  sources_.rows.each<projections::UnwatchedRow>("", [&](std::string_view key, const auto&) {
    unwatched += known_by(key, sources_.next_seq) ? 1 : 0;
    return true;
  });
  return answer(sources_).set("deadlines", list).set("unwatched_steps", unwatched);
}

}  // namespace aidledger::ledger
