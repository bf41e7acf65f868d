#pragma once
// M18 Governance, the part about nodes: whose batches count, where the log is, who publishes the feed, and how a halt
// was left. The family is listed in governance.hpp.
#include "events/describe.hpp"
#include "events/event.hpp"

namespace aidledger {

inline constexpr std::uint16_t family_governance = 18;

struct WriterKeyEnrolled {
  static constexpr EventTag tag{family_governance, 2, 1};
  static constexpr auto name = "WriterKeyEnrolled"sv, meaning = "a node's key may sign batches from here on"sv;
  std::string key_id, public_key, node;
  static void fields(auto&& f) {
    using E = WriterKeyEnrolled;
    f("key_id", &E::key_id, "first 16 bytes of SHA-256 of the public key, hexadecimal");
    f("public_key", &E::public_key, "Ed25519, hexadecimal");
    f("node", &E::node, "the node that holds it");
  }
};

struct WriterKeyRevoked {
  static constexpr EventTag tag{family_governance, 3, 1};
  static constexpr auto name = "WriterKeyRevoked"sv, meaning = "batches signed by this key are void from here on"sv;
  std::string key_id, reason;
  static void fields(auto&& f) {
    f("key_id", &WriterKeyRevoked::key_id, "the key");
    f("reason", &WriterKeyRevoked::reason, "why");
  }
};

struct WriterKeyProposed {
  static constexpr EventTag tag{family_governance, 19, 1};
  static constexpr auto name = "WriterKeyProposed"sv,
                        meaning = "the first of two people asks that a node's key be enrolled"sv;
  ProposalId proposal;
  std::string key_id, public_key, node, proposed_by;
  static void fields(auto&& f) {
    using E = WriterKeyProposed;
    f("proposal", &E::proposal, "what the second person confirms");
    f("key_id", &E::key_id, "first 16 bytes of SHA-256 of the public key, hexadecimal");
    f("public_key", &E::public_key, "Ed25519, hexadecimal");
    f("node", &E::node, "the node that holds it");
    f("proposed_by", &E::proposed_by, "the first person");
  }
};

struct LedgerMoved {
  static constexpr EventTag tag{family_governance, 20, 1};
  static constexpr auto name = "LedgerMoved"sv,
                        meaning = "the last record at the old place: the log goes on elsewhere"sv;
  std::string log_place, topic;
  static void fields(auto&& f) {
    f("log_place", &LedgerMoved::log_place, "kafka:<cluster id>");
    f("topic", &LedgerMoved::topic, "the topic there");
  }
};

struct FeedClaimed {
  static constexpr EventTag tag{family_governance, 21, 1};
  static constexpr auto name = "FeedClaimed"sv, meaning = "this node publishes the public feed from here on"sv;
  std::string node, key_id;
  static void fields(auto&& f) {
    f("node", &FeedClaimed::node, "the node");
    f("key_id", &FeedClaimed::key_id, "its writer key");
  }
};

struct PoisonPassed {
  static constexpr EventTag tag{family_governance, 22, 1};
  static constexpr auto
      name = "PoisonPassed"sv,
      meaning = "two people agreed that the record before this one, which cannot be decoded, is passed over"sv;
  Seq seq = 0;
  std::string hash, first_person, second_person, reason;
  static void fields(auto&& f) {
    using E = PoisonPassed;
    f("seq", &E::seq, "the record that is passed over: the one before this");
    f("hash", &E::hash, "SHA-256 of its bytes, hexadecimal");
    f("first_person", &E::first_person, "who asked for it");
    f("second_person", &E::second_person, "who agreed");
    f("reason", &E::reason, "why");
  }
};

}  // namespace aidledger
