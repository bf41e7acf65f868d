#pragma once
// U1 has so many cases that two evaluators found unqualified; the undertaker was told on 2024-03-01.
#include "tests/support/quality_story.hpp"

namespace aidledger::testing {

struct OnLadder : Given {
  explicit OnLadder(int unqualified) {
    enrol(*this, "U1");
    for (int n = 1; n <= unqualified; ++n) archive(*this, {"C" + std::to_string(n)});
    open_round(*this, "2024-03-31");
    for (int n = 1; n <= unqualified; ++n) grade(*this, "C" + std::to_string(n), 50);
    on("2024-03-20");
  }
  Given& makes_final(const std::string& case_id) {
    if (now_day() < date("2024-03-20")) on("2024-03-20");
    return as(director()).when(finalise(case_id));
  }
  /// All of the three cases are final: step 3, and nothing decided.
  OnLadder& on_step_three() {
    makes_final("C1"), makes_final("C2"), makes_final("C3");
    return *this;
  }
  rules::LadderRow standing() const { return rules::ladder_of(state(), {"U1"}); }
  rules::SubmitWrittenComments comments() const { return {{"U1"}, person_of("U1"), sealed("I had misread the date")}; }
  rules::RecordStatement statement() const { return {{"U1"}, person_of("U1"), sealed("I was ill")}; }
  rules::ProposeSanction proposal(Sanction sanction, const std::string& id = "S1") const {
    return {{id}, {"U1"}, sanction, {}, "three files without the evidence"};
  }
  std::optional<rules::ClockRow> own_clock(const std::string& rule) const {
    std::optional<rules::ClockRow> latest;
    state().each<rules::ClockRow>(row_key({rule, "undertaker", "U1"}), [&](auto, const rules::ClockRow& row) {
      latest = row;
      return true;
    });
    return latest;
  }
  std::string clock_due(const std::string& rule) const {
    const auto clock = own_clock(rule);
    return clock && clock->start.due ? to_text(*clock->start.due) : "none";
  }
  bool clock_ended(const std::string& rule) const {
    const auto clock = own_clock(rule);
    return clock && clock->ended;
  }

  OnLadder& on(std::string_view day) {
    day_ = date(day);
    Given::on(day);
    return *this;
  }
  Date now_day() const { return day_; }

 private:
  Date day_ = date("2024-03-01");
};

}  // namespace aidledger::testing
