#pragma once
// Somebody who can write into the topic and does: batches that would extend the chain if they were ours. None of them
// may count, whatever they say.
#include "src/vault/writer_key.hpp"
#include "tests/simulation/topic.hpp"

namespace aidledger::simulation {

class Forger {
 public:
  Forger(Topic& topic, const Chain& chain, Random& random);
  /// The forger has a node's key, which it uses only once it was revoked, or for another ledger.
  void steal(const vault::WriterKey& key) { stolen_.push_back(key); }
  void write_one();
  /// A ledger of that name that begins with the forger's key: so many batches.
  void write_another_ledger(std::uint64_t batches);

 private:
  Bytes forged();
  Bytes batch(const std::string& ledger, const log::KeyId& key, const log::Head& on);
  const vault::WriterKey* revoked() const;

  Topic& topic_;
  const Chain& chain_;
  Random& random_;
  vault::WriterKey own_;
  std::vector<vault::WriterKey> stolen_;
  int written_ = 0;
};

}  // namespace aidledger::simulation
