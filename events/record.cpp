#include "events/record.hpp"

#include "events/codec.hpp"
#include "events/tree_codec.hpp"

namespace aidledger {
namespace {

template <class T>
void put_at(Bytes& out, std::size_t offset, const T& value) {
  std::memcpy(out.data() + offset, &value, sizeof value);
}

template <class T>
T get_at(BytesView in, std::size_t offset) {
  T value;
  std::memcpy(&value, in.data() + offset, sizeof value);
  return value;
}

void put_event(LedgerOutput& out, const Event& event) {
  codec::put(out, event.type->tag.family);
  codec::put(out, event.type->tag.event);
  codec::put(out, event.type->tag.version);
  codec::put(out, event.occurred_at);
  codec::put(out, event.objects);
  codec::put(out, event.corrects);
  codec::put(out, event.starts);
  codec::put(out, event.ends);
  Bytes payload;
  event.type->encode(event.payload.get(), payload);
  codec::put(out, payload);
}

Event get_event(LedgerInput& in) {
  EventTag tag;
  codec::get(in, tag.family), codec::get(in, tag.event), codec::get(in, tag.version);
  Event event;
  event.type = find_event_type(tag);
  if (event.type == nullptr)
    throw DecodeError("event " + std::to_string(tag.family) + "/" + std::to_string(tag.event) + " v" +
                      std::to_string(tag.version) + " is in no catalogue known here");
  codec::get(in, event.occurred_at);
  codec::get(in, event.objects);
  codec::get(in, event.corrects);
  codec::get(in, event.starts);
  codec::get(in, event.ends);
  event.payload = event.type->decode(in.string());
  return event;
}

void put_body(LedgerOutput& out, const RecordBody& body) {
  codec::put(out, body.principal), codec::put(out, body.action_id), codec::put(out, body.action);
  codec::put(out, body.request_digest), codec::put(out, body.actor), codec::put(out, body.policies),
      codec::put(out, body.salt);
  out.size(body.events.size());
  for (const auto& event : body.events) put_event(out, event);
}

RecordBody get_body(LedgerInput& in) {
  RecordBody body;
  codec::get(in, body.principal), codec::get(in, body.action_id), codec::get(in, body.action);
  codec::get(in, body.request_digest), codec::get(in, body.actor), codec::get(in, body.policies),
      codec::get(in, body.salt);
  const std::size_t count = in.size();
  if (count > max_events_of_record) throw DecodeError("a record holds more events than it may");
  for (std::size_t i = 0; i < count; ++i) body.events.push_back(get_event(in));
  return body;
}

void put_big_endian(Bytes& out, std::uint64_t value) {
  for (int shift = 56; shift >= 0; shift -= 8) out += static_cast<char>(value >> shift & 0xff);
}

}  // namespace

Bytes encode_record(const Record& record) {
  const auto& header = record.header;
  Bytes out(record_header_size, '\0');
  out[0] = static_cast<char>(header.format);
  out[1] = static_cast<char>(header.suite);
  out[2] = static_cast<char>(header.ledger.size());
  std::memcpy(out.data() + 3, header.ledger.data(), header.ledger.size());
  put_at(out, 36, header.seq);
  put_at(out, 44, header.prev_hash);
  put_at(out, 76, header.recorded_at.us);
  LedgerOutput archive(out);
  put_body(archive, record.body);
  return out;
}

RecordHeader decode_header(BytesView bytes) {
  if (bytes.size() < record_header_size) throw DecodeError("a record is shorter than its header");
  RecordHeader header;
  header.format = static_cast<std::uint8_t>(bytes[0]);
  header.suite = static_cast<std::uint8_t>(bytes[1]);
  const auto length = static_cast<std::uint8_t>(bytes[2]);
  if (header.format != record_format)
    throw DecodeError("record format " + std::to_string(header.format) + " is not known here");
  if (length == 0 || length > max_ledger_id_length) throw DecodeError("the ledger id's length is out of range");
  constexpr std::array<char, max_ledger_id_length + 1> zeros{};
  if (bytes.substr(3 + length, zeros.size() - length) != BytesView(zeros.data(), zeros.size() - length))
    throw DecodeError("the ledger id is not padded with zeros");
  header.ledger = std::string(bytes.substr(3, length));
  header.seq = get_at<Seq>(bytes, 36);
  header.prev_hash = get_at<Hash>(bytes, 44);
  header.recorded_at.us = get_at<std::int64_t>(bytes, 76);
  return header;
}

Record decode_record(BytesView bytes) {
  Record record;
  record.header = decode_header(bytes);
  LedgerInput archive(bytes.substr(record_header_size));
  record.body = get_body(archive);
  archive.finish();
  return record;
}

Bytes leaf_data(const RecordHeader& header, const Hash& record_hash) {
  Bytes out = "aidledger-leaf/1";
  out += static_cast<char>(header.suite);
  out += static_cast<char>(header.ledger.size());
  out += header.ledger;
  put_big_endian(out, header.seq);
  put_big_endian(out, static_cast<std::uint64_t>(header.recorded_at.us));
  out += view_of(record_hash);
  return out;
}

Tree to_tree(const Event& event) {
  Tree tree = Tree::object();
  tree.set("type", event.type->name)
      .set("occurred_at", to_text(event.occurred_at))
      .set("objects", to_tree(event.objects));
  if (event.corrects) tree.set("corrects", to_tree(*event.corrects));
  if (!event.starts.empty()) tree.set("starts", to_tree(event.starts));
  if (!event.ends.empty()) tree.set("ends", to_tree(event.ends));
  tree.set("data", event.type->to_tree(event.payload.get()));
  return tree;
}

}  // namespace aidledger
