#pragma once
// The one list to review when it is asked what of the facts leaves the house in words. Numbers, dates, ids, and words
// out of a fixed list are published by their type. A text is withheld unless it is named here: a code or the name of
// something, never what somebody wrote freely, never what names a person directly (licence numbers do). Sealed fields
// are never opened. tests/feed/published.txt shows the outcome, field by field.
#include <array>

#include "events/families.hpp"

namespace aidledger::feed {

/// The text fields of T that are published, by their declared names.
template <class T>
inline constexpr std::array<std::string_view, 0> published_texts{};

// What several families share.
template <>
inline constexpr std::array published_texts<ObjectRef>{"kind"sv, "id"sv};
template <>
inline constexpr std::array published_texts<PolicyRef>{"name"sv, "version"sv};
template <>
inline constexpr std::array published_texts<ClockId>{"rule"sv, "key"sv};
template <>
inline constexpr std::array published_texts<DocumentRef>{"kind"sv};

// Undertakers, cases.
template <>
inline constexpr std::array published_texts<UndertakerEnrolled>{"organisation"sv, "district"sv, "specialties"sv};
template <>
inline constexpr std::array published_texts<CategoryChanged>{"organisation"sv, "district"sv};
template <>
inline constexpr std::array published_texts<AidGranted>{"cause"sv, "organ"sv, "district"sv};
template <>
inline constexpr std::array published_texts<CandidateSeen>{"why_not"sv};
template <>
inline constexpr std::array published_texts<EligibilityFacts>{"district"sv};
template <>
inline constexpr std::array published_texts<UndertakerAssigned>{"organisation"sv, "assigned_by"sv};
template <>
inline constexpr std::array published_texts<HearingScheduled>{"organ"sv};
template <>
inline constexpr std::array published_texts<HearingCleared>{"cleared_by"sv};
template <>
inline constexpr std::array published_texts<CaseImported>{"zone"sv, "calendar"sv, "case_type"sv};
template <>
inline constexpr std::array published_texts<CaseStepRecorded>{"step"sv, "identity"sv, "meets"sv};
template <>
inline constexpr std::array published_texts<CaseDateRecorded>{"what"sv, "identity"sv, "meets"sv};

// Supervision.
template <>
inline constexpr std::array published_texts<RightsNoticeIssued>{"text_version"sv, "language"sv};
template <>
inline constexpr std::array published_texts<RightsNoticeReissued>{"text_version"sv, "language"sv};
template <>
inline constexpr std::array published_texts<ProgressCallMade>{"made_by"sv};
template <>
inline constexpr std::array published_texts<ProgressCallUnreached>{"made_by"sv};
template <>
inline constexpr std::array published_texts<ProblemRaised>{"raised_by"sv};
template <>
inline constexpr std::array published_texts<CorrectionOrdered>{"ordered_by"sv};
template <>
inline constexpr std::array published_texts<CorrectionReported>{"reported_by"sv};
template <>
inline constexpr std::array published_texts<CorrectionVerified>{"verified_by"sv};
template <>
inline constexpr std::array published_texts<ReportReturned>{"returned_by"sv};
template <>
inline constexpr std::array published_texts<ReportAccepted>{"accepted_by"sv};
template <>
inline constexpr std::array published_texts<FileReviewed>{"checklist"sv, "reviewed_by"sv};
template <>
inline constexpr std::array published_texts<FileArchived>{"district"sv, "organisation"sv, "archived_by"sv};

// Evaluation, ladder.
template <>
inline constexpr std::array published_texts<ItemScore>{"item"sv};
template <>
inline constexpr std::array published_texts<Deduction>{"item"sv};
template <>
inline constexpr std::array published_texts<EvaluationRoundOpened>{"opened_by"sv};
template <>
inline constexpr std::array published_texts<EvaluatorAppointed>{"organisation"sv};
template <>
inline constexpr std::array published_texts<GradeUpheld>{"decided_by"sv};
template <>
inline constexpr std::array published_texts<GradeFinalised>{"decided_by"sv};
template <>
inline constexpr std::array published_texts<GradeRedetermined>{"decided_by"sv};
template <>
inline constexpr std::array published_texts<WrittenCommentsRequired>{"author"sv};
template <>
inline constexpr std::array published_texts<WrittenCommentsSubmitted>{"author"sv};
template <>
inline constexpr std::array published_texts<WrittenCommentsAccepted>{"accepted_by"sv};
template <>
inline constexpr std::array published_texts<SanctionProposed>{"proposed_by"sv};
template <>
inline constexpr std::array published_texts<LadderDecided>{"proposed_by"sv, "confirmed_by"sv};
template <>
inline constexpr std::array published_texts<ManagementWarningIssued>{"proposed_by"sv, "confirmed_by"sv};
template <>
inline constexpr std::array published_texts<UndertakerDisqualified>{"proposed_by"sv, "confirmed_by"sv};
template <>
inline constexpr std::array published_texts<SanctionAppealDecided>{"decided_by"sv};
template <>
inline constexpr std::array published_texts<UndertakerRequalified>{"decided_by"sv};

// Subsidy, governance.
template <>
inline constexpr std::array published_texts<SubsidyFormula>{"quality_base"sv};
template <>
inline constexpr std::array published_texts<VouchedCostsRecorded>{"stage"sv};
template <>
inline constexpr std::array published_texts<SubsidyCalculated>{"case_type"sv, "stage"sv};
template <>
inline constexpr std::array published_texts<SubsidyAdjusted>{"case_type"sv, "stage"sv};
template <>
inline constexpr std::array published_texts<LedgerOpened>{"ledger"sv, "zone"sv, "log_place"sv, "writer_key_id"sv,
                                                          "writer_public_key"sv};
template <>
inline constexpr std::array published_texts<WriterKeyEnrolled>{"key_id"sv, "public_key"sv, "node"sv};
template <>
inline constexpr std::array published_texts<WriterKeyRevoked>{"key_id"sv};
template <>
inline constexpr std::array published_texts<WriterKeyProposed>{"key_id"sv, "public_key"sv, "node"sv, "proposed_by"sv};
template <>
inline constexpr std::array published_texts<LedgerMoved>{"log_place"sv, "topic"sv};
template <>
inline constexpr std::array published_texts<FeedClaimed>{"node"sv, "key_id"sv};
template <>
inline constexpr std::array published_texts<PoisonPassed>{"hash"sv, "first_person"sv, "second_person"sv};
template <>
inline constexpr std::array published_texts<PolicyAdopted>{"policy"sv, "version"sv};
template <>
inline constexpr std::array published_texts<PolicyRepealed>{"policy"sv, "version"sv};
template <>
inline constexpr std::array published_texts<CalendarAdopted>{"calendar"sv};
template <>
inline constexpr std::array published_texts<ActionRefused>{"action"sv, "refusal"sv};
template <>
inline constexpr std::array published_texts<ComplianceBreachRecorded>{"rule"sv};
template <>
inline constexpr std::array published_texts<DeadlineMissed>{"owed_by"sv};
template <>
inline constexpr std::array published_texts<ClockAccepted>{"node"sv};
template <>
inline constexpr std::array published_texts<ErasureProposed>{"proposed_by"sv};

}  // namespace aidledger::feed
