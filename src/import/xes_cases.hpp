#pragma once
// XES (IEEE 1849), trace by trace over expat. Attributes of a trace come out under "case:" and their key, those of an
// event under their key; nested attributes, lists, globals, classifiers and extensions are passed over. A document type
// is refused: entities are not taken.
#include <memory>
#include <string>

#include "src/import/byte_source.hpp"
#include "src/import/source_case.hpp"

namespace aidledger::import {

/// `case_column` as in CSV: usually "case:concept:name". Traces without it and events outside a trace go to `rejected`.
/// Throws InputDamaged, naming the line, where the XML is not well-formed or an element is beyond its limit; the traces
/// before it stand.
std::unique_ptr<CaseReader> read_xes_cases(std::unique_ptr<ByteSource> source, std::string case_column,
                                           InputLimits limits, OnRejected rejected);

}  // namespace aidledger::import
