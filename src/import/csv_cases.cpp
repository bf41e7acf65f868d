#include "src/import/csv_cases.hpp"

#include <algorithm>
#include <functional>
#include <unordered_set>

#include "src/import/csv_reader.hpp"
#include "src/import/row_sorter.hpp"
#include "src/import/utf8.hpp"

namespace aidledger::import {
namespace {

/// Keys remembered, by hash, to notice a case that comes back in a file whose rows are said to stand together: 64 MiB
/// at most.
constexpr std::size_t remembered_cases = 2'000'000;

/// Rows that fit the header, each with its case's key.
class CsvRows {
 public:
  CsvRows(std::unique_ptr<ByteSource> source, const CsvShape& shape, InputLimits limits, OnRejected rejected)
      : csv_(std::move(source), shape.delimiter, limits), rejected_(std::move(rejected)) {
    CsvRow header;
    if (!csv_.next(header)) throw InputDamaged("the file is empty: no header row");
    names_ = std::move(header.fields);
    while (!names_.empty() && (names_.front() == report_line_column || names_.front() == report_reason_column)) {
      names_.erase(names_.begin());
      ++skipped_columns_;
    }
    check_names(shape.case_column);
  }

  const std::vector<std::string>& names() const { return names_; }

  bool next(SortRow& out) {
    CsvRow row;
    while (csv_.next(row)) {
      const std::size_t skip = std::min(skipped_columns_, row.fields.size());
      row.fields.erase(row.fields.begin(), row.fields.begin() + static_cast<std::ptrdiff_t>(skip));
      if (const auto fault = fault_of(row); !fault.empty()) {
        reject(row, fault);
        continue;
      }
      out.key = row.fields[case_at_];
      out.line = row.line;
      out.fields = std::move(row.fields);
      return true;
    }
    return false;
  }

  SourceEvent event_of(SortRow row) const {
    SourceEvent event;
    event.line = row.line;
    event.attributes.reserve(names_.size());
    for (std::size_t i = 0; i < names_.size(); ++i)
      if (!row.fields[i].empty()) event.attributes.push_back({names_[i], std::move(row.fields[i])});
    return event;
  }

  void reject(SortRow row, const std::string& reason) const {
    Rejected out;
    out.line = row.line;
    out.reason = reason;
    out.case_key = row.key;
    out.fields = std::move(row.fields);
    rejected_(out);
  }

 private:
  void check_names(const std::string& case_column) {
    auto sorted = names_;
    std::sort(sorted.begin(), sorted.end());
    if (const auto twice = std::adjacent_find(sorted.begin(), sorted.end()); twice != sorted.end())
      throw InputDamaged("the header names the column '" + *twice + "' twice");
    const auto at = std::find(names_.begin(), names_.end(), case_column);
    if (at == names_.end())
      throw InputDamaged("the header has no column '" + case_column + "', which the mapping names as the case");
    case_at_ = static_cast<std::size_t>(at - names_.begin());
  }

  std::string fault_of(const CsvRow& row) const {
    if (!row.fault.empty()) return row.fault;
    if (row.fields.size() != names_.size())
      return std::to_string(row.fields.size()) + " fields where the header has " + std::to_string(names_.size());
    for (std::size_t i = 0; i < names_.size(); ++i)
      if (!is_utf8(row.fields[i]))
        return "column '" + names_[i] + "' is not UTF-8 text (name the file's encoding in the mapping)";
    if (row.fields[case_at_].empty()) return "no case key in column '" + names_[case_at_] + "'";
    return {};
  }

  void reject(const CsvRow& row, const std::string& reason) const {
    reject(SortRow{{}, 0, row.line, row.fields}, reason);
  }

  CsvReader csv_;
  OnRejected rejected_;
  std::vector<std::string> names_;
  std::size_t skipped_columns_ = 0;
  std::size_t case_at_ = 0;
};

class CsvCases final : public CaseReader {
 public:
  CsvCases(std::unique_ptr<ByteSource> source, CsvShape shape, InputLimits limits, OnRejected rejected)
      : shape_(std::move(shape)),
        limits_(limits),
        rows_(std::move(source), shape_, limits, std::move(rejected)),
        sorter_(shape_.sort_bytes, shape_.temp_dir) {}

  std::vector<std::string> columns() const override { return rows_.names(); }

  std::optional<SourceCase> next() override {
    if (!begun_) begin();
    while (ahead_) {
      SourceCase out = gather();
      if (!out.events.empty()) return out;
    }
    return std::nullopt;
  }

 private:
  void begin() {
    begun_ = true;
    SortRow row;
    while (!shape_.grouped && rows_.next(row)) sorter_.add(std::move(row));
    read_ahead();
  }

  void read_ahead() {
    if (!shape_.grouped) {
      ahead_ = sorter_.next();
      return;
    }
    SortRow row;
    ahead_ = rows_.next(row) ? std::optional(std::move(row)) : std::nullopt;
  }

  SourceCase gather() {
    SourceCase out;
    out.key = ahead_->key;
    out.line = ahead_->line;
    const bool came_back = shape_.grouped && !first_sight(out.key);
    std::size_t bytes = 0;
    for (; ahead_ && ahead_->key == out.key; read_ahead()) {
      for (const auto& field : ahead_->fields) bytes += field.size();
      if (came_back)
        rows_.reject(std::move(*ahead_),
                     "the case comes back after others: the mapping says that its rows stand together");
      else if (out.events.size() == limits_.events_of_a_case || bytes > limits_.case_bytes)
        rows_.reject(std::move(*ahead_), "the case has more rows than can be taken");
      else
        out.events.push_back(rows_.event_of(std::move(*ahead_)));
    }
    return out;
  }

  bool first_sight(const std::string& key) {
    if (seen_.size() >= remembered_cases) return true;
    return seen_.insert(std::hash<std::string>{}(key)).second;
  }

  CsvShape shape_;
  InputLimits limits_;
  CsvRows rows_;
  RowSorter sorter_;
  std::unordered_set<std::size_t> seen_;
  std::optional<SortRow> ahead_;
  bool begun_ = false;
};

}  // namespace

std::unique_ptr<CaseReader> read_csv_cases(std::unique_ptr<ByteSource> source, CsvShape shape, InputLimits limits,
                                           OnRejected rejected) {
  return std::make_unique<CsvCases>(std::move(source), std::move(shape), limits, std::move(rejected));
}

}  // namespace aidledger::import
