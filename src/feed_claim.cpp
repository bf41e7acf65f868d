#include "src/feed_claim.hpp"

#include "src/rules/governance_nodes.hpp"

namespace aidledger {
namespace {

using rules::FeedClaimRow;

std::shared_ptr<const FeedClaimRow> last_claim(Node& node) { return node.ledger().view().rows().get<FeedClaimRow>(""); }

}  // namespace

FeedClaim::FeedClaim(Node& node, std::string name, std::string key_id)
    : node_(node), name_(std::move(name)), key_id_(std::move(key_id)), asked_(std::make_shared<std::atomic<bool>>()) {}

bool FeedClaim::ours() const {
  const auto claim = last_claim(node_);
  return claim && claim->key_id == key_id_;
}

void FeedClaim::look(feed::FeedPort& port, feed::FeedSource& source) {
  const auto last = last_claim(node_);
  const bool due = !last || standstill_.seen(port.tail(), source.next_seq(), node_.clock().monotonic_us());
  if (due && !*asked_) claim(last ? last->since : 0);
}

/// Named by the claim that it follows: asked twice, it is taken once.
void FeedClaim::claim(Seq since) {
  ledger::Asked asked;
  asked.principal.id = asked.principal.person = "clock";
  asked.principal.roles = {Role::clock};
  asked.request.type = rules::find_action(rules::ClaimFeed::name);
  asked.request.action = std::make_shared<rules::ClaimFeed>(rules::ClaimFeed{name_, key_id_});
  asked.request.principal = "clock";
  asked.request.action_id = "feed-claim-" + key_id_ + "-" + std::to_string(since);
  asked.request.occurred_at = node_.clock().now();
  asked.request.actor.person = "clock";
  asked.request.actor.roles = {Role::clock};
  asked.canonical = name_ + " " + key_id_;
  *asked_ = true;
  asked.answer = [on_its_way = asked_](const ledger::Answer&) { *on_its_way = false; };
  node_.ledger().ask(std::move(asked));
}

}  // namespace aidledger
