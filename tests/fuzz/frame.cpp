// A batch as it comes from the topic, before anybody has looked at its signature.
#include "src/log/frame.hpp"

#include "tests/fuzz/fuzz.hpp"

namespace aidledger::fuzz {

std::vector<Bytes> samples() {
  log::Frame frame;
  frame.ledger = "city";
  frame.waiting = 2;
  frame.first_seq = 7;
  frame.records = {"a record", "another", "x"};
  const Bytes unsigned_one = log::encode(frame);
  return {unsigned_one, log::with_signature(unsigned_one, Bytes(log::signature_bytes, 's'))};
}

/// What parses has one form only, and its records lie where they are said to lie.
void look_at(BytesView input) {
  if (log::parse_envelope(input)) {
    const auto [part, signature] = log::signed_part(input);
    must(part.size() + signature.size() < input.size(), "part and signature lie in the frame");
  }
  const auto frame = log::parse(input);
  if (!frame) return;
  must(log::encode(*frame) == input, "a frame has one form");
  must(log::seqs_of(input).next == frame->next_seq(), "the seqs are those of its records");
  for (std::size_t i = 0; i < frame->records.size(); ++i) {
    const auto [at, length] = log::record_span(input, i);
    must(input.substr(at, length) == frame->records[i], "a record lies where its span says");
  }
}

}  // namespace aidledger::fuzz
