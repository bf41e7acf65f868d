#pragma once
// CSV after RFC 4180, row by row: quoted fields with line breaks and doubled quotes, CRLF or LF, a leading byte order
// mark.
#include <memory>
#include <string>
#include <vector>

#include "src/import/byte_source.hpp"
#include "src/import/source_case.hpp"

namespace aidledger::import {

struct CsvRow {
  std::vector<std::string> fields;
  /// The line on which the row begins, from 1.
  std::uint64_t line = 0;
  /// Why the row cannot be used as it stands; empty for a good row.
  std::string fault;
};

class CsvReader {
 public:
  CsvReader(std::unique_ptr<ByteSource> source, char delimiter, InputLimits limits);
  /// The next row that is not blank; false at the end. Throws InputDamaged where no later row could be trusted: a field
  /// or row beyond its limit, or a quoted field that never ends.
  bool next(CsvRow& row);

 private:
  int get();
  int peek();
  bool refill();
  void quoted_field(std::string& field, CsvRow& row);
  void plain_field(std::string& field, CsvRow& row);
  void check_size(const std::string& field, const CsvRow& row) const;
  bool end_of_row();

  std::unique_ptr<ByteSource> source_;
  char delimiter_;
  InputLimits limits_;
  std::vector<char> buffer_;
  std::size_t at_ = 0;
  std::size_t held_ = 0;
  std::size_t row_bytes_ = 0;
  std::uint64_t line_ = 1;
};

}  // namespace aidledger::import
