#include "tests/simulation/oracle.hpp"

#include <algorithm>

#include "events/cases.hpp"
#include "events/evaluation.hpp"
#include "events/file_review.hpp"
#include "events/governance.hpp"
#include "events/ladder.hpp"
#include "events/subsidy.hpp"

namespace aidledger::simulation {
namespace {

constexpr std::int64_t day_us = 86'400'000'000, beijing_us = 8 * 3'600'000'000;

Date local_date(Instant at) { return Date{static_cast<std::int32_t>((at.us + beijing_us) / day_us)}; }

/// fen x rate / 10,000, halves away from zero.
std::int64_t part(std::int64_t fen, std::int64_t rate) {
  const std::int64_t twice = fen * rate * 2;
  return (twice >= 0 ? twice + 10'000 : twice - 10'000) / 20'000;
}

struct CaseFacts {
  CaseType type = CaseType::civil;
  CaseStage stage = CaseStage::first_trial;
  bool salaried = false, earned = false, terminated = false;
  std::int64_t costs = 0;
  std::map<std::string, Grade> final_grades;  ///< by round
  std::map<std::string, std::string> graded;  ///< round -> whose work

  std::int64_t standard() const {
    if (type == CaseType::criminal) {
      if (stage == CaseStage::death_review) return 180'000;
      return stage == CaseStage::investigation || stage == CaseStage::prosecution ? 60'000 : 120'000;
    }
    return stage == CaseStage::mediation ? 80'000 : stage == CaseStage::non_litigation ? 25'000 : 140'000;
  }
  std::int64_t entitlement() const {
    if (salaried) return costs;
    const std::int64_t base = terminated ? part(standard(), 5'000) : standard();
    if (final_grades.empty()) return base + costs;
    const Grade grade = final_grades.rbegin()->second;
    const std::int64_t rate = grade == Grade::unqualified ? -4'000 : grade == Grade::excellent ? 3'000 : 0;
    return base + part(base, rate) + costs;
  }
};

struct ClockFacts {
  std::optional<Date> due;
  std::optional<ClockEnd> end;
  bool missed = false, waived = false, excused = false, held = false;
  bool window = false;  ///< nobody owes anything: it closes and is not missed

  /// Withdrawn too late is a miss as well: the day had passed with nothing done.
  bool in_time() const { return end && (!due || end->on <= *due); }
  std::string state() const {
    const std::string too_late = window ? "window-closed" : "missed";
    if (excused) return "excused";
    if (waived) return "waived";
    if (end && end->ending == ClockEnding::withdrawn) return missed ? too_late : "withdrawn";
    if (!due) return "calendar-missing";
    if (end) return in_time() ? "met" : too_late;
    if (!missed) return "not-yet-due";
    return window ? too_late : "missed-still-open";
  }
};

class Reckoning {
 public:
  void record(const Record& record) {
    seq_ = record.header.seq;
    today_ = local_date(record.header.recorded_at);
    for (const auto& event : record.body.events) {
      clocks(event);
      cases(event);
      grades(event);
    }
    check_ladder();
  }
  Reckoned finish(Date today) {
    for (const auto& [id, clock] : clocks_) {
      out_.deadlines[id] = clock.state();
      if (clock.due && *clock.due < today && !clock.missed && !clock.waived && !clock.held && !clock.in_time())
        wrong("nobody raised that " + id.rule + " of " + id.subject.id + " was due on " + to_text(*clock.due));
    }
    for (const auto& [id, of_case] : cases_)
      if (of_case.earned) out_.entitlements[id] = of_case.entitlement();
    for (const auto& [undertaker, unused] : reached_) out_.steps[undertaker] = step_of(undertaker);
    return std::move(out_);
  }

 private:
  void wrong(const std::string& what) { out_.wrong.push_back("record " + std::to_string(seq_) + ": " + what); }

  void clocks(const Event& event) {
    for (const auto& end : event.ends)
      if (const auto known = clocks_.find(end.clock); known != clocks_.end()) known->second.end = end;
    for (const auto& start : event.starts) begin(start);
    if (const auto* e = event.as<DeadlineMissed>()) {
      auto& clock = clocks_[e->clock];
      if (clock.in_time() || clock.waived || !clock.due || !(*clock.due < today_))
        wrong(e->clock.rule + " of " + e->clock.subject.id + " was not missed");
      clock.missed = true;
    }
    if (const auto* e = event.as<DeadlineWaived>()) clocks_[e->clock].waived = true;
    if (const auto* e = event.as<DeadlineExcused>()) clocks_[e->clock].excused = true;
    if (const auto* e = event.as<DeadlineExtended>()) clocks_[e->clock].due = e->due;
    if (const auto* e = event.as<DeadlinesDated>())
      for (const auto& one : e->clocks) clocks_[one.clock].due = one.due;
  }
  void begin(const ClockStart& start) {
    clocks_[start.clock] = {
        start.due, {}, false, false, false, !start.hold.empty(), start.owed_by.empty() && start.hold.empty()};
    if (start.unit == DayUnit::natural && start.due && start.days > 0 && *start.due != start.from + start.days)
      wrong(start.clock.rule + " of " + start.clock.subject.id + " is not due after its days");
  }

  void cases(const Event& event) {
    if (const auto* e = event.as<AidGranted>()) {
      cases_[e->case_id.value].type = e->case_type;
      cases_[e->case_id.value].stage = e->stage;
    }
    if (const auto* e = event.as<UndertakerAssigned>()) {
      out_.open[e->undertaker.value].insert(e->case_id.value);
      cases_[e->case_id.value].salaried = e->salaried;
    }
    if (const auto* e = event.as<AssignmentDeclined>()) leaves(e->undertaker, e->case_id);
    if (const auto* e = event.as<UndertakerReplaced>()) leaves(e->undertaker, e->case_id);
    if (const auto* e = event.as<CaseConcluded>()) leaves(e->undertaker, e->case_id);
    if (const auto* e = event.as<AidTerminated>(); e != nullptr && e->undertaker) {
      leaves(*e->undertaker, e->case_id);
      cases_[e->case_id.value].terminated = cases_[e->case_id.value].earned = true;
    }
    if (const auto* e = event.as<FileArchived>()) cases_[e->case_id.value].earned = true;
    if (const auto* e = event.as<VouchedCostsRecorded>())
      for (const auto& voucher : e->vouchers) cases_[e->case_id.value].costs += voucher.amount.fen;
  }
  void leaves(const UndertakerId& undertaker, const CaseId& of) { out_.open[undertaker.value].erase(of.value); }

  void grades(const Event& event) {
    if (const auto* e = event.as<GradeFinalised>()) {
      auto& of_case = cases_[e->case_id.value];
      of_case.final_grades[e->round.value] = e->grade;
      of_case.graded[e->round.value] = e->undertaker.value;
    }
    if (const auto* e = event.as<GradeRedetermined>()) {
      auto& finals = cases_[e->case_id.value].final_grades;
      if (const auto known = finals.find(e->round.value); known != finals.end()) known->second = e->grade;
    }
    if (const auto* e = event.as<LadderStepReached>()) reached_[e->undertaker.value] = e->step;
  }

  /// Distinct cases whose final grade is unqualified now: one, two, three.
  int step_of(const std::string& undertaker) const {
    const auto counts = [&](const auto& entry) {
      return std::any_of(entry.second.final_grades.begin(), entry.second.final_grades.end(), [&](const auto& grade) {
        return grade.second == Grade::unqualified && entry.second.graded.at(grade.first) == undertaker;
      });
    };
    return static_cast<int>(std::min<std::ptrdiff_t>(3, std::count_if(cases_.begin(), cases_.end(), counts)));
  }
  void check_ladder() {
    for (const auto& [id, of_case] : cases_)
      for (const auto& [round, undertaker] : of_case.graded) reached_.try_emplace(undertaker, 0);
    for (const auto& [undertaker, step] : reached_)
      if (step != step_of(undertaker))
        wrong(undertaker + " stands on step " + std::to_string(step) + ", final grades give " +
              std::to_string(step_of(undertaker)));
  }

  Reckoned out_;
  Seq seq_ = 0;
  Date today_;
  std::map<std::string, CaseFacts> cases_;
  std::map<ClockId, ClockFacts> clocks_;
  std::map<std::string, int> reached_;  ///< the last step that a record named
};

}  // namespace

Reckoned reckon(const std::vector<Record>& records, Date today) {
  Reckoning reckoning;
  for (const auto& record : records) reckoning.record(record);
  return reckoning.finish(today);
}

}  // namespace aidledger::simulation
