#pragma once
// Tests of the rules that read like the domain:
//
//   Given().on("2024-03-01").as(intake()).when(grant)      // an action that must be taken
//          .on("2024-03-04").as(assigner()).when(assign)
//          .then<UndertakerAssigned>([](const auto& e) { CHECK(e.assignment == 1); })
//          .when(assign_again).refused(has_lead);
//
// The shipped policies and calendars are in force and the zone is Asia/Shanghai. Every action goes through
// rules::decide, and every record through the bytes and fold_record, so that what a rebuild folds is tested too.
#include <catch2/catch.hpp>
#include <functional>
#include <string>

#include "src/rules/clocks.hpp"
#include "src/rules/engine.hpp"

namespace aidledger::testing {

Actor actor(std::string person, std::vector<Role> roles, std::string undertaker = {}, std::string organisation = {});
Date date(std::string_view text);
/// A moment of that local date in Asia/Shanghai; 10:00 unless said.
Instant at(std::string_view date, int hour = 10, int minute = 0);
Sealed sealed(std::string text = "sealed");
const Zone& shanghai();
rules::TextParsers parsers();

class Given {
 public:
  Given();
  Given(Given&&) = default;
  /// Facts that are simply there, as one record of their own.
  template <class... E>
  Given& events(E... payloads) {
    std::vector<Event> all;
    (all.push_back(make_event(std::move(payloads), occurred_)), ...);
    return record(std::move(all));
  }
  Given& record(std::vector<Event> events);
  /// Who asks from here on.
  Given& as(Actor who);
  /// When it happens and is recorded from here on: a local date, 10:00.
  Given& on(std::string_view date);
  Given& at(Instant when);
  /// The next actions happened earlier than they are recorded, until the next on() or at().
  Given& happened(Instant when);
  /// Adopts another text for a policy, in force from the beginning of this test's time.
  Given& policy(const std::string& name, const std::string& version, const std::string& text);
  template <class A>
  Given& when(A action) {
    expect_taken();
    return ask(A::name, std::make_shared<A>(std::move(action)));
  }
  /// Asks again what was asked last.
  Given& again();

  /// The last action was taken and led to an E; check(e) looks at the first one.
  template <class E, class F>
  Given& then(F check) {
    checked_ = true;
    const Event* event = find(E::tag);
    INFO(E::name << " expected; " << story());
    REQUIRE(event != nullptr);
    check(*event->as<E>());
    return *this;
  }
  template <class E>
  Given& then() {
    return then<E>([](const E&) {});
  }
  template <class E>
  Given& not_then() {
    checked_ = true;
    INFO("no " << E::name << " expected; " << story());
    CHECK(find(E::tag) == nullptr);
    return *this;
  }
  /// The last action was refused so, and left no trace unless refusals of its kind are recorded.
  Given& refused(const rules::RefusalKind& kind);
  /// A clock of that rule runs on the case and falls due on that date.
  Given& due(const std::string& rule, const std::string& case_id, std::string_view date);
  Given& not_running(const std::string& rule, const std::string& case_id);
  /// The clock on which the last record's start or end stood, whatever became of it.
  std::optional<rules::ClockRow> clock(const std::string& rule, const std::string& case_id) const;
  /// Looks at the state.
  template <class F>
  Given& look(F check) {
    check(static_cast<const rules::State&>(*state_));
    return *this;
  }
  ~Given();

  const Layer& state() const { return *state_; }
  const std::vector<Event>& last_events() const { return last_; }
  EventRef last_ref(std::size_t index = 0) const { return {seq_ - 1, static_cast<std::uint32_t>(index)}; }
  Seq next_seq() const { return seq_; }
  /// Everything that was recorded, in order.
  const std::vector<Record>& records() const { return records_; }

 private:
  Given& ask(std::string_view name, rules::ActionPtr action);
  void expect_taken();
  const Event* find(EventTag tag) const;
  std::string story() const;

  std::unique_ptr<Layer> state_;
  rules::Books books_;
  Seq seq_ = 1;
  int actions_ = 0;
  Instant now_, occurred_;
  Actor actor_;
  rules::Request asked_;
  std::vector<Event> last_;
  std::vector<Record> records_;
  std::optional<rules::Refusal> refusal_;
  bool checked_ = true;
};

}  // namespace aidledger::testing
