#include "src/log/log_damaged.hpp"

namespace aidledger::log {

LogDamaged::LogDamaged(Kind kind, std::string file, Seq seq, std::uint64_t offset, const std::string& what_is_wrong)
    : std::runtime_error(
          "ledger files: " + what_is_wrong + " (file " + file + ", seq " + std::to_string(seq) + ", offset " +
          std::to_string(offset) +
          "). Records from this seq on may be lost. Keep this folder as it is, put the file back from a backup or "
          "from another node's copy, check it against the last checkpoint, then start again; see the runbook entry "
          "LEDGER_FILES_DAMAGED."),
      kind(kind),
      file(std::move(file)),
      seq(seq),
      offset(offset) {}

}  // namespace aidledger::log
