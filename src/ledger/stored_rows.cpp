#include "src/ledger/stored_rows.hpp"

#include "events/values/key_order.hpp"

namespace aidledger::ledger {
namespace {

constexpr char history_table = '\xf1';
constexpr std::size_t seq_bytes = 8;

void put_inverted(Bytes& out, Seq seq) {
  const std::uint64_t inverted = ~seq;
  for (int shift = 56; shift >= 0; shift -= 8) out += static_cast<char>(inverted >> shift & 0xff);
}

Bytes history_prefix(std::uint8_t table, std::string_view key) {
  return Bytes{history_table, static_cast<char>(table)} + Bytes(key);
}

RowPtr decode_version(const RowType& type, BytesView value) {
  return value.front() == '\0' ? nullptr : RowPtr(type.decode(value.substr(1)));
}

}  // namespace

Bytes current_key(std::uint8_t table, std::string_view key) { return Bytes(1, static_cast<char>(table)) + Bytes(key); }

Bytes history_key(std::uint8_t table, std::string_view key, Seq seq) {
  Bytes out = history_prefix(table, key);
  put_inverted(out, seq);
  return out;
}

RowPtr StoredRows::find(const RowType& type, std::string_view key) const {
  const auto bytes = reader_->get(current_key(type.table, key));
  return bytes ? RowPtr(type.decode(*bytes)) : nullptr;
}

void StoredRows::scan_from(const RowType& type, std::string_view prefix, std::string_view from,
                           const RowVisit& visit) const {
  reader_->scan(current_key(type.table, prefix), current_key(type.table, std::max(prefix, from)),
                [&](BytesView key, BytesView value) { return visit(key.substr(1), type.decode(value)); });
}

RowPtr RowsKnownAt::find(const RowType& type, std::string_view key) const {
  if (!type.historic) return now_.find(type, key);
  const Bytes prefix = history_prefix(type.table, key);
  RowPtr found;
  reader_->scan(prefix, history_key(type.table, key, seq_), [&](BytesView at, BytesView value) {
    if (at.size() == prefix.size() + seq_bytes) found = decode_version(type, value);
    return at.size() != prefix.size() + seq_bytes;
  });
  return found;
}

void RowsKnownAt::scan_from(const RowType& type, std::string_view prefix, std::string_view from,
                            const RowVisit& visit) const {
  if (!type.historic) return now_.scan_from(type, prefix, from, visit);
  Bytes done;  // the key whose version at seq_ has been given
  Bytes wanted;
  const Bytes start = history_prefix(type.table, std::max(prefix, from));
  reader_->scan(history_prefix(type.table, prefix), start, [&](BytesView at, BytesView value) {
    const BytesView key = at.substr(2, at.size() - 2 - seq_bytes);
    if (key == done || key < from) return true;
    wanted.clear();
    put_inverted(wanted, seq_);
    if (at.substr(at.size() - seq_bytes) < wanted) return true;  // newer than seq_
    done = key;
    const RowPtr row = decode_version(type, value);
    return row == nullptr || visit(key, row);
  });
}

void give_current(const Layer::Change& change, const store::RowSink& sink) {
  thread_local Bytes key, value;
  key.assign(1, static_cast<char>(change.type.table)) += change.key;
  if (change.gone()) return sink(key, std::nullopt);
  value.clear();
  change.encode_to(value);
  sink(key, value);
}

void Versions::note(const Layer::Change& change, Seq seq) {
  if (!change.type.historic) return;
  const BytesView key = kept_.keep(history_key(change.type.table, change.key, seq));
  scratch_.assign(1, change.gone() ? '\0' : '\1');
  if (!change.gone()) change.encode_to(scratch_);
  versions_.push_back({key, kept_.keep(scratch_)});
}

void Versions::take(const store::RowSink& sink) {
  sort_by_key(versions_, [](const Version& version) { return version.key; });
  for (const auto& version : versions_) sink(version.key, version.value);
  versions_.clear();
  kept_.clear();
}

}  // namespace aidledger::ledger
