#pragma once
// M18 Governance, the part about nodes: whose batches count (two people enrol a key, one revokes it at once), where the
// log is, and which node publishes the feed.
#include "events/governance_nodes.hpp"
#include "src/rules/engine.hpp"

namespace aidledger::rules {

inline constexpr RefusalKind last_writer_key{
    1806, "last-writer-key", "Without this key no node could write the ledger: enrol another one first."};
inline constexpr RefusalKind key_not_enrolled{1807, "key-not-enrolled", "No such writer key is enrolled."};

struct ProposeWriterKey {
  static constexpr auto name = "propose-writer-key"sv,
                        meaning = "the first of two people asks that a node's key be enrolled"sv;
  static constexpr std::array roles{Role::operator_, Role::centre_director, Role::bureau};
  static constexpr auto refusals = Refusals::recorded;
  ProposalId proposal;
  std::string key_id, public_key, node;
  static void fields(auto&& f) {
    using A = ProposeWriterKey;
    f("proposal", &A::proposal, "names the proposal", generated);
    f("key_id", &A::key_id, "first 16 bytes of SHA-256 of the public key, hexadecimal");
    f("public_key", &A::public_key, "Ed25519, hexadecimal");
    f("node", &A::node, "the node that holds it");
  }
};
Decision decide(const ProposeWriterKey&, const Context&);

struct ConfirmWriterKey {
  static constexpr auto name = "confirm-writer-key"sv,
                        meaning = "the second of two people agrees: the node's key may sign batches"sv;
  static constexpr std::array roles{Role::operator_, Role::centre_director, Role::bureau};
  static constexpr auto refusals = Refusals::recorded;
  ProposalId proposal;
  std::string key_id;
  static void fields(auto&& f) {
    f("proposal", &ConfirmWriterKey::proposal, "the proposal");
    f("key_id", &ConfirmWriterKey::key_id, "the key that the second person saw");
  }
};
Decision decide(const ConfirmWriterKey&, const Context&);

struct RevokeWriterKey {
  static constexpr auto name = "revoke-writer-key"sv, meaning = "batches signed by a key are void from here on"sv;
  static constexpr std::array roles{Role::operator_, Role::centre_director, Role::bureau};
  static constexpr auto refusals = Refusals::recorded;
  std::string key_id, reason;
  static void fields(auto&& f) {
    f("key_id", &RevokeWriterKey::key_id, "the key");
    f("reason", &RevokeWriterKey::reason, "why");
  }
};
Decision decide(const RevokeWriterKey&, const Context&);

struct ClaimFeed {
  static constexpr auto name = "claim-feed"sv, meaning = "a node takes over publishing the public feed"sv;
  static constexpr std::array roles{Role::clock};
  static constexpr auto refusals = Refusals::unrecorded;
  std::string node, key_id;
  std::optional<Seq> follows;
  static void fields(auto&& f) {
    f("node", &ClaimFeed::node, "the node");
    f("key_id", &ClaimFeed::key_id, "its writer key");
    f("follows", &ClaimFeed::follows,
      "the record of the last claim that the node knows of, 0 = none; refused where it is another one");
  }
};
Decision decide(const ClaimFeed&, const Context&);

struct MoveLedger {
  static constexpr auto name = "move-ledger"sv,
                        meaning = "an operator ends the log at its old place: it goes on in Kafka"sv;
  static constexpr std::array roles{Role::operator_};
  static constexpr auto refusals = Refusals::recorded;
  std::string log_place, topic;
  static void fields(auto&& f) {
    f("log_place", &MoveLedger::log_place, "kafka:<cluster id>");
    f("topic", &MoveLedger::topic, "the topic there");
  }
};
Decision decide(const MoveLedger&, const Context&);

/// What the node that opened the ledger is called.
inline constexpr auto first_node = "first"sv;

/// Keys that may sign batches; key = key id.
struct WriterKeyRow {
  static constexpr std::uint8_t table = 0x09;
  static constexpr bool historic = false;
  std::string public_key, node;
  bool revoked = false;
  Seq since = 0;
  static void fields(auto&& f) {
    f("public_key", &WriterKeyRow::public_key, "Ed25519, hexadecimal");
    f("node", &WriterKeyRow::node, "who holds it");
    f("revoked", &WriterKeyRow::revoked, "no longer valid");
    f("since", &WriterKeyRow::since, "the record that enrolled it, or revoked it");
  }
};

/// Keys proposed; key = proposal.
struct WriterKeyProposalRow {
  static constexpr std::uint8_t table = 0x0d;
  static constexpr bool historic = false;
  std::string key_id, public_key, node, proposed_by;
  static void fields(auto&& f) {
    using R = WriterKeyProposalRow;
    f("key_id", &R::key_id, "the key");
    f("public_key", &R::public_key, "Ed25519, hexadecimal");
    f("node", &R::node, "who holds it");
    f("proposed_by", &R::proposed_by, "the first person");
  }
};

/// Who publishes the feed; key = "".
struct FeedClaimRow {
  static constexpr std::uint8_t table = 0x0e;
  static constexpr bool historic = false;
  std::string node, key_id;
  Seq since = 0;
  static void fields(auto&& f) {
    f("node", &FeedClaimRow::node, "the node");
    f("key_id", &FeedClaimRow::key_id, "its writer key");
    f("since", &FeedClaimRow::since, "the record of the claim");
  }
};

void fold_nodes(Layer& state, const WriterKeyProposed& event, Seq seq);
void fold_nodes(Layer& state, const WriterKeyEnrolled& event, Seq seq);
void fold_nodes(Layer& state, const WriterKeyRevoked& event, Seq seq);
void fold_nodes(Layer& state, const FeedClaimed& event, Seq seq);

}  // namespace aidledger::rules
