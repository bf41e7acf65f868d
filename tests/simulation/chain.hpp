#pragma once
// The chain as an outsider sees it: every batch that could be read, judged by the one rule that matters, whoever
// appended it. The measure of what each node holds. Written apart from the judge and the follower.
#include <map>

#include "events/record.hpp"
#include "src/ledger/record_source.hpp"
#include "src/log/frame.hpp"
#include "src/log/segment_format.hpp"

namespace aidledger::simulation {

class Chain : public ledger::RecordSource {
 public:
  /// From now on a batch counts only when it is signed by a key that the chain has enrolled; the first is this one.
  void pin(const std::string& key_id, Bytes public_key);
  void take(BytesView batch);
  log::Head head() const { return {records.size(), records.empty() ? Hash{} : hashes.back()}; }
  /// The seq with which the last batch began.
  Seq last_batch() const { return last_batch_; }
  /// Records from `seq` on are gone, and that is allowed.
  void cut(Seq seq);
  std::optional<Bytes> record(Seq seq) const override {
    return seq < records.size() ? std::optional(records[seq]) : std::nullopt;
  }
  enum class Key { unknown, enrolled, revoked };
  Key key(const std::string& key_id) const;

  std::vector<Bytes> records;
  std::vector<Hash> hashes;

 private:
  struct Known {
    Bytes public_key;
    bool revoked = false;
  };
  bool counts(const log::Frame& frame, BytesView batch) const;
  void learn_keys(const Record& record);

  Seq last_batch_ = 0;
  bool signed_ = false;
  std::map<std::string, Known> keys_;  ///< by id, hexadecimal
};

/// Hexadecimal, as records name keys.
std::string name_of_key(const log::KeyId& id);

}  // namespace aidledger::simulation
