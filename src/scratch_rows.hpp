#pragma once
// Rows that are of use for a while and never again: in a folder that is made with the first of them, and removed.
#include <filesystem>

#include "src/store/rocks_row_store.hpp"

namespace aidledger {

/// Beside the rows of a ledger, for a verification.
inline std::string scratch_folder(const std::string& data) { return data + "/rows.verify"; }

class ScratchRows {
 public:
  /// What a process that was killed has left in the folder is removed as well.
  explicit ScratchRows(std::string folder) : folder_(std::move(folder)) { remove(); }
  ScratchRows(const ScratchRows&) = delete;
  ScratchRows& operator=(const ScratchRows&) = delete;
  ~ScratchRows() {
    rows_.reset();
    remove();
  }

  /// Throws store::Failed.
  store::RowStore& rows() {
    if (!rows_) rows_ = store::open_rocks_row_store(folder_);
    return *rows_;
  }

 private:
  void remove() {
    std::error_code left_for_the_next;
    std::filesystem::remove_all(folder_, left_for_the_next);
  }

  std::string folder_;
  std::unique_ptr<store::RowStore> rows_;
};

}  // namespace aidledger
