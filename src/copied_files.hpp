#pragma once
// Ledger files that came to this node as a copy of another's: without a note of its own, it looks for the place where
// the log holds their last batch, byte by byte the same, so as to verify them by it and to read on from there.
#include <optional>

#include "src/log/ledger_files.hpp"
#include "src/log/log_identity.hpp"

namespace aidledger {

/// Looks by halving, a few dozen questions at most. Nothing where it was not found, which says nothing: the log may be
/// cut, or hold the same records in other batches; then it has to be read from its beginning. Throws log::LogFailure.
std::optional<log::Position> place_of_last_batch(log::LogIdentity& log, const log::LedgerFiles& files);

}  // namespace aidledger
