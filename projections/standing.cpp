#include "projections/standing.hpp"

#include "events/case_imports.hpp"
#include "events/cases.hpp"
#include "events/row_codec.hpp"

namespace aidledger {
using projections::StandingRow, projections::LoadRow;
AIDLEDGER_ROW(StandingRow)
AIDLEDGER_ROW(LoadRow)
}  // namespace aidledger

namespace aidledger::projections {
namespace {

std::vector<CountedCase> shown_counted(const std::vector<CountedGrade>& counted) {
  std::vector<CountedCase> out;
  for (const auto& c : counted) out.push_back({c.case_id, c.round, Cited::of(c.grade), c.final_on});
  return out;
}

struct FoldOne {
  Layer& rows;
  const Fact& fact;

  StandingRow& row(const UndertakerId& id) const { return rows.edit<StandingRow>(row_key({id.value})); }
  Instant when() const { return fact.event.occurred_at; }
  EventRef at() const { return fact.at; }
};

struct FoldUndertakers : FoldOne {
  void operator()(const UndertakerEnrolled& e) const {
    auto& r = row(e.undertaker);
    r.enrolment.set({e.person, e.specialties, e.capacity, when()}, at());
    r.left.set({false, "", when()}, at());
    r.team.set({e.category, e.organisation, e.district, e.salaried, e.salaried_from, when()}, at());
    r.licence.set({false, e.licence, e.licence_since, {}, "", when()}, at());
  }
  void operator()(const CategoryChanged& e) const {
    row(e.undertaker).team.set({e.category, e.organisation, e.district, e.salaried, e.salaried_from, when()}, at());
  }
  void operator()(const QualificationVerified& e) const {
    row(e.undertaker).licence.set({false, e.licence, e.licence_since, e.valid_until, "", when()}, at());
  }
  void operator()(const QualificationLapsed& e) const {
    row(e.undertaker).licence.set({true, e.licence, {}, {}, e.ground, when()}, at());
  }
  void operator()(const UndertakerSuspended& e) const {
    row(e.undertaker).suspension.set({true, e.ground, when()}, at());
  }
  void operator()(const UndertakerReinstated& e) const {
    row(e.undertaker).suspension.set({false, e.ground, when()}, at());
  }
  void operator()(const UndertakerLeft& e) const { row(e.undertaker).left.set({true, e.ground, when()}, at()); }
  void operator()(const PaymentHoldPlaced& e) const { hold(e, true); }
  void operator()(const PaymentHoldLifted& e) const { hold(e, false); }

 private:
  template <class E>
  void hold(const E& e, bool on) const {
    const std::string of = e.case_id ? e.case_id->value : std::string();
    entry_of(row(e.undertaker).payment_holds, &PaymentHold::case_id, of).state.set({on, e.ground, when()}, at());
  }
};

struct FoldLadder : FoldOne {
  void operator()(const LadderStepReached& e) const {
    auto& r = row(e.undertaker);
    r.ladder.set({e.step, e.previous, shown_counted(e.counted), e.absorbed, e.window_months, e.policy, when()}, at());
    r.assignment_hold.set({e.assignment_hold, "", when()}, at());
    if (e.step == 0) comments(e, CommentsState::withdrawn);
  }
  void operator()(const WrittenCommentsRequired& e) const { comments(e, CommentsState::required); }
  void operator()(const WrittenCommentsSubmitted& e) const { comments(e, CommentsState::submitted); }
  void operator()(const WrittenCommentsAccepted& e) const { comments(e, CommentsState::accepted); }
  void operator()(const HearingOffered& e) const { row(e.undertaker).hearing.set({false, when()}, at()); }
  void operator()(const StatementReceived& e) const { row(e.undertaker).hearing.set({true, when()}, at()); }
  void operator()(const SanctionProposed&) const {}
  void operator()(const LadderDecided& e) const {
    decided(e, {Sanction::none, e.step, shown_counted(e.counted), {}, {}, {}, e.reasons, {}, when()});
  }
  void operator()(const ManagementWarningIssued& e) const {
    decided(e, {Sanction::warning, e.step, shown_counted(e.counted), e.absorbed, {}, {}, e.reasons, e.policy, when()});
    absorbed(e);
  }
  void operator()(const UndertakerDisqualified& e) const {
    decided(e, {Sanction::disqualification, e.step, shown_counted(e.counted), e.absorbed, e.effective_from, e.until,
                e.reasons, e.policy, when()});
    absorbed(e);
  }
  void operator()(const SanctionAppealLodged& e) const { sanction(e).appeal.set({{}, when()}, at()); }
  void operator()(const SanctionAppealDecided& e) const { sanction(e).appeal.set({e.outcome, when()}, at()); }
  void operator()(const SanctionReversed& e) const { sanction(e).ended.set({e.ground, {}, when()}, at()); }
  void operator()(const UndertakerRequalified& e) const {
    sanction(e).ended.set({{}, e.probation_until, when()}, at());
  }

 private:
  template <class E>
  SanctionSeen& sanction(const E& e) const {
    return entry_of(row(e.undertaker).sanctions, &SanctionSeen::proposal, e.proposal);
  }
  template <class E>
  void decided(const E& e, SanctionDecision decision) const {
    sanction(e).decided.set(std::move(decision), at());
    row(e.undertaker).assignment_hold.set({false, "decided", when()}, at());
  }
  template <class E>
  void absorbed(const E& e) const {
    if (std::find(e.absorbed.begin(), e.absorbed.end(), 1) != e.absorbed.end()) comments(e, CommentsState::withdrawn);
  }
  template <class E>
  void comments(const E& e, CommentsState state) const {
    row(e.undertaker).comments.set({state, when()}, at());
  }
};

/// Grades that never were unqualified make no entry: the row stays small however many cases are graded.
struct FoldGrades : FoldOne {
  void operator()(const GradeFinalised& e) const {
    if (e.grade == Grade::unqualified) seen(e, false);
  }
  void operator()(const GradeRedetermined& e) const {
    if (e.was_final && (e.grade == Grade::unqualified || e.previous == Grade::unqualified)) seen(e, true);
  }

 private:
  template <class E>
  void seen(const E& e, bool redetermined) const {
    const Grading of{e.case_id, e.round};
    entry_of(row(e.undertaker).unqualified, &Unqualified::of, of)
        .grade.set({e.grade, e.marks, redetermined, when()}, at());
  }
};

/// Which facts of a case are the load of its undertaker. Every other fact of the family is projections/cases.cpp's.
struct FoldLoad : FoldOne {
  void load(const UndertakerId& undertaker, const CaseId& id, LoadState state) const {
    rows.edit<LoadRow>(row_key({undertaker.value, id.value})).state.set(state, at());
  }
  template <class E>
  void when_it_is(LoadState state) const {
    if (const auto* e = fact.event.as<E>()) load(e->undertaker, e->case_id, state);
  }
  void fold() const {
    when_it_is<UndertakerAssigned>(LoadState::open);
    when_it_is<AssignmentDeclined>(LoadState::declined);
    when_it_is<UndertakerReplaced>(LoadState::replaced);
    when_it_is<CaseConcluded>(LoadState::concluded);
    when_it_is<ImportedUndertakerChanged>(LoadState::imported);
    if (const auto* e = fact.event.as<AidTerminated>(); e != nullptr && e->undertaker)
      load(*e->undertaker, e->case_id, LoadState::terminated);
    if (const auto* e = fact.event.as<CaseImported>(); e != nullptr && e->undertaker)
      load(*e->undertaker, e->case_id, LoadState::imported);
    if (const auto* e = fact.event.as<UndertakerImported>()) row(e->undertaker).imported.set(e->source, at());
  }
};

void fold_evaluation(const Fact& fact, const FoldGrades& fold) {
  if (const auto* e = fact.event.as<GradeFinalised>()) fold(*e);
  if (const auto* e = fact.event.as<GradeRedetermined>()) fold(*e);
}

void add_disqualifications(const StandingRow& row, std::vector<Reason>& out) {
  for (const auto& sanction : row.sanctions)
    if (sanction.stands() && sanction.decided->sanction == Sanction::disqualification)
      out.push_back({WhyNot::disqualified, sanction.decided.by});
}

}  // namespace

std::vector<Reason> why_not(const StandingRow& row, Date today) {
  std::vector<Reason> out;
  if (!row.enrolment) out.push_back({WhyNot::not_enrolled, row.imported.by});
  if (row.left && row.left->on) out.push_back({WhyNot::left, row.left.by});
  if (row.licence && (row.licence->lapsed || (row.licence->valid_until && *row.licence->valid_until < today)))
    out.push_back({WhyNot::licence_lapsed, row.licence.by});
  if (row.suspension && row.suspension->on) out.push_back({WhyNot::suspended, row.suspension.by});
  add_disqualifications(row, out);
  if (row.assignment_hold && row.assignment_hold->on) out.push_back({WhyNot::assignment_hold, row.assignment_hold.by});
  return out;
}

void fold_standing(Layer& rows, const Fact& fact) {
  switch (fact.event.type->tag.family) {
    case family_undertakers: visit_family<Undertakers>(fact.event, FoldUndertakers{{rows, fact}}); break;
    case family_cases: FoldLoad{{rows, fact}}.fold(); break;
    case family_evaluation: fold_evaluation(fact, FoldGrades{{rows, fact}}); break;
    case family_ladder: visit_family<Ladder>(fact.event, FoldLadder{{rows, fact}}); break;
    default: break;
  }
}

}  // namespace aidledger::projections
