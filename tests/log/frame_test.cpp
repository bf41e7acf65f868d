#include "src/log/frame.hpp"

#include <catch2/catch.hpp>
#include <stdexcept>

using namespace aidledger;
using namespace aidledger::log;

namespace {

Frame batch_of(std::vector<BytesView> records) {
  Frame frame;
  frame.catalogue = 7;
  frame.ledger = "bengbu";
  frame.writer_key = {1, 2, 3};
  frame.waiting = 42;
  frame.first_seq = 1000;
  frame.prev_hash.fill(0xab);
  frame.records = std::move(records);
  return frame;
}

void check_same(const Frame& a, const Frame& b) {
  CHECK(a.version == b.version);
  CHECK(a.catalogue == b.catalogue);
  CHECK(a.ledger == b.ledger);
  CHECK(a.writer_key == b.writer_key);
  CHECK(a.waiting == b.waiting);
  CHECK(a.first_seq == b.first_seq);
  CHECK(a.prev_hash == b.prev_hash);
  CHECK(a.records == b.records);
  CHECK(a.signature == b.signature);
}

}  // namespace

TEST_CASE("a frame is read as it was written") {
  const Bytes signature(signature_bytes, 's');
  for (const auto& records :
       {std::vector<BytesView>{"one"}, {"one", "two", "three"}, std::vector<BytesView>(max_records_per_batch, "r")}) {
    Frame frame = batch_of(records);
    check_same(*parse(encode(frame)), frame);
    frame.signature = signature;
    check_same(*parse(encode(frame)), frame);
  }
}

TEST_CASE("the layout is the documented one") {
  const Bytes bytes = encode(batch_of({"abc"}));
  CHECK(bytes.size() == 100 + 4 + 3 + 1);
  CHECK(to_hex(bytes).substr(0, 14 * 2) ==
        "010700"
        "06"
        "62656e676275"
        "00000000");
  CHECK(to_hex(bytes).substr(36 * 2, 6) == "010203");
  CHECK(to_hex(bytes).substr(52 * 2, 24) ==
        "2a000000"
        "e803000000000000");
  CHECK(to_hex(bytes).substr(96 * 2) ==
        "01000000"
        "03000000"
        "616263"
        "00");
}

TEST_CASE("the signature covers everything before it and can be put on later") {
  const Bytes signature(signature_bytes, 's');
  const Bytes bare = encode(batch_of({"one", "two"}));
  const Bytes full = with_signature(bare, signature);
  CHECK(parse(full)->signature == signature);
  CHECK(signed_part(full).signature == signature);
  CHECK(signed_part(full).part == signed_part(bare).part);
  CHECK(signed_part(bare).signature.empty());
  CHECK(with_signature(full, {}) == bare);
}

TEST_CASE("of a frame of the future the envelope can be read, nothing else") {
  Bytes bytes = with_signature(encode(batch_of({"one"})), Bytes(signature_bytes, 's'));
  bytes[0] = 2;
  CHECK(parse_envelope(bytes)->version == 2);
  CHECK(parse_envelope(bytes)->ledger == "bengbu");
  CHECK(signed_part(bytes).signature == Bytes(signature_bytes, 's'));
  CHECK(parse(bytes).error() == "frame of version 2");
}

TEST_CASE("a frame cut short anywhere is an error, and so is one byte too many") {
  for (const Bytes& whole :
       {encode(batch_of({"one", "two"})), with_signature(encode(batch_of({"x"})), Bytes(signature_bytes, 's'))}) {
    for (std::size_t size = 0; size < whole.size(); ++size) CHECK_FALSE(parse(BytesView(whole).substr(0, size)));
    CHECK_FALSE(parse(whole + '\0'));
  }
}

TEST_CASE("a hostile frame never makes the reader believe a length") {
  const Bytes good = encode(batch_of({"one", "two"}));
  for (std::size_t at = 0; at < good.size(); ++at) {
    for (const char byte : {'\0', '\x01', '\x7f', '\xff'}) {
      Bytes bad = good;
      bad[at] = byte;
      if (const auto frame = parse(bad)) CHECK(encode(*frame) == bad);  // what is accepted has one form only
    }
  }
  CHECK_FALSE(parse(Bytes(max_batch_bytes + 1, '\x01')));
}

TEST_CASE("what breaks a bound is not written") {
  const Bytes too_long(max_record_bytes + 1, 'x');
  const Bytes long_one(max_record_bytes, 'x');
  CHECK_THROWS_AS(encode(batch_of({})), std::invalid_argument);
  CHECK_THROWS_AS(encode(batch_of({""})), std::invalid_argument);
  CHECK_THROWS_AS(encode(batch_of({too_long})), std::invalid_argument);
  CHECK_THROWS_AS(encode(batch_of({long_one, long_one})), std::invalid_argument);
  CHECK_THROWS_AS(encode(batch_of(std::vector<BytesView>(max_records_per_batch + 1, "r"))), std::invalid_argument);
  CHECK_NOTHROW(encode(batch_of({long_one})));
  Frame nameless = batch_of({"one"});
  nameless.ledger = "";
  CHECK_THROWS_AS(encode(nameless), std::invalid_argument);
  Frame half_signed = batch_of({"one"});
  half_signed.signature = "short";
  CHECK_THROWS_AS(encode(half_signed), std::invalid_argument);
}
