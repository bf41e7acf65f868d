#include "src/rules/imports.hpp"

#include <algorithm>

#include "events/row_codec.hpp"
#include "src/rules/action_codec.hpp"
#include "src/rules/case_state.hpp"
#include "src/rules/clocks.hpp"
#include "src/rules/own_case.hpp"

namespace aidledger {
using rules::ImportedCaseRow, rules::ImportedUndertakerRow;
AIDLEDGER_ROW(ImportedCaseRow)
AIDLEDGER_ROW(ImportedUndertakerRow)
}  // namespace aidledger

namespace aidledger::rules {
namespace {

constexpr std::size_t identity_digits = 32;
constexpr std::size_t max_name_bytes = 200;
/// Items of one action: with what follows from them they stay below the events of one record.
constexpr std::size_t max_items = 400;
/// The key of a clock whose last date the source gives: there is one of a rule on a case.
constexpr auto only_key = "1";

constexpr std::uint64_t fnv1a_of_nothing = 0xcbf29ce484222325U;

std::uint64_t fnv1a(std::string_view text, std::uint64_t hash) {
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3U;
  return hash;
}

/// Of the lines, a newline between each two.
std::uint64_t fnv1a_lines(std::initializer_list<std::string_view> lines, std::uint64_t hash = fnv1a_of_nothing) {
  for (const auto* line = lines.begin(); line != lines.end(); ++line)
    hash = fnv1a(*line, line == lines.begin() ? hash : fnv1a("\n", hash));
  return hash;
}

/// Half of an identity; within one case that is plenty.
std::optional<std::uint64_t> half_of(const std::string& identity) {
  if (identity.size() != identity_digits) return std::nullopt;
  const Bytes bytes = from_hex(identity);
  if (bytes.size() != identity_digits / 2) return std::nullopt;
  std::uint64_t half = 0;
  for (std::size_t i = 0; i < sizeof half; ++i) half = half << 8 | static_cast<unsigned char>(bytes[i]);
  return half;
}

/// What makes two facts of one identity the same, as far as the facts themselves tell.
std::uint64_t content_of(const CaseStepRecorded& e) {
  std::uint64_t hash = fnv1a_lines({e.step, e.performer, e.supervisor, to_text(e.on)});
  for (const auto& detail : e.details) hash = fnv1a_lines({"", detail.name, detail.value}, hash);
  return hash;
}
std::uint64_t content_of(const CaseDateRecorded& e) { return fnv1a_lines({e.what, to_text(e.on)}); }

std::string text_of(const std::optional<PersonId>& person) { return person ? person->value : std::string(); }

CaseStepRecorded step_of(const CaseId& case_id, const ImportedItem& item) {
  return {case_id,      item.name, text_of(item.performer), text_of(item.supervisor), item.on, item.identity,
          item.details, item.meets};
}
CaseDateRecorded date_of(const CaseId& case_id, const ImportedItem& item) {
  return {case_id, item.name, item.on, item.identity, item.meets};
}
std::uint64_t content_of(const ImportedItem& item) {
  return item.kind == ImportedKind::step ? content_of(step_of({}, item)) : content_of(date_of({}, item));
}

struct FoldImports {
  Layer& state;

  void operator()(const CaseImported& e) const {
    auto& row = state.edit<ImportedCaseRow>(row_key({e.case_id.value}));
    row.source = e.source;
    row.undertaker = e.undertaker;
  }
  void operator()(const ImportedUndertakerChanged& e) const {
    state.edit<ImportedCaseRow>(row_key({e.case_id.value})).undertaker = e.undertaker;
  }
  void operator()(const CaseStepRecorded& e) const { keep(e, e.step); }
  void operator()(const CaseDateRecorded& e) const { keep(e, e.what); }
  void operator()(const UndertakerImported& e) const {
    const auto key = row_key({e.undertaker.value});
    if (!state.get<ImportedUndertakerRow>(key)) state.edit<ImportedUndertakerRow>(key).source = e.source;
  }

 private:
  template <class E>
  void keep(const E& e, const std::string& what) const {
    const auto half = half_of(e.identity);
    if (!half) return;
    auto& row = state.edit<ImportedCaseRow>(row_key({e.case_id.value}));
    row.items.push_back({*half, content_of(e)});
    for (const auto& clock : e.meets) row.meetings.push_back({clock, what, e.on});
  }
};

void fold_imports(Layer& state, const Event& event, EventRef) { visit_family<CaseImports>(event, FoldImports{state}); }

/// A clock of the case, running or about to.
struct Running {
  ClockStart start;
  bool given = false;  ///< its last date was given: whatever meets it may have happened before the case was opened
  std::optional<Date> ended_on;
};

/// One import-case: what is new in it, which clocks that starts, and which of all meetings end them.
class Importing {
 public:
  Importing(const ImportCase& action, const Context& context)
      : action_(action), context_(context), happened_(context), row_(row_of(action, context)) {}

  Decision run() {
    if (const auto refusal = check(); refusal) return std::unexpected(*refusal);
    gather_clocks();
    open_or_change();
    for (const auto& item : action_.items)
      if (const auto refusal = record(item); refusal) return std::unexpected(*refusal);
    meet_with_earlier_facts();
    if (happened_.events.empty()) return no(nothing_new, action_.case_id.value);
    happened_.used(action_.mapping);
    return std::move(happened_);
  }

 private:
  static ImportedCaseRow row_of(const ImportCase& action, const Context& context) {
    const auto row = context.state.get<ImportedCaseRow>(row_key({action.case_id.value}));
    return row ? *row : ImportedCaseRow{};
  }

  ObjectRef subject() const { return ref(action_.case_id); }

  std::optional<Refusal> check() const {
    if (row_.source.empty() && case_of(context_.state, action_.case_id))
      return refuse(case_of_another_source, action_.case_id.value + " was opened here");
    if (!row_.source.empty() && row_.source != action_.source)
      return refuse(case_of_another_source, action_.case_id.value + " comes from " + row_.source.value);
    if (row_.source.empty() && case_of(context_.state, action_.case_id))
      return refuse(case_of_another_source, action_.case_id.value + " was granted here");
    if (!context_.state.get<PolicyRow>(row_key({action_.mapping.name, action_.mapping.version})))
      return refuse(mapping_not_adopted, action_.mapping.name + "@" + action_.mapping.version);
    if (action_.items.size() > max_items) return refuse(bad_text, "an action takes 400 items at the most");
    for (const auto& item : action_.items) {
      if (!half_of(item.identity)) return refuse(bad_text, "an identity is 32 hexadecimal digits");
      if (item.name.empty() || item.name.size() > max_name_bytes) return refuse(bad_text, "a name is 1 to 200 bytes");
      if (item.at > context_.now) return refuse(occurred_in_future, item.name + " at " + to_text(item.at));
    }
    return std::nullopt;
  }

  void gather_clocks() {
    if (row_.source.empty()) return;
    context_.state.each<RunningRow>(row_key({subject().kind, subject().id}),
                                    [&](auto, const RunningRow& running) { return add_known(running.clock), true; });
    // Ended clocks matter only where this action could show that they were met earlier.
    for (const auto& item : action_.items)
      for (const auto& rule : item.meets)
        context_.state.each<ClockRow>(row_key({rule, subject().kind, subject().id}),
                                      [&](auto, const ClockRow& row) { return add_known(row.start.clock), true; });
  }

  void add_known(const ClockId& id) {
    if (find(id) != nullptr) return;
    const auto row = context_.state.get<ClockRow>(clock_key(id));
    if (row && row->start.hold == action_.source.value)
      clocks_.push_back({row->start, row->start.days == 0, row->ended_on});
  }

  Running* find(const ClockId& id) {
    const auto at = std::find_if(clocks_.begin(), clocks_.end(), [&](const auto& c) { return c.start.clock == id; });
    return at == clocks_.end() ? nullptr : &*at;
  }

  void open_or_change() {
    if (row_.source.empty())
      happened_.add(CaseImported{action_.case_id, action_.source, action_.source_key, action_.zone, action_.calendar,
                                 action_.case_type, action_.undertaker});
    else if (action_.undertaker && action_.undertaker != row_.undertaker)
      happened_.add(ImportedUndertakerChanged{action_.case_id, action_.source, *action_.undertaker});
  }

  std::optional<Refusal> record(const ImportedItem& item) {
    const ItemMark mark{*half_of(item.identity), content_of(item)};
    const auto known = std::find_if(row_.items.begin(), row_.items.end(),
                                    [&](const ItemMark& other) { return other.identity == mark.identity; });
    if (known != row_.items.end()) {
      if (known->content == mark.content) return std::nullopt;
      return refuse(import_differs, item.name + " of " + action_.case_id.value + " on " + to_text(item.on));
    }
    row_.items.push_back(mark);
    auto draft = happened_.add(item.kind == ImportedKind::step ? make_event(step_of(action_.case_id, item), item.at)
                                                               : make_event(date_of(action_.case_id, item), item.at));
    for (const auto& rule : item.meets) {
      row_.meetings.push_back({rule, item.name, item.on});
      meet(draft, rule, item.on);
    }
    for (const auto& start : item.starts)
      if (const auto refusal = begin(draft, start, item); refusal) return refusal;
    return std::nullopt;
  }

  /// A fact meets every clock of its rule that runs on that day; one met already only if this was earlier.
  void meet(EventDraft draft, const std::string& rule, Date on) {
    for (auto& clock : clocks_) {
      if (clock.start.clock.rule != rule || (!clock.given && on < clock.start.from)) continue;
      if (clock.ended_on && *clock.ended_on <= on) continue;
      clock.ended_on = on;
      draft.event().ends.push_back({clock.start.clock, on, ClockEnding::met});
    }
  }

  std::optional<Refusal> begin(EventDraft draft, const ImportedStart& asked, const ImportedItem& item) {
    ClockStart start;
    start.clock = {asked.clock, subject(), asked.due ? only_key : to_text(item.on)};
    if (const auto known = context_.state.get<ClockRow>(clock_key(start.clock));
        known || find(start.clock) != nullptr) {
      const auto& due = known ? known->start.due : find(start.clock)->start.due;
      if (!asked.due || due == asked.due) return std::nullopt;
      return refuse(import_differs,
                    "the clock " + asked.clock + " of " + action_.case_id.value + " has another last date");
    }
    start.from = asked.due ? context_.zone.local_date(item.at) : item.on;
    start.days = asked.due ? 0 : asked.days;
    start.unit = asked.unit;
    if (asked.unit == DayUnit::working) start.calendar = action_.calendar;
    const DueDate due =
        asked.due ? DueDate{asked.due, 0} : context_.books.due(item.on, asked.days, asked.unit, action_.calendar);
    start.due = due.due, start.calendar_missing = due.calendar_missing;
    start.policy = action_.mapping;
    start.owed_by = action_.undertaker ? action_.undertaker->value : row_.undertaker ? row_.undertaker->value : "";
    start.hold = action_.source.value;
    clocks_.push_back({start, asked.due.has_value(), std::nullopt});
    draft.starts(std::move(start));
    return std::nullopt;
  }

  /// Clocks begun by this action that a fact recorded before their start (in this record or an earlier one) has met.
  void meet_with_earlier_facts() {
    for (auto& clock : clocks_) {
      if (clock.ended_on) continue;
      const MeetingMark* first = nullptr;
      for (const auto& meeting : row_.meetings) {
        if (meeting.clock != clock.start.clock.rule || (!clock.given && meeting.on < clock.start.from)) continue;
        if (first == nullptr || meeting.on < first->on) first = &meeting;
      }
      if (first == nullptr) continue;
      auto draft = happened_.add(CaseDateRecorded{action_.case_id, first->what, first->on, "", {}});
      draft.event().ends.push_back({clock.start.clock, first->on, ClockEnding::met});
    }
  }

  const ImportCase& action_;
  const Context& context_;
  Happened happened_;
  ImportedCaseRow row_;
  std::vector<Running> clocks_;
};

bool hold_is_open(const Context& context, const SourceId& source) {
  const auto row = context.state.get<HoldRow>(row_key({source.value}));
  return row && row->open;
}

}  // namespace

Decision decide(const ImportCase& action, const Context& context) { return Importing(action, context).run(); }

Decision decide(const RecordCaseStep& action, const Context& context) {
  const auto row = want_case<RecordCaseStep>(context, action.case_id, {.lead = false, .open = false});
  if (!row) return std::unexpected(row.error());
  if (action.step.empty() || action.step.size() > max_name_bytes)
    return no(bad_text, "a step's name is 1 to 200 bytes");
  Happened happened(context);
  happened.add(CaseStepRecorded{
      action.case_id, action.step, text_of(action.performer), text_of(action.supervisor), context.day(), "", {}, {}});
  return happened;
}

Decision decide(const ImportUndertaker& action, const Context& context) {
  if (context.state.get<ImportedUndertakerRow>(row_key({action.undertaker.value})))
    return no(nothing_new, action.undertaker.value);
  Happened happened(context);
  happened.add(UndertakerImported{action.undertaker, action.source});
  return happened;
}

Decision decide(const OpenClockHold& action, const Context& context) {
  if (hold_is_open(context, action.source)) return no(hold_open, action.source.value);
  Happened happened(context);
  happened.add(ClockHoldOpened{action.source});
  return happened;
}

Decision decide(const CloseClockHold& action, const Context& context) {
  if (!hold_is_open(context, action.source)) return no(hold_not_open, action.source.value);
  Happened happened(context);
  happened.add(ClockHoldClosed{action.source});
  return happened;
}

FamilyRules import_rules() {
  auto actions = actions_of<ImportCase, RecordCaseStep, ImportUndertaker>("cases");
  for (auto& action : actions_of<OpenClockHold, CloseClockHold>("governance")) actions.push_back(action);
  return {std::move(actions), fold_imports, {}};
}

}  // namespace aidledger::rules
