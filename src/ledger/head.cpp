#include "src/ledger/head.hpp"

#include "events/codec.hpp"

namespace aidledger::ledger {
namespace {

struct StoredHead {
  Seq next_seq = 0;
  Hash hash{};
  Instant recorded_at;
  std::uint64_t position = 0;
  static void fields(auto&& f) {
    f("next_seq", &StoredHead::next_seq, "the seq of the next record");
    f("hash", &StoredHead::hash, "of the last record");
    f("recorded_at", &StoredHead::recorded_at, "of the last record");
    f("position", &StoredHead::position, "where to read on in the log");
  }
};

}  // namespace

Bytes encode_head(const Head& head) {
  return encode(StoredHead{head.next_seq, head.hash, head.recorded_at, head.position.value});
}

std::optional<Head> decode_head(BytesView bytes) {
  if (bytes.empty()) return Head{};
  try {
    StoredHead stored;
    decode(bytes, stored);
    return Head{stored.next_seq, stored.hash, stored.recorded_at, {stored.position}};
  } catch (const DecodeError&) {
    return std::nullopt;
  }
}

}  // namespace aidledger::ledger
