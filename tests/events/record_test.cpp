// Every event of the catalogue survives the bytes, and hostile bytes are refused before anything is allocated.
#include <catch2/catch.hpp>

#include "events/catalogue.hpp"
#include "events/codec.hpp"
#include "events/record.hpp"
#include "events/tree_codec.hpp"

using namespace aidledger;

namespace {

Event sample_event(const EventType& type, int n) {
  Event event;
  event.type = &type;
  event.occurred_at = sample_of<Instant>(n);
  event.payload = type.sample(n);
  type.objects(event.payload.get(), event.objects);
  return event;
}

struct Hostile {
  std::string text;
  static void fields(auto&& f) { f("text", &Hostile::text, "claims to be long"); }
};

Record sample_record(int n) {
  Record record;
  record.header.ledger = "chengbei";
  record.header.seq = static_cast<Seq>(n);
  record.header.recorded_at = sample_of<Instant>(n);
  record.body.principal = "token-1";
  record.body.action_id = "a-" + std::to_string(n);
  record.body.action = "sample";
  record.body.actor.roles = {Role::intake, Role::supervisor};
  for (const auto* type : all_event_types()) record.body.events.push_back(sample_event(*type, n));
  return record;
}

}  // namespace

TEST_CASE("a record holding one of every event comes back from its bytes the same") {
  for (int n = 0; n < 7; ++n) {
    const Bytes bytes = encode_record(sample_record(n));
    const Record back = decode_record(bytes);
    CHECK(back.body.events.size() == all_event_types().size());
    CHECK(encode_record(back) == bytes);
  }
}

TEST_CASE("a record cut short anywhere, or with a byte too many, is refused") {
  Record record = sample_record(2);
  record.body.events.resize(3);
  const Bytes bytes = encode_record(record);
  for (std::size_t length = 0; length < bytes.size(); ++length)
    CHECK_THROWS_AS(decode_record(BytesView(bytes).substr(0, length)), DecodeError);
  CHECK_THROWS_AS(decode_record(bytes + '\0'), DecodeError);
}

TEST_CASE("a record has one form: what stands behind a shorter ledger id is zero") {
  Bytes bytes = encode_record(sample_record(2));
  const std::size_t at = GENERATE(range<std::size_t>(11, 36));
  bytes[at] = 'x';
  CHECK_THROWS_AS(decode_record(bytes), DecodeError);
}

TEST_CASE("a record holds a thousand events; one that holds more is refused, whoever wrote it") {
  Record record = sample_record(2);
  record.body.events.assign(max_events_of_record, sample_event(*all_event_types().front(), 2));
  CHECK(decode_record(encode_record(record)).body.events.size() == max_events_of_record);
  record.body.events.push_back(record.body.events.front());
  CHECK_THROWS_AS(decode_record(encode_record(record)), DecodeError);
}

TEST_CASE("nine hostile bytes that claim four gigabytes are refused without allocating") {
  Hostile hostile;
  CHECK_THROWS_AS(decode(BytesView("\xff\xff\xff\xff\x01\x02\x03\x04\x05", 9), hostile), DecodeError);
}

TEST_CASE("tags and names of events are unique, and public types are kebab-case") {
  for (const auto* a : all_event_types())
    for (const auto* b : all_event_types())
      if (a != b) {
        CHECK(a->tag != b->tag);
        CHECK(a->name != b->name);
      }
  CHECK(find_event_type("PolicyAdopted")->public_type() == "cn.aidledger.governance.policy-adopted.v1");
}

TEST_CASE("leaf data is frozen: the test vector of the format") {
  RecordHeader header;
  header.ledger = "chengbei";
  header.seq = 0x0102030405060708;
  header.recorded_at.us = 0x1112131415161718;
  Hash hash{};
  for (std::size_t i = 0; i < hash.size(); ++i) hash[i] = static_cast<std::uint8_t>(i);
  CHECK(to_hex(leaf_data(header, hash)) ==
        "6169646c65646765722d6c6561662f31"  // aidledger-leaf/1
        "01"                                // suite
        "086368656e67626569"                // ledger id
        "0102030405060708"                  // seq
        "1112131415161718"                  // recorded_at
        "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f");
}
