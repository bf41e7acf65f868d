#pragma once
// The records of the ledger files in a folder.
#include "src/ledger/record_source.hpp"
#include "src/log/ledger_files.hpp"

namespace aidledger {

class FileRecords : public ledger::RecordSource {
 public:
  explicit FileRecords(const log::LedgerFiles& files) : files_(files) {}
  std::optional<Bytes> record(Seq seq) const override { return files_.record(seq); }

 private:
  const log::LedgerFiles& files_;
};

}  // namespace aidledger
