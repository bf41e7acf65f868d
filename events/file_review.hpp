#pragma once
// M11 File review: the file of a closed case is checked, returned where it has to be, archived when it passes.
#include "events/family.hpp"
#include "events/values/casework.hpp"
#include "events/values/time.hpp"

namespace aidledger {

inline constexpr std::uint16_t family_file_review = 11;

enum class DefectSeverity : std::uint8_t { minor, major };
constexpr auto names_of(DefectSeverity) { return std::array{"minor"sv, "major"sv}; }

enum class ChecklistItem : std::uint8_t {
  complete,
  interview_transcript,
  evidence_lawful,
  complaint_correct,
  defence_correct,
  opinion_correct,
  closing_report,
};
constexpr auto names_of(ChecklistItem) {
  return std::array{"complete"sv,        "interview-transcript"sv, "evidence-lawful"sv, "complaint-correct"sv,
                    "defence-correct"sv, "opinion-correct"sv,      "closing-report"sv};
}

struct CheckedItem {
  ChecklistItem item = ChecklistItem::complete;
  bool passed = true;
  std::vector<Hash> documents;
  static void fields(auto&& f) {
    f("item", &CheckedItem::item, "which item of the checklist");
    f("passed", &CheckedItem::passed, "it is as it should be, or does not apply");
    f("documents", &CheckedItem::documents, "the documents looked at, by hash");
  }
};

struct FileReviewed {
  static constexpr EventTag tag{family_file_review, 1, 1};
  static constexpr auto name = "FileReviewed"sv, meaning = "a supervisor has checked the file of a case"sv;
  CaseId case_id;
  UndertakerId undertaker;
  std::uint32_t review = 1;
  std::string checklist;
  std::vector<CheckedItem> items;
  bool passed = false;
  std::string reviewed_by;
  static void fields(auto&& f) {
    using E = FileReviewed;
    f("case", &E::case_id, "the case");
    f("undertaker", &E::undertaker, "the undertaker");
    f("review", &E::review, "1 for the first of the case, then 2, 3 ...");
    f("checklist", &E::checklist, "the version of the checklist");
    f("items", &E::items, "item by item");
    f("passed", &E::passed, "every item is as it should be");
    f("reviewed_by", &E::reviewed_by, "the supervisor, as a person");
  }
};

struct FileDefectFound {
  static constexpr EventTag tag{family_file_review, 2, 1};
  static constexpr auto name = "FileDefectFound"sv, meaning = "something in a file is not as it should be"sv;
  CaseId case_id;
  UndertakerId undertaker;
  std::uint32_t review = 1;
  ChecklistItem item = ChecklistItem::complete;
  DefectSeverity severity = DefectSeverity::minor;
  std::optional<Sealed> description;
  static void fields(auto&& f) {
    using E = FileDefectFound;
    f("case", &E::case_id, "the case");
    f("undertaker", &E::undertaker, "the undertaker");
    f("review", &E::review, "the review that found it");
    f("item", &E::item, "which item of the checklist");
    f("severity", &E::severity, "how bad");
    f("description", &E::description, "what it is, under the recipient's key");
  }
};

struct FileReturned {
  static constexpr EventTag tag{family_file_review, 3, 1};
  static constexpr auto name = "FileReturned"sv, meaning = "the file goes back to be mended"sv;
  CaseId case_id;
  UndertakerId undertaker;
  std::uint32_t review = 1;
  static void fields(auto&& f) {
    using E = FileReturned;
    f("case", &E::case_id, "the case");
    f("undertaker", &E::undertaker, "the undertaker");
    f("review", &E::review, "the review that it did not pass");
  }
};

struct FileResubmitted {
  static constexpr EventTag tag{family_file_review, 4, 1};
  static constexpr auto name = "FileResubmitted"sv, meaning = "a returned file is handed in again"sv;
  CaseId case_id;
  UndertakerId undertaker;
  std::vector<DocumentRef> documents;
  std::string reason;
  static void fields(auto&& f) {
    using E = FileResubmitted;
    f("case", &E::case_id, "the case");
    f("undertaker", &E::undertaker, "the undertaker");
    f("documents", &E::documents, "what lies in the file now");
    f("reason", &E::reason, "a good reason why something cannot be mended, without personal data; empty = none");
  }
};

struct FileArchived {
  static constexpr EventTag tag{family_file_review, 5, 1};
  static constexpr auto name = "FileArchived"sv, meaning = "the file is complete: the case may be evaluated"sv;
  CaseId case_id;
  UndertakerId undertaker;
  std::uint32_t assignment = 1, review = 1;
  CaseType case_type = CaseType::civil;
  CaseStage stage = CaseStage::first_trial;
  std::string district, organisation;
  bool salaried = false, terminated = false, mandatory_evaluation = false;
  Date archived_on;
  std::string archived_by;
  static void fields(auto&& f) {
    using E = FileArchived;
    f("case", &E::case_id, "the case");
    f("undertaker", &E::undertaker, "the lead undertaker at conclusion");
    f("assignment", &E::assignment, "the assignment under which it ended");
    f("review", &E::review, "the review that it passed");
    f("case_type", &E::case_type, "the case type");
    f("stage", &E::stage, "the stage");
    f("district", &E::district, "the district of the case");
    f("organisation", &E::organisation, "the undertaker's organisation at assignment");
    f("salaried", &E::salaried, "the undertaker received a public salary at assignment");
    f("terminated", &E::terminated, "aid was terminated before the matter ended");
    f("mandatory_evaluation", &E::mandatory_evaluation, "the next round has to take it");
    f("archived_on", &E::archived_on, "the local date");
    f("archived_by", &E::archived_by, "the supervisor, as a person");
  }
};

using FileReview = Family<"file_review", FileReviewed, FileDefectFound, FileReturned, FileResubmitted, FileArchived>;

}  // namespace aidledger
