#include "src/import/report.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <stdexcept>

#include "src/import/csv_cases.hpp"

namespace aidledger::import {
namespace {

constexpr std::string_view xes_head =
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<log xes.version=\"1.0\" xmlns=\"http://www.xes-standard.org/\">\n";
constexpr std::string_view xes_foot = "</log>\n";

std::string csv_field(std::string_view value, char delimiter) {
  const bool plain =
      value.find_first_of("\"\r\n") == std::string_view::npos && value.find(delimiter) == std::string_view::npos;
  if (plain) return std::string(value);
  std::string out = "\"";
  for (const char c : value) out += c == '"' ? "\"\"" : std::string(1, c);
  return out + '"';
}

std::string xml_text(std::string_view value) {
  std::string out;
  for (const char c : value) {
    switch (c) {
      case '&': out += "&amp;"; break;
      case '<': out += "&lt;"; break;
      case '"': out += "&quot;"; break;
      case '\n': out += "&#10;"; break;
      case '\r': out += "&#13;"; break;
      case '\t': out += "&#9;"; break;
      default: out += c;
    }
  }
  return out;
}

std::string xes_attribute(std::string_view key, std::string_view value) {
  return "<string key=\"" + xml_text(key) + "\" value=\"" + xml_text(value) + "\"/>";
}

[[noreturn]] void fail(const std::string& path) {
  throw std::runtime_error("the report " + path + " cannot be written: " + std::strerror(errno));
}

}  // namespace

RejectReport::RejectReport(std::string path, InputFormat format, char delimiter)
    : path_(std::move(path)), format_(format), delimiter_(delimiter) {}

RejectReport::~RejectReport() = default;

void RejectReport::add(const Rejected& rejected) {
  ++count_;
  if (path_.empty()) return;
  if (!file_) open();
  format_ == InputFormat::csv ? add_csv(rejected) : add_xes(rejected);
}

void RejectReport::close() {
  if (!file_) return;
  if (format_ == InputFormat::xes) write(std::string(xes_foot));
  if (std::fclose(file_.release()) != 0) fail(path_);
}

void RejectReport::open() {
  const int fd = ::open(path_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (fd < 0) fail(path_);
  file_.reset(fdopen(fd, "wb"));
  if (format_ == InputFormat::xes) return write(std::string(xes_head));
  std::string header = std::string(report_line_column) + delimiter_ + std::string(report_reason_column);
  for (const auto& name : columns_) header += delimiter_ + csv_field(name, delimiter_);
  write(header + "\n");
}

void RejectReport::write(const std::string& text) {
  if (std::fwrite(text.data(), 1, text.size(), file_.get()) != text.size()) fail(path_);
}

void RejectReport::add_csv(const Rejected& rejected) {
  std::string row = std::to_string(rejected.line) + delimiter_ + csv_field(rejected.reason, delimiter_);
  if (!rejected.fields.empty())
    for (const auto& field : rejected.fields) row += delimiter_ + csv_field(field, delimiter_);
  else
    for (const auto& name : columns_)
      row += delimiter_ + csv_field(value_of(rejected.attributes, name).value_or(""), delimiter_);
  write(row + "\n");
}

void RejectReport::add_xes(const Rejected& rejected) {
  constexpr std::size_t case_prefix = std::string_view("case:").size();
  std::string out = "<trace>";
  for (const auto& attribute : rejected.case_attributes)
    out += xes_attribute(attribute.name.substr(case_prefix), attribute.value);
  out += "\n<event>";
  out += xes_attribute(report_line_column, std::to_string(rejected.line)) +
         xes_attribute(report_reason_column, rejected.reason);
  for (const auto& attribute : rejected.attributes) out += xes_attribute(attribute.name, attribute.value);
  write(out + "</event></trace>\n");
}

}  // namespace aidledger::import
