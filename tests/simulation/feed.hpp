#pragma once
// The public feed on the topic's nodes: topics that fence as Kafka's transactions do, and on each node the production
// publisher, which claims the feed, dies with the process and finds its place by the topics' own tail.
#include "src/feed/feed_claim.hpp"
#include "src/feed/ledger_source.hpp"
#include "src/feed/publisher.hpp"
#include "tests/simulation/chain.hpp"
#include "tests/simulation/fate.hpp"
#include "tests/simulation/schedule.hpp"

namespace aidledger::simulation {

/// What is published is there all of it or not at all, and only of whoever took over last.
struct FeedTopics {
  std::uint64_t takeovers = 0;
  std::vector<feed::Message> kept;
  std::vector<std::string> publishers;  ///< the key of each publish that is there
  unsigned fails = 0;                   ///< of calls, per thousand: no answer, or one that stays in doubt
};

class FencedPort : public feed::FeedPort {
 public:
  FencedPort(FeedTopics& topics, Random& random, Fate& fate, std::string key_id)
      : topics_(topics), random_(random), fate_(fate), key_id_(std::move(key_id)) {}

  bool take_over() override;
  feed::Tail tail() override;
  feed::Published publish(const std::vector<feed::Message>& messages) override;
  std::string failing() const override { return "the simulation"; }

 private:
  FeedTopics& topics_;
  Random& random_;
  Fate& fate_;
  std::string key_id_;
  std::uint64_t number_ = 0;  ///< of our takeover
};

/// One node's publisher; gone with the node.
class Publishing {
 public:
  struct Ports {
    FeedTopics& topics;
    ledger::Ledger& ledger;
    const ledger::RecordSource& records;
    world::Clock& clock;
    Random& random;
    Fate& fate;
    Strand& strand;
  };
  Publishing(const Ports& ports, const std::string& node, const std::string& key_id);

 private:
  void look();

  Strand& strand_;
  Random& random_;
  feed::FeedClaim claim_;
  feed::LedgerSource source_;
  FencedPort port_;
  feed::Publisher publisher_;
};

/// The records that claim the feed, in order.
std::vector<Seq> claims_in(const Chain& chain);

/// A sentence on how the feed differs from what the ledger gives; empty: it is complete, in order, nothing is there
/// twice, and only nodes that a claim has named have published.
std::string difference(const FeedTopics& topics, const ledger::Ledger& ledger, const Chain& chain);

}  // namespace aidledger::simulation
