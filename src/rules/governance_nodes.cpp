#include "src/rules/governance_nodes.hpp"

#include <algorithm>

#include "events/row_codec.hpp"

namespace aidledger {
using rules::WriterKeyRow, rules::WriterKeyProposalRow, rules::FeedClaimRow;
AIDLEDGER_ROW(WriterKeyRow)
AIDLEDGER_ROW(WriterKeyProposalRow)
AIDLEDGER_ROW(FeedClaimRow)
}  // namespace aidledger

namespace aidledger::rules {
namespace {

constexpr std::size_t key_id_digits = 32, public_key_digits = 64;

bool is_hex(std::string_view text, std::size_t digits) {
  return text.size() == digits && text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

std::size_t valid_keys(const State& state) {
  std::size_t count = 0;
  state.each<WriterKeyRow>({}, [&](auto, const WriterKeyRow& row) { return count += !row.revoked, true; });
  return count;
}

bool is_valid(const State& state, const std::string& key_id) {
  const auto key = state.get<WriterKeyRow>(key_id);
  return key && !key->revoked;
}

}  // namespace

Decision decide(const ProposeWriterKey& action, const Context& context) {
  if (context.state.get<WriterKeyProposalRow>(row_key({action.proposal.value})))
    return no(already_exists, action.proposal.value);
  if (!is_hex(action.key_id, key_id_digits) || !is_hex(action.public_key, public_key_digits))
    return no(bad_text, "a key id is 32 and a public key 64 hexadecimal digits, in lower case");
  if (action.node.empty()) return no(bad_text, "the node has no name");
  if (context.state.get<WriterKeyRow>(action.key_id)) return no(already_exists, "key " + action.key_id);
  Happened happened(context);
  happened.add(WriterKeyProposed{action.proposal, action.key_id, action.public_key, action.node, context.actor.person});
  return happened;
}

Decision decide(const ConfirmWriterKey& action, const Context& context) {
  const auto proposal = context.state.get<WriterKeyProposalRow>(row_key({action.proposal.value}));
  if (!proposal) return no(not_found, "proposal " + action.proposal.value);
  if (proposal->key_id != action.key_id) return no(wrong_state, "the proposal is about key " + proposal->key_id);
  if (context.state.get<WriterKeyRow>(proposal->key_id)) return no(already_exists, "key " + proposal->key_id);
  if (proposal->proposed_by == context.actor.person) return no(same_person);
  Happened happened(context);
  happened.add(WriterKeyEnrolled{proposal->key_id, proposal->public_key, proposal->node});
  return happened;
}

Decision decide(const RevokeWriterKey& action, const Context& context) {
  if (!is_valid(context.state, action.key_id)) return no(key_not_enrolled, action.key_id);
  if (valid_keys(context.state) == 1) return no(last_writer_key, action.key_id);
  Happened happened(context);
  happened.add(WriterKeyRevoked{action.key_id, action.reason});
  return happened;
}

Decision decide(const ClaimFeed& action, const Context& context) {
  if (!is_valid(context.state, action.key_id)) return no(key_not_enrolled, action.key_id);
  const auto last = context.state.get<FeedClaimRow>("");
  if (action.follows && *action.follows != (last ? last->since : 0))
    return no(wrong_state, "the last claim is another one");
  Happened happened(context);
  happened.add(FeedClaimed{action.node, action.key_id});
  return happened;
}

void fold_nodes(Layer& state, const WriterKeyProposed& e, Seq) {
  state.edit<WriterKeyProposalRow>(row_key({e.proposal.value})) = {e.key_id, e.public_key, e.node, e.proposed_by};
}
void fold_nodes(Layer& state, const WriterKeyEnrolled& e, Seq seq) {
  state.edit<WriterKeyRow>(e.key_id) = {e.public_key, e.node, false, seq};
}
void fold_nodes(Layer& state, const WriterKeyRevoked& e, Seq seq) {
  auto& key = state.edit<WriterKeyRow>(e.key_id);
  key.revoked = true;
  key.since = seq;
}
void fold_nodes(Layer& state, const FeedClaimed& e, Seq seq) { state.edit<FeedClaimRow>("") = {e.node, e.key_id, seq}; }

}  // namespace aidledger::rules
