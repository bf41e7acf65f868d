#pragma once
// The report of what could not be taken: a file of the same format as the input, with line and reason added, that can
// be mended and imported again with the same mapping. Made when the first line is reported, readable by its owner
// alone: it repeats the source's content.
#include <cstdint>
#include <cstdio>
#include <memory>
#include <string>
#include <vector>

#include "src/import/mapping.hpp"
#include "src/import/source_case.hpp"

namespace aidledger::import {

class RejectReport {
 public:
  /// An existing file at `path` is replaced with the first line that is reported. An empty path counts only.
  RejectReport(std::string path, InputFormat format, char delimiter);
  ~RejectReport();
  /// Columns as in the input; must be known before the first CSV line is added.
  void columns(std::vector<std::string> names) { columns_ = std::move(names); }
  /// Throws std::runtime_error when the file cannot be written.
  void add(const Rejected& rejected);
  /// Ends the file; throws std::runtime_error when it could not be written whole.
  void close();
  std::uint64_t count() const { return count_; }
  const std::string& path() const { return path_; }

 private:
  struct CloseFile {
    void operator()(std::FILE* file) const { std::fclose(file); }
  };
  void open();
  void write(const std::string& text);
  void add_csv(const Rejected& rejected);
  void add_xes(const Rejected& rejected);

  std::string path_;
  InputFormat format_;
  char delimiter_;
  std::vector<std::string> columns_;
  std::uint64_t count_ = 0;
  std::unique_ptr<std::FILE, CloseFile> file_;
};

}  // namespace aidledger::import
