#include "tests/simulation/feed.hpp"

#include <algorithm>
#include <set>

#include "events/governance.hpp"

namespace aidledger::simulation {
namespace {

const feed::EventTerms terms{"https://feed.example/schemas"};

std::set<std::string> claimants(const Chain& chain) {
  std::set<std::string> keys;
  for (const auto& bytes : chain.records)
    for (const auto& event : decode_record(bytes).body.events)
      if (const auto* e = event.as<FeedClaimed>()) keys.insert(e->key_id);
  return keys;
}

}  // namespace

std::vector<Seq> claims_in(const Chain& chain) {
  std::vector<Seq> claims;
  for (Seq seq = 0; seq < chain.records.size(); ++seq)
    for (const auto& event : decode_record(chain.records[seq]).body.events)
      if (event.as<FeedClaimed>() != nullptr) claims.push_back(seq);
  return claims;
}

bool FencedPort::take_over() {
  fate_.call("before a takeover of the feed");
  if (random_.chance(topics_.fails)) return false;
  number_ = ++topics_.takeovers;
  return true;
}

feed::Tail FencedPort::tail() {
  if (random_.chance(topics_.fails)) return {};
  const auto last = std::find_if(topics_.kept.rbegin(), topics_.kept.rend(), [](const auto& one) { return one.event; });
  return {true, last == topics_.kept.rend() ? std::nullopt : last->event};
}

feed::Published FencedPort::publish(const std::vector<feed::Message>& messages) {
  fate_.call("before a publish");
  if (number_ != topics_.takeovers) return feed::Published::fenced;
  const bool in_doubt = random_.chance(topics_.fails);
  if (in_doubt && random_.chance(500)) return feed::Published::unknown;
  topics_.kept.insert(topics_.kept.end(), messages.begin(), messages.end());
  topics_.publishers.push_back(key_id_);
  fate_.call("after a publish");
  return in_doubt ? feed::Published::unknown : feed::Published::done;
}

Publishing::Publishing(const Ports& ports, const std::string& node, const std::string& key_id)
    : strand_(ports.strand),
      random_(ports.random),
      claim_(ports.ledger, ports.clock, node, key_id),
      source_(ports.ledger, ports.records, terms, [this] { return claim_.ours(); }),
      port_(ports.topics, ports.random, ports.fate, key_id),
      publisher_(source_, port_) {
  strand_.post([this] { look(); });
}

void Publishing::look() {
  const auto step = publisher_.step();
  if (step == feed::Step::not_ours) claim_.look(port_, source_);
  strand_.after(step == feed::Step::published ? 1'000 : random_.between(500'000, 5'000'000), [this] { look(); });
}

std::string difference(const FeedTopics& topics, const ledger::Ledger& ledger, const Chain& chain) {
  feed::LedgerSource source(ledger, chain, terms, [] { return true; });
  std::vector<feed::Message> wanted;
  for (Seq seq = 0, end = source.next_seq(); seq < end; ++seq)
    for (auto& message : source.messages_of(seq)) wanted.push_back(std::move(message));
  const auto [kept, there] = std::mismatch(topics.kept.begin(), topics.kept.end(), wanted.begin(), wanted.end());
  if (kept != topics.kept.end() || there != wanted.end())
    return "message " + std::to_string(kept - topics.kept.begin()) + " of the feed, which has " +
           std::to_string(topics.kept.size()) + " of " + std::to_string(wanted.size()) +
           ", is not what the ledger gives";
  const auto named = claimants(chain);
  for (const auto& key : topics.publishers)
    if (!named.contains(key)) return "a node has published that no claim names";
  return {};
}

}  // namespace aidledger::simulation
