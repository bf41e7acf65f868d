// Appends to a ledger's topic what no node would write: batches that nobody enrolled has signed, and batches that an
// enrolled key has signed and that continue nothing. It takes the key and the ledger files of a node that does not run.
//   aidledger-forge DATA VAULT BROKERS KIND...
//   aidledger-forge DATA VAULT BROKERS no-topic     deletes the topic instead; no-vault: the vault's; no-feed: those of
//                                                   the public feed; no-table: one of them
#include <cstdio>
#include <future>
#include <map>

#include "src/feed/message.hpp"
#include "src/ledger/framing.hpp"
#include "src/log/kafka_log.hpp"
#include "src/log/ledger_files.hpp"
#include "src/vault/directory_vault.hpp"
#include "src/vault/memory_vault.hpp"
#include "src/vault/writer_key.hpp"
#include "src/world/digest.hpp"
#include "tests/log/kafka_broker.hpp"

namespace {

using namespace aidledger;

/// A node's own: what it holds of the ledger, and its key.
struct Hand {
  const log::LedgerFiles& files;
  const vault::WriterKey& key;
  const vault::WriterKey& stranger;  ///< enrolled nowhere
  std::string ledger;
  Seq next = 0;
  Hash head{};
};

Hash hash_at(const Hand& hand, Seq seq) { return world::sha256(*hand.files.record(seq)); }

/// The last record once more, with another header.
Bytes record_like_the_last(const Hand& hand, Seq seq, const Hash& prev) {
  Record record = decode_record(*hand.files.record(hand.next - 1));
  record.header.seq = seq;
  record.header.prev_hash = prev;
  record.body.action_id = "forged-" + std::to_string(seq);
  return encode_record(record);
}

log::Frame frame_of(const Hand& hand, Seq first, const Hash& prev, const Bytes& record) {
  log::Frame frame = ledger::frame_behind(first, prev, hand.ledger, hand.key.id());
  frame.records.push_back(record);
  return frame;
}

Bytes signed_by(const vault::WriterKey& key, const log::Frame& frame) {
  const Bytes encoded = log::encode(frame);
  return log::with_signature(encoded, key.sign(log::signed_part(encoded).part));
}

/// A batch that continues the ledger, but for what `change` does to its frame.
Bytes continuing(const Hand& hand, const vault::WriterKey& key, const std::function<void(log::Frame&)>& change) {
  const Bytes record = record_like_the_last(hand, hand.next, hand.head);
  log::Frame frame = frame_of(hand, hand.next, hand.head, record);
  change(frame);
  return signed_by(key, frame);
}

Bytes of_seq(const Hand& hand, Seq first, const Hash& prev) {
  const Bytes record = record_like_the_last(hand, first, prev);
  return signed_by(hand.key, frame_of(hand, first, prev, record));
}

Bytes without_body(const Hand& hand, Seq seq, const Hash& prev) {
  return record_like_the_last(hand, seq, prev).substr(0, record_header_size) + "no body";
}

Bytes poison(const Hand& hand) {
  const Bytes record = without_body(hand, hand.next, hand.head);
  return signed_by(hand.key, frame_of(hand, hand.next, hand.head, record));
}

/// Continues `poison`, and is another.
Bytes second_poison(const Hand& hand) {
  const Hash first = world::sha256(without_body(hand, hand.next, hand.head));
  const Bytes record = without_body(hand, hand.next + 1, first);
  return signed_by(hand.key, frame_of(hand, hand.next + 1, first, record));
}

/// For these, rights on the brokers are enough.
std::map<std::string, std::vector<std::string>> topics_lost_by(const std::string& ledger) {
  const std::string standing(feed::standing_topic), subsidy(feed::subsidy_topic);
  return {{"no-topic", {log::ledger_topic(ledger)}},
          {"no-vault", {log::vault_topic(ledger)}},
          {"no-feed", {feed::events_topic(ledger), standing, subsidy}},
          {"no-table", {standing}}};
}

using Kind = std::function<Bytes(const Hand& hand)>;

const std::map<std::string, Kind>& kinds() {
  static const std::map<std::string, Kind> all{
      // void, an alarm
      {"stranger",
       [](const Hand& h) {
         return continuing(h, h.stranger, [&](log::Frame& frame) { frame.writer_key = h.stranger.id(); });
       }},
      {"borrowed-name", [](const Hand& h) { return continuing(h, h.stranger, [](log::Frame&) {}); }},
      {"unsigned", [](const Hand& h) { return log::with_signature(continuing(h, h.key, [](log::Frame&) {}), {}); }},
      {"other-ledger",
       [](const Hand& h) { return continuing(h, h.key, [](log::Frame& frame) { frame.ledger = "elsewhere"; }); }},
      // void, an honest loser
      {"loser", [](const Hand& h) { return of_seq(h, h.next - 1, hash_at(h, h.next - 2)); }},
      // halts
      {"other-history", [](const Hand& h) { return of_seq(h, h.next, world::sha256("another history")); }},
      {"other-past", [](const Hand& h) { return of_seq(h, h.next - 1, world::sha256("another past")); }},
      {"gap", [](const Hand& h) { return of_seq(h, h.next + 1, h.head); }},
      {"future",
       [](const Hand& h) {
         return continuing(h, h.key, [](log::Frame& frame) { frame.catalogue = catalogue_version + 1; });
       }},
      {"poison", poison},
      {"second-poison", second_poison}};
  return all;
}

bool append(log::KafkaLog& log, Bytes batch) {
  std::promise<log::Appended> answered;
  log.append(std::move(batch), [&](log::Appended outcome) { answered.set_value(outcome); });
  return answered.get_future().get() == log::Appended::done;
}

int forge(const std::string& data, const std::string& vault_folder, const std::string& brokers,
          const std::vector<std::string>& wanted) {
  const auto disk = world::real_disk();
  const auto random = world::system_random();
  const auto files = log::LedgerFiles::open(*disk, data + "/log");
  if (files->head().next_seq < 2) {
    std::fprintf(stderr, "%s holds nothing to forge upon\n", data.c_str());
    return 1;
  }
  vault::DirectoryVault own(*disk, vault_folder);
  vault::MemoryVault elsewhere;
  const vault::WriterKey key(own, *random, "node"), stranger(elsewhere, *random, "stranger");
  const Hand hand{
      *files, key, stranger, decode_header(*files->record(0)).ledger, files->head().next_seq, files->head().hash};
  const log::KafkaSettings topic{brokers, log::ledger_topic(hand.ledger), {}};
  if (const auto lost = topics_lost_by(hand.ledger); lost.contains(wanted.front())) {
    for (const auto& name : lost.at(wanted.front())) test::lose({brokers, name, {}});
    return 0;
  }
  log::KafkaLog log(topic);
  for (const auto& kind : wanted) {
    if (!append(log, kinds().at(kind)(hand))) {
      std::fprintf(stderr, "the log did not take it: %s\n", log.failing().c_str());
      return 1;
    }
    std::printf("%s\n", kind.c_str());
  }
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  const std::vector<std::string> arguments(argv + 1, argv + argc);
  bool known = arguments.size() > 3;
  for (std::size_t i = 3; i < arguments.size(); ++i)
    known = known && (kinds().contains(arguments[i]) || topics_lost_by("").contains(arguments[i]));
  if (known) return forge(arguments[0], arguments[1], arguments[2], {arguments.begin() + 3, arguments.end()});
  std::fprintf(stderr, "usage: aidledger-forge DATA VAULT BROKERS KIND...\n");
  for (const auto& [name, make] : kinds()) std::fprintf(stderr, "  %s\n", name.c_str());
  return 2;
}
