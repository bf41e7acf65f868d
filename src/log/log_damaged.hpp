#pragma once
// The ledger files cannot be what was acknowledged. Nothing is repaired silently: the service refuses to start, or to
// answer from them.
#include <stdexcept>
#include <string>

#include "events/values/bytes.hpp"

namespace aidledger::log {

struct LogDamaged : std::runtime_error {
  enum class Kind {
    ends_before_mark,  ///< what was acknowledged as durable is not there
    damaged_entry,     ///< bytes are not those that were written
    damaged_head,      ///< a segment's head, or both its marks
    cut_short,         ///< a file is smaller than it was made
    missing_file,
  };
  LogDamaged(Kind kind, std::string file, Seq seq, std::uint64_t offset, const std::string& what_is_wrong);

  Kind kind;
  std::string file;
  Seq seq;               ///< the first record that cannot be trusted
  std::uint64_t offset;  ///< in the file
};

}  // namespace aidledger::log
