#include "src/store/rocks_generation.hpp"

#include <filesystem>

#include "src/store/reserved_key.hpp"

namespace aidledger::store {
namespace {

namespace fs = std::filesystem;
using rocksdb::Slice;
using rocksdb::Status;

/// Whatever keeps RocksDB from opening its own files, other than a lock or a full disk, is damage.
void check_open(const Status& status) {
  if (status.ok()) return;
  const std::string text = "rows: open: " + status.ToString();
  const bool locked = text.find("lock hold by") != std::string::npos || text.find("lock file") != std::string::npos;
  const bool passes = status.IsNoSpace() || status.IsBusy() || locked;
  if (passes) throw Failed(text);
  throw Damaged(text);
}

/// The first key after all keys with this prefix; empty when there is none.
Bytes end_of(BytesView prefix) {
  Bytes end(prefix);
  while (!end.empty() && end.back() == '\xff') end.pop_back();
  if (!end.empty()) ++end.back();
  return end;
}

}  // namespace

void check(const Status& status, const char* what) {
  if (status.ok()) return;
  const std::string text = std::string("rows: ") + what + ": " + status.ToString();
  if (status.IsCorruption()) throw Damaged(text);
  if (status.IsNoSpace()) throw Full(text);
  throw Failed(text);
}

Generation::Generation(std::string folder_name, const rocksdb::Options& rocks)
    : folder(std::move(folder_name)), options(rocks) {
  rocksdb::DB* opened = nullptr;
  check_open(rocksdb::DB::Open(options, folder, &opened));
  db.reset(opened);
  check_open(db->VerifyChecksum());  // else damage shows first in the middle of a decision
}

Generation::~Generation() {
  db.reset();
  std::error_code left_for_the_next_start;
  if (obsolete) fs::remove_all(folder, left_for_the_next_start);
}

std::optional<Bytes> Generation::get(const rocksdb::ReadOptions& read, BytesView key) const {
  rocksdb::PinnableSlice value;
  const Status status = db->Get(read, db->DefaultColumnFamily(), slice(key), &value);
  if (status.IsNotFound()) return std::nullopt;
  check(status, "get");
  return value.ToString();
}

void Generation::scan(rocksdb::ReadOptions read, BytesView prefix, BytesView from, const RowVisitor& visit) const {
  const Bytes end = end_of(prefix);
  const Slice upper = slice(end);
  if (!end.empty()) read.iterate_upper_bound = &upper;
  const std::unique_ptr<rocksdb::Iterator> row(db->NewIterator(read));
  for (row->Seek(slice(scan_start(prefix, from))); row->Valid(); row->Next()) {
    if (!visit(view(row->key()), view(row->value()))) break;
  }
  check(row->status(), "scan");
}

}  // namespace aidledger::store
