#pragma once
// A case history as another system wrote it: names and texts only, nothing judged yet.
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace aidledger::import {

/// Limits on what one input may ask for. What exceeds a row's limit is reported; what exceeds a file's ends the run.
struct InputLimits {
  std::size_t field_bytes = 1 << 20;
  std::size_t row_bytes = 4 << 20;
  std::size_t columns = 4096;
  std::size_t events_of_a_case = 100'000;
  std::size_t case_bytes = 64 << 20;
  std::size_t nesting = 64;
};

struct Attribute {
  std::string name;
  std::string value;
  bool operator==(const Attribute&) const = default;
};

using Attributes = std::vector<Attribute>;

/// The value of `name`, or nothing when it is absent or empty.
std::optional<std::string_view> value_of(const Attributes& attributes, std::string_view name);

struct SourceEvent {
  Attributes attributes;
  /// Where it begins in the file, from 1. For reports only: never part of an identity.
  std::uint64_t line = 0;
};

struct SourceCase {
  /// What the source calls the case; empty when it does not say.
  std::string key;
  /// What holds for the whole case, under names that begin with "case:". Empty for CSV, where each row repeats it.
  Attributes attributes;
  std::vector<SourceEvent> events;
  std::uint64_t line = 0;
};

/// A line that could not be taken, and its content as it stood. `fields` are in the order of the file's columns for
/// CSV.
struct Rejected {
  std::uint64_t line = 0;
  std::string reason;
  std::string case_key;
  Attributes case_attributes;
  Attributes attributes;
  /// A CSV row that does not fit its header: as many fields as it had.
  std::vector<std::string> fields;
};

using OnRejected = std::function<void(const Rejected&)>;

/// One case at a time, in bounded memory.
class CaseReader {
 public:
  virtual ~CaseReader() = default;
  /// Nothing at the end. Throws InputDamaged.
  virtual std::optional<SourceCase> next() = 0;
  /// The columns of the file in their order; empty where it has none (XES).
  virtual std::vector<std::string> columns() const { return {}; }
};

}  // namespace aidledger::import
