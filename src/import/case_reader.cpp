#include "src/import/case_reader.hpp"

#include <cstdlib>

#include "src/import/csv_cases.hpp"
#include "src/import/xes_cases.hpp"

namespace aidledger::import {
namespace {

std::string temp_dir() {
  const char* named = std::getenv("TMPDIR");
  return named == nullptr || *named == '\0' ? "/tmp" : named;
}

}  // namespace

std::unique_ptr<CaseReader> read_cases(const std::string& path, const Mapping& mapping, InputLimits limits,
                                       OnRejected rejected) {
  auto source = open_input(path);
  if (mapping.format == InputFormat::xes)
    return read_xes_cases(std::move(source), mapping.case_column, limits, std::move(rejected));
  if (mapping.encoding != "UTF-8") source = as_utf8(std::move(source), mapping.encoding);
  CsvShape shape;
  shape.delimiter = mapping.delimiter;
  shape.case_column = mapping.case_column;
  shape.grouped = mapping.grouped;
  shape.temp_dir = temp_dir();
  return read_csv_cases(std::move(source), std::move(shape), limits, std::move(rejected));
}

}  // namespace aidledger::import
