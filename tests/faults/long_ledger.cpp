// Appends a long history to a ledger's topic, quickly: imported cases of twenty facts each, one fact a record, signed
// by an enrolled key. It takes the key and the ledger files of a node that does not run and holds the whole ledger.
//   aidledger-long-ledger append DATA VAULT BROKERS RECORDS A_BATCH    prints the next seq and the head's hash
//   aidledger-long-ledger head DATA                                    the same of the files in DATA/log
#include <cstdio>
#include <future>

#include "events/case_imports.hpp"
#include "events/record.hpp"
#include "src/log/frame.hpp"
#include "src/log/kafka_log.hpp"
#include "src/log/ledger_files.hpp"
#include "src/vault/directory_vault.hpp"
#include "src/vault/writer_key.hpp"
#include "src/world/digest.hpp"

namespace {

using namespace aidledger;

constexpr std::size_t facts_per_case = 20, undertakers = 1'000;

Event fact(std::size_t number, Instant now) {
  const std::size_t of = number / facts_per_case, step = number % facts_per_case;
  const CaseId case_id{"LA-" + std::to_string(of)};
  if (step == 0)
    return make_event(CaseImported{case_id,
                                   {"archive"},
                                   std::to_string(of),
                                   "Asia/Shanghai",
                                   "none",
                                   "civil",
                                   UndertakerId{"U-" + std::to_string(of % undertakers)}},
                      now);
  return make_event(CaseStepRecorded{case_id,
                                     "step " + std::to_string(step) + " of the archive",
                                     "clerk-7",
                                     "clerk-9",
                                     Date{19'700},
                                     std::string(32, 'a'),
                                     {},
                                     {}},
                    now);
}

/// The end of a ledger, which grows.
class Growing {
 public:
  Growing(const log::LedgerFiles& files, const vault::WriterKey& key)
      : key_(key),
        last_(decode_record(*files.record(files.head().next_seq - 1)).header),
        next_(files.head().next_seq),
        head_(files.head().hash) {}

  /// The next batch: `count` facts from the fact `first` on.
  Bytes batch(std::size_t first, std::size_t count) {
    log::Frame frame;
    frame.catalogue = catalogue_version;
    frame.ledger = last_.ledger;
    frame.writer_key = key_.id();
    frame.first_seq = next_;
    frame.prev_hash = head_;
    std::vector<Bytes> records;
    for (std::size_t i = 0; i < count; ++i) records.push_back(record(first + i));
    frame.records.assign(records.begin(), records.end());
    const Bytes encoded = log::encode(frame);
    return log::with_signature(encoded, key_.sign(log::signed_part(encoded).part));
  }
  void tell() const {
    std::printf("%llu %s\n", static_cast<unsigned long long>(next_), to_hex(view_of(head_)).c_str());
  }

 private:
  Bytes record(std::size_t number) {
    Record record;
    record.header = last_;
    record.header.seq = next_++;
    record.header.prev_hash = head_;
    record.header.recorded_at.us += 1;
    last_ = record.header;
    record.body.principal = "import";
    record.body.action_id = "archive-" + std::to_string(number);
    record.body.action = "record-case-step";
    record.body.actor.person = "clerk-7";
    record.body.actor.roles = {Role::intake};
    record.body.events.push_back(fact(number, record.header.recorded_at));
    Bytes bytes = encode_record(record);
    head_ = world::sha256(bytes);
    return bytes;
  }

  const vault::WriterKey& key_;
  RecordHeader last_;
  Seq next_;
  Hash head_;
};

bool append(log::KafkaLog& log, const Bytes& batch) {
  std::promise<log::Appended> answered;
  log.append(batch, [&](log::Appended outcome) { answered.set_value(outcome); });
  return answered.get_future().get() == log::Appended::done;
}

int append(const std::string& data, const std::string& vault_folder, const std::string& brokers, std::size_t records,
           std::size_t a_batch) {
  const auto disk = world::real_disk();
  const auto random = world::system_random();
  const auto files = log::LedgerFiles::open(*disk, data + "/log");
  vault::DirectoryVault own(*disk, vault_folder);
  const vault::WriterKey key(own, *random, "node");
  log::KafkaLog log({brokers, log::ledger_topic(decode_header(*files->record(0)).ledger), {}});
  Growing ledger(*files, key);
  for (std::size_t done = 0; done < records; done += a_batch) {
    const Bytes batch = ledger.batch(done, std::min(a_batch, records - done));
    while (!append(log, batch))  // what lies there twice is void
      std::fprintf(stderr, "sent again: %s\n", log.failing().c_str());
  }
  ledger.tell();
  return 0;
}

int head(const std::string& data) {
  const auto disk = world::real_disk();
  const auto head = log::LedgerFiles::open(*disk, data + "/log", {.trust_indexes = true})->head();
  std::printf("%llu %s\n", static_cast<unsigned long long>(head.next_seq), to_hex(view_of(head.hash)).c_str());
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  const std::vector<std::string> arguments(argv + 1, argv + argc);
  if (arguments.size() == 6 && arguments[0] == "append")
    return append(arguments[1], arguments[2], arguments[3], std::stoul(arguments[4]), std::stoul(arguments[5]));
  if (arguments.size() == 2 && arguments[0] == "head") return head(arguments[1]);
  std::fprintf(stderr,
               "usage: aidledger-long-ledger append DATA VAULT BROKERS RECORDS A_BATCH\n       aidledger-long-ledger "
               "head DATA\n");
  return 2;
}
