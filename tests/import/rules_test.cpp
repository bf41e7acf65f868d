#include <catch2/catch.hpp>

#include "src/rules/case_state.hpp"
#include "src/rules/clocks.hpp"
#include "src/rules/imports.hpp"

using namespace aidledger;
using namespace aidledger::rules;

namespace {

/// A ledger of rows alone: what is decided is folded.
class City {
 public:
  City() : state_(no_rows()), books_({[](auto) { return Tree::object(); }, [](auto) { return Tree::object(); }}) {
    Layer& state = state_;
    state.edit<PolicyRow>(row_key({"import.old", "1"})).ref = mapping;
    ask(OpenClockHold{{"old"}});
  }

  template <class A>
  std::string ask(A action, std::string_view now = "2024-06-01T00:00:00Z") {
    Request request;
    request.type = find_action(A::name);
    request.action = std::make_shared<A>(std::move(action));
    request.occurred_at = *parse_instant("2024-01-01T00:00:00Z");
    const auto decided = rules::decide(request, state_, books_, zone_, *parse_instant(now), ++seq_);
    last_ = decided ? decided->events : std::vector<Event>{};
    return decided ? "" : decided.error().name;
  }

  const std::vector<Event>& last() const { return last_; }
  Layer& state() { return state_; }

  std::string clock(const std::string& rule, const std::string& key) const {
    const auto row = state_.get<ClockRow>(clock_key({rule, {"case", "c"}, key}));
    if (!row) return "none";
    return to_text(*row->start.due) + (row->ended_on ? " done " + to_text(*row->ended_on) : "");
  }

  std::vector<std::string> due_at_the_end() const {
    std::vector<std::string> out;
    for (const auto& row : overdue_under(state_, "old", *parse_date("2024-06-01"), 100))
      out.push_back(row.start.clock.key);
    return out;
  }

  static inline const PolicyRef mapping{"import.old", "1"};

 private:
  Layer state_;
  Books books_;
  Zone zone_;
  Seq seq_ = 0;
  std::vector<Event> last_;
};

ImportedItem item(int n, const std::string& name, const std::string& on) {
  ImportedItem out;
  out.identity = to_hex(std::string(15, 'x') + static_cast<char>(n));
  out.identity.replace(0, 2, out.identity.substr(30, 2));
  out.name = name;
  out.on = *parse_date(on);
  out.at = *parse_instant(on + "T12:00:00Z");
  return out;
}

ImportedItem asked(int n, const std::string& on) {
  auto out = item(n, "Asked", on);
  out.starts.push_back({"answer", 10, DayUnit::natural, std::nullopt});
  return out;
}

ImportedItem answered(int n, const std::string& on) {
  auto out = item(n, "Answered", on);
  out.meets.push_back("answer");
  return out;
}

ImportCase history(std::vector<ImportedItem> items) {
  ImportCase out{{"c"}, {"old"}, "C 1", "UTC", "none", "permit", City::mapping, UndertakerId{"u"}, std::move(items)};
  return out;
}

}  // namespace

TEST_CASE("an imported case is opened once, and each of its items is recorded once, however often it is imported") {
  City city;
  CHECK(city.ask(history({item(1, "A", "2024-01-02"), item(2, "B", "2024-01-03")})).empty());
  CHECK(city.last().size() == 3);
  CHECK(city.last()[0].as<CaseImported>());
  CHECK(city.last()[1].as<CaseStepRecorded>()->step == "A");
  CHECK(to_text(city.last()[2].occurred_at) == "2024-01-03T12:00:00.000000Z");
  CHECK(
      city.ask(history({item(1, "A", "2024-01-02"), item(3, "M", "2024-01-02"), item(2, "B", "2024-01-03")})).empty());
  REQUIRE(city.last().size() == 1);
  CHECK(city.last()[0].as<CaseStepRecorded>()->step == "M");
  CHECK(city.ask(history({item(1, "A", "2024-01-02")})) == "nothing-new");
}

TEST_CASE("another content under the same identity, another source, or a mapping not adopted is refused") {
  City city;
  CHECK(city.ask(history({item(1, "A", "2024-01-02")})).empty());
  CHECK(city.ask(history({item(1, "A", "2024-01-05")})) == "import-differs");
  auto other = history({});
  other.source = {"other"};
  CHECK(city.ask(other) == "case-of-another-source");
  auto unadopted = history({});
  unadopted.mapping.version = "2";
  CHECK(city.ask(unadopted) == "mapping-not-adopted");
  CHECK(city.ask(history({item(2, "A", "2025-01-02")})) == "occurred-in-future");
  auto bad = history({item(2, "A", "2024-01-02")});
  bad.items[0].identity = "short";
  CHECK(city.ask(bad) == "bad-text");
}

TEST_CASE("clocks fall due by the mapping's days and are met by what the mapping says, late or in time") {
  City city;
  city.ask(history({asked(1, "2024-01-02"), item(2, "Paid", "2024-01-03"), answered(3, "2024-01-20")}));
  CHECK(city.clock("answer", "2024-01-02") == "2024-01-12 done 2024-01-20");
  CHECK(city.due_at_the_end() == std::vector<std::string>{"2024-01-02"});
  CHECK(city.last().back().ends.size() == 1);
}

TEST_CASE("a repeated clock runs from each of its starts; an answer meets those that run") {
  City city;
  city.ask(history({asked(1, "2024-01-02"), answered(2, "2024-01-05"), asked(3, "2024-02-01"), asked(4, "2024-02-03"),
                    answered(5, "2024-02-05"), asked(6, "2024-03-01")}));
  CHECK(city.clock("answer", "2024-01-02") == "2024-01-12 done 2024-01-05");
  CHECK(city.clock("answer", "2024-02-01") == "2024-02-11 done 2024-02-05");
  CHECK(city.clock("answer", "2024-02-03") == "2024-02-13 done 2024-02-05");
  CHECK(city.due_at_the_end() == std::vector<std::string>{"2024-03-01"});
}

TEST_CASE("the order in which pieces of a history arrive makes no difference") {
  City city;
  city.ask(history({answered(2, "2024-01-20")}));
  city.ask(history({asked(1, "2024-01-02")}));
  CHECK(city.clock("answer", "2024-01-02") == "2024-01-12 done 2024-01-20");
  CHECK(city.last().back().as<CaseDateRecorded>()->what == "Answered");
  city.ask(history({answered(3, "2024-01-08")}));
  CHECK(city.clock("answer", "2024-01-02") == "2024-01-12 done 2024-01-08");
  CHECK(city.due_at_the_end().empty());
  city.ask(history({answered(4, "2024-01-10")}));
  CHECK(city.clock("answer", "2024-01-02") == "2024-01-12 done 2024-01-08");
}

TEST_CASE("a last date given by the source is met by another date, even one before the case was opened") {
  const auto date = [](int n, const std::string& what, const std::string& on) {
    auto out = item(n, what, on);
    out.kind = ImportedKind::date;
    return out;
  };
  const auto deadline = [&](int n, const std::string& on) {
    auto out = date(n, "deadline", on);
    out.at = *parse_instant("2024-01-02T12:00:00Z");
    out.starts.push_back({"last-day", 0, DayUnit::natural, out.on});
    return out;
  };
  const auto end = [&](int n, const std::string& on) {
    auto out = date(n, "end", on);
    out.meets.push_back("last-day");
    return out;
  };
  City city;
  city.ask(history({end(2, "2024-01-01"), item(1, "A", "2024-01-02"), deadline(3, "2024-02-01")}));
  CHECK(city.clock("last-day", "1") == "2024-02-01 done 2024-01-01");
  CHECK(city.ask(history({deadline(4, "2024-03-01")})) == "import-differs");
}

TEST_CASE("working days of an imported clock follow the calendar that the mapping names") {
  City city;
  auto start = asked(1, "2024-01-05");
  start.starts[0].unit = DayUnit::working;
  start.starts[0].days = 5;
  city.ask(history({start}));
  CHECK(city.clock("answer", "2024-01-05") == "2024-01-12");
}

TEST_CASE("nothing under a hold is judged before it is closed; other clocks run on") {
  City city;
  city.ask(history({asked(1, "2024-01-02")}));
  CHECK(overdue(city.state(), *parse_date("2024-06-01"), 10).empty());
  CHECK(city.due_at_the_end().size() == 1);
  CHECK(city.ask(OpenClockHold{{"old"}}) == "hold-open");
  CHECK(city.ask(CloseClockHold{{"old"}}).empty());
  CHECK(city.ask(CloseClockHold{{"old"}}) == "hold-not-open");
  CHECK(city.ask(RaiseMissedDeadline{{"answer", {"case", "c"}, "2024-01-02"}}).empty());
}

TEST_CASE("a proof imported after the miss was raised excuses it") {
  City city;
  city.ask(history({asked(1, "2024-01-02")}));
  city.ask(RaiseMissedDeadline{{"answer", {"case", "c"}, "2024-01-02"}});
  city.ask(history({answered(2, "2024-01-08")}));
  REQUIRE(city.last().size() == 2);
  CHECK(city.last()[1].as<DeadlineExcused>());
}

TEST_CASE("another undertaker in a later import is a change of its own; a step by hand needs the case") {
  City city;
  city.ask(history({item(1, "A", "2024-01-02")}));
  auto changed = history({item(1, "A", "2024-01-02")});
  changed.undertaker = UndertakerId{"v"};
  city.ask(changed);
  REQUIRE(city.last().size() == 1);
  CHECK(city.last()[0].as<ImportedUndertakerChanged>()->undertaker.value == "v");
  CHECK(city.ask(RecordCaseStep{{"c"}, "Called back", PersonId{"p"}, PersonId{"p"}}).empty());
  CHECK(city.last()[0].as<CaseStepRecorded>()->unwatched());
  CHECK(city.ask(RecordCaseStep{{"absent"}, "Called back", {}, {}}) == "not-found");
}

TEST_CASE("a case that was opened here is not taken over by an import, but may have steps of its own") {
  City city;
  city.state().edit<CaseRow>(case_key({"c"}));
  CHECK(city.ask(history({item(1, "A", "2024-01-02")})) == "case-of-another-source");
  CHECK(city.ask(RecordCaseStep{{"c"}, "Called back", {}, {}}).empty());
}
