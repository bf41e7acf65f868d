#include "src/feed/feed_claim.hpp"

#include "src/rules/governance_nodes.hpp"

namespace aidledger::feed {
namespace {

using rules::FeedClaimRow;

std::shared_ptr<const FeedClaimRow> last_claim(const ledger::Ledger& ledger) {
  return ledger.view().rows().get<FeedClaimRow>("");
}

}  // namespace

FeedClaim::FeedClaim(ledger::Ledger& ledger, world::Clock& clock, std::string node, std::string key_id)
    : ledger_(ledger),
      clock_(clock),
      node_(std::move(node)),
      key_id_(std::move(key_id)),
      asked_(std::make_shared<std::atomic<bool>>()) {}

bool FeedClaim::ours() const {
  const auto claim = last_claim(ledger_);
  return claim && claim->key_id == key_id_;
}

void FeedClaim::look(FeedPort& port, FeedSource& source) {
  const auto last = last_claim(ledger_);
  const bool due = !last || standstill_.seen(port.tail(), source.next_seq(), clock_.monotonic_us());
  if (due && !*asked_) claim(last ? last->since : 0);
}

/// Refused where another node has claimed it since: a node that has only just begun to read does not know of that yet.
void FeedClaim::claim(Seq since) {
  ledger::Asked asked;
  asked.principal.id = asked.principal.person = "clock";
  asked.principal.roles = {Role::clock};
  asked.request.type = rules::find_action(rules::ClaimFeed::name);
  asked.request.action = std::make_shared<rules::ClaimFeed>(rules::ClaimFeed{node_, key_id_, since});
  asked.request.principal = "clock";
  asked.request.action_id = "feed-claim-" + key_id_ + "-" + std::to_string(since);
  asked.request.occurred_at = clock_.now();
  asked.request.actor.person = "clock";
  asked.request.actor.roles = {Role::clock};
  asked.canonical = node_ + " " + key_id_;
  *asked_ = true;
  asked.answer = [on_its_way = asked_](const ledger::Answer&) { *on_its_way = false; };
  ledger_.ask(std::move(asked));
}

}  // namespace aidledger::feed
