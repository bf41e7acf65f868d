#pragma once
// Puts rows in order of key, then of arrival, in bounded memory: sorted runs in unnamed temporary files, merged at the
// end.
#include <cstdint>
#include <cstdio>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace aidledger::import {

struct SortRow {
  std::string key;
  /// Arrival, then the line in the input.
  std::uint64_t number = 0;
  std::uint64_t line = 0;
  std::vector<std::string> fields;
};

class RowSorter {
 public:
  /// Keeps at most about `memory_bytes` in memory. Files are made in `temp_dir`, without a name, so that nothing of
  /// them outlives the run.
  RowSorter(std::size_t memory_bytes, std::string temp_dir);
  ~RowSorter();
  /// Throws std::runtime_error when a temporary file cannot be written.
  void add(SortRow row);
  /// After the last add: the next row in order, nothing at the end.
  std::optional<SortRow> next();

 private:
  struct Run;
  void spill();
  void begin_merge();

  std::size_t memory_bytes_;
  std::string temp_dir_;
  std::size_t held_bytes_ = 0;
  std::uint64_t added_ = 0;
  bool merging_ = false;
  std::vector<SortRow> rows_;
  std::size_t at_ = 0;
  std::vector<std::unique_ptr<Run>> runs_;
};

}  // namespace aidledger::import
