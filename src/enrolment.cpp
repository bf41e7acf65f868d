#include "src/enrolment.hpp"

#include "src/rules/governance_nodes.hpp"

namespace aidledger {
namespace {

std::string revoked(const NodeKey& key, Seq by) {
  return "the key of this node (" + key.id + ") was revoked by record " + std::to_string(by) +
         ", and is not enrolled again: where the machine can be trusted, stop the service, start it with a new folder "
         "as --vault, and enrol the new key, which it names here then";
}

std::string proposed(const NodeKey& key, std::string_view proposal, const std::string& by) {
  return "the key of this node was proposed by " + by + " and is not enrolled yet: a second person agrees with " +
         "`aidledger node confirm " + std::string(proposal) + " --key-id " + key.id + "`";
}

std::string unknown(const NodeKey& key) {
  return "the key of this node is not enrolled: ask a node that takes actions with `aidledger node enrol --name " +
         key.node + " --key-id " + key.id + " --public-key " + key.public_key +
         "`; a second person agrees with `aidledger node confirm`";
}

}  // namespace

std::string not_enrolled(const Rows& rows, const NodeKey& key) {
  if (const auto row = rows.get<rules::WriterKeyRow>(key.id))
    return row->revoked ? revoked(key, row->since) : std::string();
  std::string waits;
  rows.each<rules::WriterKeyProposalRow>({}, [&](std::string_view at, const rules::WriterKeyProposalRow& row) {
    if (row.key_id == key.id) waits = proposed(key, key_parts(at).front(), row.proposed_by);
    return waits.empty();
  });
  return waits.empty() ? unknown(key) : waits;
}

}  // namespace aidledger
