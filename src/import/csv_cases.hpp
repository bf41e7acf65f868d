#pragma once
// CSV rows gathered into cases. Columns keep the names of the header row.
#include <memory>
#include <string>

#include "src/import/byte_source.hpp"
#include "src/import/source_case.hpp"

namespace aidledger::import {

struct CsvShape {
  char delimiter = ',';
  /// The column that holds the case's key.
  std::string case_column;
  /// The rows of a case stand together: cases come out as they are read, and a case that comes back later is rejected
  /// row by row. Otherwise all rows are first put in order of case, in memory up to `sort_bytes`, beyond that in
  /// unnamed files in `temp_dir`.
  bool grouped = false;
  std::size_t sort_bytes = 256 << 20;
  std::string temp_dir = "/tmp";
};

/// Cases with their rows in the order of the file. Rows that cannot be used go to `rejected`. Throws InputDamaged, at
/// once when the header is missing, has a name twice or lacks the case column.
std::unique_ptr<CaseReader> read_csv_cases(std::unique_ptr<ByteSource> source, CsvShape shape, InputLimits limits,
                                           OnRejected rejected);

/// Column names that this program's report of rejected lines adds in front; a mended report is read as if they were not
/// there.
inline constexpr std::string_view report_line_column = "aidledger:line";
inline constexpr std::string_view report_reason_column = "aidledger:reason";

}  // namespace aidledger::import
