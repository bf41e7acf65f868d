#pragma once
// How far a log holds the ledger that lies in these files: read from its beginning as any reader judges it, with the
// keys that counted at each record. What it lacks is given back, batch by batch, as it came where it carries a
// signature. No clock, no broker.
#include <map>

#include "src/ledger/judge.hpp"
#include "src/log/ledger_files.hpp"
#include "src/vault/writer_key.hpp"

namespace aidledger {

/// The log cannot be completed from these files: a sentence that says where they part.
struct OtherHistory : std::runtime_error {
  using std::runtime_error::runtime_error;
};

struct HeldLedger {
  const log::LedgerFiles& files;
  const vault::WriterKey& key;  ///< signs what carries no signature
  std::string ledger;
  Bytes first_public_key;  ///< who may write record 0
};

class Retracing {
 public:
  explicit Retracing(const HeldLedger& held);

  /// The next batch of the log. Throws OtherHistory where a reader would halt or take another way than these files
  /// did, or when the log does not begin with our record 0.
  void read(BytesView batch);
  /// How many records of the ledger, in order, the log has shown: more than are held here, perhaps.
  Seq met() const { return met_; }

 private:
  struct Key {
    Bytes public_key;
    bool revoked = false;
  };
  std::optional<Bytes> enrolled(const log::KeyId& id) const;
  void meet(BytesView record);
  Hash hash_at(Seq seq) const;

  HeldLedger held_;
  ledger::Bench bench_;
  Seq met_ = 0;
  std::vector<Hash> beyond_;         ///< of records that the log has shown and that are not held here
  std::map<std::string, Key> keys_;  ///< as of `met_`; by id, hexadecimal
};

/// The batch that brings in record `seq`.
Bytes batch_from(Seq seq, const HeldLedger& held);

}  // namespace aidledger
