#include "src/import/row_sorter.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <stdexcept>
#include <tuple>

namespace aidledger::import {
namespace {

constexpr std::size_t row_overhead_bytes = 96;
constexpr std::size_t field_overhead_bytes = 40;
/// More runs than this are merged by reading each in turn all the same; the bound keeps open files below the usual
/// limit of 1,024.
constexpr std::size_t max_runs = 512;

struct Closed {
  void operator()(std::FILE* file) const { std::fclose(file); }
};
using File = std::unique_ptr<std::FILE, Closed>;

[[noreturn]] void fail(const char* what) { throw std::runtime_error(std::string(what) + ": " + std::strerror(errno)); }

File unnamed_file(const std::string& dir) {
  const int fd = open(dir.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
  if (fd >= 0) return File(fdopen(fd, "w+b"));
  std::string path = dir + "/aidledger-sort-XXXXXX";
  const int named = mkstemp(path.data());
  if (named < 0) fail("no temporary file for sorting");
  unlink(path.c_str());
  return File(fdopen(named, "w+b"));
}

void put(std::FILE* file, const void* bytes, std::size_t size) {
  if (size > 0 && std::fwrite(bytes, size, 1, file) != 1) fail("a temporary file for sorting cannot be written");
}
void put(std::FILE* file, std::uint64_t value) { put(file, &value, sizeof value); }
void put(std::FILE* file, const std::string& text) {
  put(file, text.size());
  put(file, text.data(), text.size());
}

void get(std::FILE* file, void* bytes, std::size_t size) {
  if (size > 0 && std::fread(bytes, size, 1, file) != 1) fail("a temporary file for sorting cannot be read");
}
std::uint64_t get_number(std::FILE* file) {
  std::uint64_t value = 0;
  get(file, &value, sizeof value);
  return value;
}
std::string get_text(std::FILE* file) {
  std::string text(get_number(file), '\0');
  get(file, text.data(), text.size());
  return text;
}

bool comes_before(const SortRow& a, const SortRow& b) { return std::tie(a.key, a.number) < std::tie(b.key, b.number); }

}  // namespace

struct RowSorter::Run {
  File file;
  std::uint64_t left = 0;
  SortRow head;

  void write(const SortRow& row) {
    put(file.get(), row.key);
    put(file.get(), row.number);
    put(file.get(), row.line);
    put(file.get(), row.fields.size());
    for (const auto& field : row.fields) put(file.get(), field);
    ++left;
  }
  /// False when the run is used up.
  bool advance() {
    if (left == 0) return false;
    --left;
    head.key = get_text(file.get());
    head.number = get_number(file.get());
    head.line = get_number(file.get());
    head.fields.resize(get_number(file.get()));
    for (auto& field : head.fields) field = get_text(file.get());
    return true;
  }
};

RowSorter::RowSorter(std::size_t memory_bytes, std::string temp_dir)
    : memory_bytes_(memory_bytes), temp_dir_(std::move(temp_dir)) {}
RowSorter::~RowSorter() = default;

void RowSorter::add(SortRow row) {
  row.number = added_++;
  held_bytes_ += row_overhead_bytes + row.key.size();
  for (const auto& field : row.fields) held_bytes_ += field_overhead_bytes + field.size();
  rows_.push_back(std::move(row));
  if (held_bytes_ > memory_bytes_) spill();
}

void RowSorter::spill() {
  if (runs_.size() == max_runs)
    throw std::runtime_error("too many rows to sort with this much memory: raise the limit");
  std::sort(rows_.begin(), rows_.end(), comes_before);
  auto run = std::make_unique<Run>();
  run->file = unnamed_file(temp_dir_);
  for (const auto& row : rows_) run->write(row);
  rows_.clear();
  held_bytes_ = 0;
  runs_.push_back(std::move(run));
}

void RowSorter::begin_merge() {
  merging_ = true;
  if (runs_.empty()) return std::sort(rows_.begin(), rows_.end(), comes_before);
  if (!rows_.empty()) spill();
  for (auto& run : runs_) {
    std::rewind(run->file.get());
    run->advance();
  }
}

std::optional<SortRow> RowSorter::next() {
  if (!merging_) begin_merge();
  if (at_ < rows_.size()) return std::move(rows_[at_++]);
  const auto first = std::min_element(runs_.begin(), runs_.end(),
                                      [](const auto& a, const auto& b) { return comes_before(a->head, b->head); });
  if (first == runs_.end()) return std::nullopt;
  SortRow row = std::move((*first)->head);
  if (!(*first)->advance()) runs_.erase(first);
  return row;
}

}  // namespace aidledger::import
