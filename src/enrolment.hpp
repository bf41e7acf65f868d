#pragma once
// Whether the batches that a node signs count, by what its ledger says of its key. Pure.
#include <string>

#include "events/rows.hpp"

namespace aidledger {

/// The key of a node, as people name it.
struct NodeKey {
  std::string node;            ///< who holds it
  std::string id, public_key;  ///< hexadecimal
};

/// Why they do not count, and what to do: a sentence; empty when they do. `rows`: the ledger's, as far as it was read.
std::string not_enrolled(const Rows& rows, const NodeKey& key);

}  // namespace aidledger
