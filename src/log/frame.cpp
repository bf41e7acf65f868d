#include "src/log/frame.hpp"

#include <cstring>
#include <stdexcept>

#include "src/log/little_endian.hpp"

namespace aidledger::log {
namespace {

constexpr std::size_t at_catalogue = 1;
constexpr std::size_t at_ledger_length = 3;
constexpr std::size_t at_ledger = 4;
constexpr std::size_t at_writer_key = 36;
constexpr std::size_t at_waiting = 52;
constexpr std::size_t at_first_seq = 56;
constexpr std::size_t at_prev_hash = 64;
constexpr std::size_t at_count = 96;
constexpr std::size_t head_bytes = 100;
constexpr std::size_t envelope_bytes = at_waiting;

using Wrong = std::unexpected<std::string>;

void check(bool holds, const char* what) {
  if (!holds) throw std::invalid_argument(std::string("frame: ") + what);
}

bool sound(std::size_t signature_size) { return signature_size == 0 || signature_size == signature_bytes; }

/// Reads the lengths and cuts the records out. `rest` = what follows the head; left there: what follows the records.
std::expected<std::vector<BytesView>, std::string> cut_records(BytesView& rest, std::size_t count) {
  if (count == 0 || count > max_records_per_batch) return Wrong("frame with an impossible number of records");
  if (rest.size() / 4 < count) return Wrong("frame shorter than its list of lengths");
  const BytesView lengths = rest.substr(0, 4 * count);
  rest.remove_prefix(lengths.size());
  std::vector<BytesView> records;
  records.reserve(count);
  for (std::size_t i = 0; i < count; ++i) {
    const auto length = get<std::uint32_t>(lengths, 4 * i);
    if (length == 0 || length > max_record_bytes) return Wrong("frame with a record of impossible length");
    if (length > rest.size()) return Wrong("frame shorter than its records");
    records.push_back(rest.substr(0, length));
    rest.remove_prefix(length);
  }
  return records;
}

}  // namespace

Bytes encode(const Frame& frame) {
  check(frame.version == frame_version, "only the current version is written");
  check(!frame.ledger.empty() && frame.ledger.size() <= max_ledger_id_bytes, "ledger id of impossible length");
  check(!frame.records.empty() && frame.records.size() <= max_records_per_batch, "impossible number of records");
  check(sound(frame.signature.size()), "signature of impossible length");
  std::size_t total = 0;
  for (const BytesView record : frame.records) {
    check(!record.empty() && record.size() <= max_record_bytes, "record of impossible length");
    total += record.size();
  }
  check(frame_bytes(frame.records.size(), total) <= max_batch_bytes, "batch too large");

  Bytes out;
  out.reserve(frame_bytes(frame.records.size(), total));
  put(out, frame.version);
  put(out, frame.catalogue);
  put(out, static_cast<std::uint8_t>(frame.ledger.size()));
  out += frame.ledger;
  out.append(max_ledger_id_bytes - frame.ledger.size(), '\0');
  out.append(reinterpret_cast<const char*>(frame.writer_key.data()), frame.writer_key.size());
  put(out, frame.waiting);
  put(out, frame.first_seq);
  out += view_of(frame.prev_hash);
  put(out, static_cast<std::uint32_t>(frame.records.size()));
  for (const BytesView record : frame.records) put(out, static_cast<std::uint32_t>(record.size()));
  for (const BytesView record : frame.records) out += record;
  put(out, static_cast<std::uint8_t>(frame.signature.size()));
  out += frame.signature;
  return out;
}

Bytes with_signature(Bytes frame, BytesView signature) {
  check(sound(signature.size()), "signature of impossible length");
  frame.resize(signed_part(frame).part.size());
  put(frame, static_cast<std::uint8_t>(signature.size()));
  frame += signature;
  return frame;
}

std::expected<Envelope, std::string> parse_envelope(BytesView bytes) {
  if (bytes.size() < envelope_bytes + 1) return Wrong("frame shorter than its head");
  if (bytes.size() > max_batch_bytes) return Wrong("frame longer than a batch may be");
  Envelope envelope;
  envelope.version = get<std::uint8_t>(bytes, 0);
  envelope.catalogue = get<std::uint16_t>(bytes, at_catalogue);
  const auto length = get<std::uint8_t>(bytes, at_ledger_length);
  if (length == 0 || length > max_ledger_id_bytes) return Wrong("frame with a ledger id of impossible length");
  const BytesView padding = bytes.substr(at_ledger + length, max_ledger_id_bytes - length);
  if (padding.find_first_not_of('\0') != BytesView::npos)
    return Wrong("frame with a ledger id that is not padded with zeros");
  envelope.ledger = bytes.substr(at_ledger, length);
  std::memcpy(envelope.writer_key.data(), bytes.data() + at_writer_key, envelope.writer_key.size());
  return envelope;
}

std::expected<Frame, std::string> parse(BytesView bytes) {
  auto envelope = parse_envelope(bytes);
  if (!envelope) return Wrong(std::move(envelope.error()));
  if (envelope->version != frame_version) return Wrong("frame of version " + std::to_string(envelope->version));
  if (bytes.size() < head_bytes) return Wrong("frame shorter than its head");

  Frame frame{std::move(*envelope)};
  frame.waiting = get<std::uint32_t>(bytes, at_waiting);
  frame.first_seq = get<std::uint64_t>(bytes, at_first_seq);
  frame.prev_hash = get_hash(bytes, at_prev_hash);
  BytesView rest = bytes.substr(head_bytes);
  auto records = cut_records(rest, get<std::uint32_t>(bytes, at_count));
  if (!records) return Wrong(std::move(records.error()));
  frame.records = std::move(*records);
  if (frame.first_seq > UINT64_MAX - frame.records.size()) return Wrong("frame beyond the last possible seq");
  if (rest.empty() || !sound(get<std::uint8_t>(rest, 0)) || rest.size() != 1u + get<std::uint8_t>(rest, 0)) {
    return Wrong("frame with an unsound end");
  }
  frame.signature = rest.substr(1);
  return frame;
}

SeqRange seqs_of(BytesView bytes) {
  check(bytes.size() >= head_bytes, "shorter than its head");
  const auto first = get<std::uint64_t>(bytes, at_first_seq);
  return {first, first + get<std::uint32_t>(bytes, at_count)};
}

RecordSpan record_span(BytesView bytes, std::size_t index) {
  const SeqRange seqs = seqs_of(bytes);
  const std::size_t count = seqs.next - seqs.first;
  check(index < count && bytes.size() >= frame_lengths_end(count), "shorter than its list of lengths");
  std::size_t at = frame_lengths_end(count);
  for (std::size_t i = 0; i < index; ++i) at += get<std::uint32_t>(bytes, head_bytes + 4 * i);
  return {at, get<std::uint32_t>(bytes, head_bytes + 4 * index)};
}

Signed signed_part(BytesView bytes) {
  if (bytes.size() > signature_bytes) {
    const std::size_t cut = bytes.size() - signature_bytes - 1;
    if (const auto frame = parse(bytes);
        frame ? !frame->signature.empty() : get<std::uint8_t>(bytes, cut) == signature_bytes) {
      return {bytes.substr(0, cut), bytes.substr(cut + 1)};
    }
  }
  return {bytes.substr(0, bytes.empty() ? 0 : bytes.size() - 1), {}};
}

}  // namespace aidledger::log
