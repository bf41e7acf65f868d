#pragma once
// `aidledger import` without its command line: files in, figures out.
#include "src/import/importer.hpp"

namespace aidledger::import {

struct RunWish {
  std::string map, file;   ///< paths; the file may be "-"
  std::string report;      ///< where rejected lines go; empty = counted only
  std::string source;      ///< replaces the mapping's source name: another file of the same shape, other cases
  std::string people_key;  ///< a file with a secret of 16 bytes or more; needed where the mapping says that people are
                           ///< called by name
  bool dry_run = false;
  bool keep_hold = false;
};

/// {"source", "cases", "steps", "dates", "clocks", "undertakers", "actions", "taken", "known", "rejected", "report",
/// "hold"}: `taken` new records, `known` actions whose content was there, `report` only where a line was rejected,
/// `hold` open or closed. "unseen" lists the columns and activities that the mapping names and the file does not have.
/// Throws MappingFault, InputDamaged, ImportStopped, std::runtime_error (unreadable files, unknown zone). `sink` may be
/// null for a dry run.
Tree run_import(const RunWish& wish, Instant now, ActionSink* sink, const Importer::Progress& progress);

/// The secret of `people = "names"` mappings; throws std::runtime_error where it is missing or short.
Bytes read_people_key(const std::string& path);

}  // namespace aidledger::import
