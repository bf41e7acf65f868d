#pragma once
// Columns and activities that a mapping names and a file does not have: a misspelt name would else show nowhere.
#include <set>
#include <string>
#include <vector>

#include "src/import/mapping.hpp"
#include "src/import/source_case.hpp"

namespace aidledger::import {

class Unseen {
 public:
  /// What every case must have (case, activity, time) is left out: its absence is reported line by line.
  explicit Unseen(const Mapping& mapping);
  void see(const SourceCase& source);
  /// "column X", "activity Y", in order.
  std::vector<std::string> names() const;

 private:
  std::string activity_column_;
  std::set<std::string, std::less<>> columns_, activities_;
};

}  // namespace aidledger::import
