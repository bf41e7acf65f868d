#pragma once
// Where the file of a closed case stands.
#include "events/file_review.hpp"
#include "src/rules/context.hpp"

namespace aidledger::rules {

enum class FileState : std::uint8_t { submitted, returned, resubmitted, passed, archived };
constexpr auto names_of(FileState) {
  return std::array{"submitted"sv, "returned"sv, "resubmitted"sv, "passed"sv, "archived"sv};
}

/// Key = case. There is none before the file is handed in.
struct FileRow {
  static constexpr std::uint8_t table = 0x22;
  static constexpr bool historic = false;
  FileState state = FileState::submitted;
  std::uint32_t reviews = 0, failed = 0;
  bool reason_given = false;
  static void fields(auto&& f) {
    using R = FileRow;
    f("state", &R::state, "submitted, returned, resubmitted, passed or archived");
    f("reviews", &R::reviews, "how many there were");
    f("failed", &R::failed, "how many it did not pass");
    f("reason_given", &R::reason_given, "the last resubmission gave a good reason");
  }
};

std::shared_ptr<const FileRow> file_of(const State& state, const CaseId& id);

}  // namespace aidledger::rules
