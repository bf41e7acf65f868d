#pragma once
// Reads of the HTTP door, answered from the queries.
#include <vector>

#include "src/http/api.hpp"
#include "src/node.hpp"

namespace aidledger::reading {

/// Answers what is no action and needs no vault of its own. Throws on failures of the world.
std::expected<http::Reply, http::No> answer(Node& node, const http::Call& call, std::optional<Seq> known_at);
/// The events of a record as lines of the feed. One that cannot be decoded, and was passed over, is a line without.
std::vector<Tree> feed_lines(Seq seq, BytesView record);

}  // namespace aidledger::reading
