#include "projections/cases.hpp"

#include "events/case_imports.hpp"
#include "events/evaluation.hpp"
#include "events/file_review.hpp"
#include "events/row_codec.hpp"

namespace aidledger {
using projections::CaseRow;
AIDLEDGER_ROW(CaseRow)
}  // namespace aidledger

namespace aidledger::projections {
namespace {

struct FoldCase {
  Layer& rows;
  const Fact& fact;

  CaseRow& row(const CaseId& id) const { return rows.edit<CaseRow>(row_key({id.value})); }
  Instant when() const { return fact.event.occurred_at; }
  EventRef at() const { return fact.at; }
  void progress(const CaseId& id, CaseStatus status) const { row(id).progress.set({status, when()}, at()); }
  CaseHearing& hearing(const CaseId& id, const HearingId& which) const {
    return entry_of(row(id).hearings, &CaseHearing::hearing, which);
  }
  void lead(const CaseId& id, const std::string& undertaker) const {
    row(id).lead.set({undertaker, 0, "", false, when()}, at());
  }
};

struct FoldCases : FoldCase {
  void operator()(const AidGranted& e) const {
    CaseOpening opened;
    opened.case_type = name_of(e.case_type), opened.stage = name_of(e.stage);
    opened.cause = e.cause, opened.organ = e.organ, opened.district = e.district;
    opened.recipient = e.recipient, opened.group_size = e.group_size, opened.flags = e.flags;
    opened.at = when();
    row(e.case_id).opened.set(std::move(opened), at());
    progress(e.case_id, CaseStatus::granted);
  }
  void operator()(const UndertakerAssigned& e) const {
    row(e.case_id).lead.set({e.undertaker.value, e.assignment, e.organisation, e.salaried, when()}, at());
    progress(e.case_id, CaseStatus::assigned);
  }
  void operator()(const AssignmentDeclined& e) const {
    lead(e.case_id, "");
    progress(e.case_id, CaseStatus::granted);
  }
  void operator()(const ReplacementRequested&) const {}
  void operator()(const UndertakerReplaced& e) const {
    lead(e.case_id, "");
    progress(e.case_id, CaseStatus::granted);
  }
  void operator()(const HearingScheduled& e) const {
    auto& h = hearing(e.case_id, e.hearing);
    h.when.set(e.at, at());
    h.organ.set(e.organ, at());
  }
  void operator()(const HearingRescheduled& e) const { hearing(e.case_id, e.hearing).when.set(e.at, at()); }
  void operator()(const HearingCancelled& e) const {
    hearing(e.case_id, e.hearing).end.set({HearingFate::cancelled, false, false, when()}, at());
  }
  void operator()(const HearingCleared& e) const { hearing(e.case_id, e.hearing).cleared_on.set(e.report, at()); }
  void operator()(const HearingHeld& e) const {
    hearing(e.case_id, e.hearing).end.set({HearingFate::held, e.cleared, e.attended, when()}, at());
  }
  void operator()(const AidTerminated& e) const {
    row(e.case_id).end.set({std::string(name_of(e.ground)), std::string(name_of(e.work_done)), when()}, at());
    progress(e.case_id, CaseStatus::terminated);
  }
  void operator()(const CaseConcluded& e) const {
    row(e.case_id).end.set({std::string(name_of(e.outcome)), "", when()}, at());
    progress(e.case_id, CaseStatus::concluded);
  }
  void operator()(const ClosingReportSubmitted&) const {}
  void operator()(const FileSubmitted& e) const { progress(e.case_id, CaseStatus::file_submitted); }
};

struct FoldImports : FoldCase {
  void operator()(const CaseImported& e) const {
    CaseOpening opened;
    opened.case_type = e.case_type;
    opened.source = e.source.value, opened.source_key = e.source_key;
    opened.zone = e.zone, opened.calendar = e.calendar, opened.at = when();
    row(e.case_id).opened.set(std::move(opened), at());
    lead(e.case_id, e.undertaker ? e.undertaker->value : "");
    progress(e.case_id, CaseStatus::imported);
  }
  void operator()(const ImportedUndertakerChanged& e) const { lead(e.case_id, e.undertaker.value); }
  void operator()(const CaseStepRecorded&) const {}
  void operator()(const CaseDateRecorded&) const {}
  void operator()(const UndertakerImported&) const {}
};

struct FoldFile : FoldCase {
  void operator()(const FileReviewed&) const {}
  void operator()(const FileDefectFound&) const {}
  void operator()(const FileReturned& e) const { progress(e.case_id, CaseStatus::file_returned); }
  void operator()(const FileResubmitted& e) const { progress(e.case_id, CaseStatus::file_submitted); }
  void operator()(const FileArchived& e) const { progress(e.case_id, CaseStatus::archived); }
};

void fold_grade(const FoldCase& fold) {
  const auto set = [&](const auto& e, bool redetermined) {
    fold.row(e.case_id).grade.set({e.grade, e.marks, e.round, redetermined}, fold.at());
  };
  if (const auto* e = fold.fact.event.as<GradeFinalised>()) set(*e, false);
  if (const auto* e = fold.fact.event.as<GradeRedetermined>(); e != nullptr && e->was_final) set(*e, true);
}

}  // namespace

void fold_cases(Layer& rows, const Fact& fact) {
  switch (fact.event.type->tag.family) {
    case family_cases:
      if (!visit_family<Cases>(fact.event, FoldCases{{rows, fact}}))
        visit_family<CaseImports>(fact.event, FoldImports{{rows, fact}});
      break;
    case family_file_review: visit_family<FileReview>(fact.event, FoldFile{{rows, fact}}); break;
    case family_evaluation: fold_grade({rows, fact}); break;
    default: break;
  }
}

}  // namespace aidledger::projections
