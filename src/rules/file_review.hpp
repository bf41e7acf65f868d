#pragma once
// M11 File review: checked by a supervisor, returned and mended, archived when it passes.
#include "src/rules/engine.hpp"
#include "src/rules/file_state.hpp"
#include "src/rules/own_case.hpp"

namespace aidledger::rules {

inline constexpr RefusalKind checklist_incomplete{1101, "checklist-incomplete",
                                                  "A review answers every item of the checklist once."};
inline constexpr RefusalKind review_not_passed{1102, "review-not-passed",
                                               "Only a file that passed review is archived."};
inline constexpr RefusalKind file_not_there{1103, "file-not-there", "The file has not been handed in."};

struct ReviewedItem {
  ChecklistItem item = ChecklistItem::complete;
  bool passed = true;
  std::optional<DefectSeverity> severity;
  std::vector<Hash> documents;
  static void fields(auto&& f) {
    f("item", &ReviewedItem::item, "which item of the checklist");
    f("passed", &ReviewedItem::passed, "it is as it should be, or does not apply");
    f("severity", &ReviewedItem::severity, "how bad, where it is not; absent = minor");
    f("documents", &ReviewedItem::documents, "the documents looked at, by hash");
  }
};

struct ReviewFile {
  static constexpr auto name = "review-file"sv,
                        meaning = "checks the file of a case; one that does not pass goes back"sv;
  static constexpr std::array roles{Role::supervisor};
  static constexpr auto refusals = Refusals::unrecorded;
  CaseId case_id;
  std::vector<ReviewedItem> items;
  static void fields(auto&& f) {
    f("case", &ReviewFile::case_id, "the case");
    f("items", &ReviewFile::items, "every item of the checklist, once");
  }
};
Decision decide(const ReviewFile&, const Context&);

struct RecordFileDefect {
  static constexpr auto name = "record-file-defect"sv, meaning = "describes something wrong in a reviewed file"sv;
  static constexpr std::array roles{Role::supervisor};
  static constexpr auto refusals = Refusals::unrecorded;
  CaseId case_id;
  PersonId recipient;
  ChecklistItem item = ChecklistItem::complete;
  DefectSeverity severity = DefectSeverity::minor;
  Sealed description;
  static void fields(auto&& f) {
    using A = RecordFileDefect;
    f("case", &A::case_id, "the case");
    f("recipient", &A::recipient, "the recipient, whose key seals the description");
    f("item", &A::item, "which item of the checklist");
    f("severity", &A::severity, "how bad");
    f("description", &A::description, "what it is", sealed_for(&A::recipient));
  }
};
Decision decide(const RecordFileDefect&, const Context&);

struct ResubmitFile {
  static constexpr auto name = "resubmit-file"sv, meaning = "hands a returned file in again"sv;
  static constexpr std::array roles{Role::undertaker, Role::intake};
  static constexpr auto refusals = Refusals::unrecorded;
  CaseId case_id;
  std::vector<DocumentRef> documents;
  std::optional<std::string> reason;
  static void fields(auto&& f) {
    using A = ResubmitFile;
    f("case", &A::case_id, "the case");
    f("documents", &A::documents, "what lies in the file now");
    f("reason", &A::reason, "a good reason why something cannot be mended, without personal data");
  }
};
Decision decide(const ResubmitFile&, const Context&);

struct ArchiveFile {
  static constexpr auto name = "archive-file"sv, meaning = "archives a file that passed review"sv;
  static constexpr std::array roles{Role::supervisor, Role::centre_director};
  static constexpr auto refusals = Refusals::unrecorded;
  CaseId case_id;
  static void fields(auto&& f) { f("case", &ArchiveFile::case_id, "the case"); }
};
Decision decide(const ArchiveFile&, const Context&);

/// The breach by which a case is marked for evaluation.
inline constexpr auto file_failed_rule = "file-failed-again";

}  // namespace aidledger::rules
