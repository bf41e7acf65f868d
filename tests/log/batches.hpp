#pragma once
// A small language for tests of the log: batches that continue one another, and what a log holds.
#include "src/log/frame.hpp"
#include "src/log/ledger_files.hpp"
#include "src/world/digest.hpp"

namespace aidledger::test {

inline log::Head after(const log::Head& head, const std::vector<Bytes>& records) {
  return {head.next_seq + records.size(), world::sha256(records.back())};
}

/// A batch that continues a log which is at `head`.
inline Bytes batch(const log::Head& head, const std::vector<Bytes>& records) {
  log::Frame frame;
  frame.ledger = "test";
  frame.first_seq = head.next_seq;
  frame.prev_hash = head.hash;
  frame.records.assign(records.begin(), records.end());
  return log::encode(frame);
}

/// The record with this seq in logs made by `grow`; sizes differ.
inline Bytes record_of(Seq seq) {
  return "record " + std::to_string(seq) + Bytes(seq * 37 % 200, static_cast<char>('a' + seq % 26));
}

inline std::vector<Bytes> records_from(Seq first, std::size_t count) {
  std::vector<Bytes> records;
  for (std::size_t i = 0; i < count; ++i) records.push_back(record_of(first + i));
  return records;
}

/// Appends a batch of `count` records without sync.
inline void append(log::LedgerFiles& files, std::size_t count) {
  files.append(batch(files.tail(), records_from(files.tail().next_seq, count)));
}

/// Appends and syncs batches of 1, 2 or 3 records until the log holds `records` of them or a few more.
inline void grow(log::LedgerFiles& files, Seq records) {
  while (files.tail().next_seq < records) {
    append(files, 1 + files.tail().next_seq % 3);
    files.sync();
  }
}

/// All records, in order, read batch by batch.
inline std::vector<Bytes> records_in(const log::LedgerFiles& files, std::size_t max_bytes = 1000) {
  std::vector<Bytes> records;
  log::Position at;
  for (;;) {
    const auto entries = files.read(at, max_bytes);
    if (entries.empty()) return records;
    for (const auto& entry : entries) {
      const auto frame = log::parse(entry.batch);
      for (const BytesView record : frame->records) records.emplace_back(record);
      at = entry.next;
    }
  }
}

}  // namespace aidledger::test
