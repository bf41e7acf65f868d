#include "src/import/csv_reader.hpp"

namespace aidledger::import {
namespace {

constexpr std::size_t read_bytes = 256 * 1024;
constexpr int end_of_input = -1;

}  // namespace

CsvReader::CsvReader(std::unique_ptr<ByteSource> source, char delimiter, InputLimits limits)
    : source_(std::move(source)), delimiter_(delimiter), limits_(limits), buffer_(read_bytes) {
  while (held_ < 3) {
    const std::size_t got = source_->read(buffer_.data() + held_, buffer_.size() - held_);
    if (got == 0) break;
    held_ += got;
  }
  if (held_ >= 3 && std::string_view(buffer_.data(), 3) == "\xEF\xBB\xBF") at_ = 3;
}

bool CsvReader::next(CsvRow& row) {
  do {
    if (peek() == end_of_input) return false;
    row.fields.clear();
    row.fault.clear();
    row.line = line_;
    row_bytes_ = 0;
    do {
      if (row.fields.size() == limits_.columns)
        throw InputDamaged("line " + std::to_string(row.line) + ": more than " + std::to_string(limits_.columns) +
                           " columns");
      auto& field = row.fields.emplace_back();
      if (peek() == '"')
        quoted_field(field, row);
      else
        plain_field(field, row);
    } while (!end_of_row());
  } while (row.fields.size() == 1 && row.fields.front().empty());
  return true;
}

/// After a field: takes the delimiter (false) or the line break or end (true).
bool CsvReader::end_of_row() {
  const int c = get();
  if (c == delimiter_) return false;
  if (c == '\r' && peek() == '\n') get();
  return true;
}

void CsvReader::plain_field(std::string& field, CsvRow& row) {
  for (int c = peek(); c != end_of_input && c != delimiter_ && c != '\n' && c != '\r'; c = peek()) {
    if (c == '"' && row.fault.empty()) row.fault = "a quotation mark inside an unquoted field";
    field += static_cast<char>(get());
    check_size(field, row);
  }
}

void CsvReader::quoted_field(std::string& field, CsvRow& row) {
  const std::uint64_t opened = line_;
  get();
  for (;;) {
    const int c = get();
    if (c == end_of_input)
      throw InputDamaged("line " + std::to_string(opened) + ": a quoted field begins here and never ends");
    if (c == '"') {
      if (peek() != '"') break;
      get();
    }
    field += static_cast<char>(c);
    check_size(field, row);
  }
  const int after = peek();
  if (after == delimiter_ || after == '\n' || after == '\r' || after == end_of_input) return;
  if (row.fault.empty()) row.fault = "text after the closing quotation mark of a field";
  plain_field(field, row);
}

void CsvReader::check_size(const std::string& field, const CsvRow& row) const {
  if (field.size() <= limits_.field_bytes && row_bytes_ <= limits_.row_bytes) return;
  throw InputDamaged("line " + std::to_string(row.line) +
                     ": a field or row larger than its limit (is a quotation mark missing?)");
}

int CsvReader::peek() {
  if (at_ == held_ && !refill()) return end_of_input;
  return static_cast<unsigned char>(buffer_[at_]);
}

int CsvReader::get() {
  const int c = peek();
  if (c == end_of_input) return c;
  ++at_;
  ++row_bytes_;
  if (c == '\n') ++line_;
  return c;
}

bool CsvReader::refill() {
  at_ = 0;
  held_ = source_->read(buffer_.data(), buffer_.size());
  return held_ > 0;
}

}  // namespace aidledger::import
