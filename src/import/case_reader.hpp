#pragma once
// Opens a file the way its mapping says.
#include <memory>
#include <string>

#include "src/import/mapping.hpp"
#include "src/import/source_case.hpp"

namespace aidledger::import {

/// `path` may be gzip, or "-" for standard input. Throws InputDamaged; see csv_cases.hpp and xes_cases.hpp for what is
/// rejected.
std::unique_ptr<CaseReader> read_cases(const std::string& path, const Mapping& mapping, InputLimits limits,
                                       OnRejected rejected);

}  // namespace aidledger::import
