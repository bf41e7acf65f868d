#pragma once
// What a node says of itself at the door: whether it takes actions, how far it has read, what its reads are worth.
#include "src/http/api.hpp"
#include "src/node.hpp"
#include "src/not_ready.hpp"

namespace aidledger {

/// `health`: its ledger's of now.
std::optional<NotReady> not_ready(Node& node, const ledger::Health& health);
/// Of its ledger, for /readyz.
http::Readiness readiness_of(Node& node);
/// The code of what keeps its reads from being those of the log's end; empty when they are.
std::string stale_code(Node& node);

}  // namespace aidledger
