// Bytes of a connection: a request, its path and its query.
#include "src/http/request_parser.hpp"

#include <algorithm>

#include "src/http/target.hpp"
#include "tests/fuzz/fuzz.hpp"

namespace aidledger::fuzz {
namespace {

constexpr std::uint32_t head_limit = 16'384;

struct Seen {
  const http::ProblemKind* problem;
  bool done;
  std::string body, target;
  bool operator==(const Seen&) const = default;
};

/// What is understood of it when it comes in pieces of this size.
Seen in_pieces(BytesView input, std::size_t piece) {
  http::RequestParser parser(head_limit);
  std::string body;
  while (!input.empty() && !parser.done() && parser.problem() == nullptr) {
    const auto used = parser.put(input.substr(0, piece));
    body += parser.take_body();
    if (used == 0 && piece >= input.size()) break;
    if (used == 0) {
      piece *= 2;  // it wants more than that at once
      continue;
    }
    input.remove_prefix(used);
  }
  return {parser.problem(), parser.done(), body, parser.head_done() ? parser.head("peer").target : ""};
}

}  // namespace

std::vector<Bytes> samples() {
  return {
      "GET /v1/ledgers/city/cases?limit=2&known_at=seq:7&min_seq=3 HTTP/1.1\r\nHost: h\r\nAuthorization: Bearer "
      "t\r\n\r\n",
      "POST /v1/ledgers/city/actions HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\nContent-Type: application/json\r\n"
      "Idempotency-Key: \"a-1\"\r\n\r\n{}{}\n",
      "POST /a HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\nExpect: 100-continue\r\n\r\n3\r\nabc\r\n0\r\n\r\n",
      "GET /%41%2f?a=%zz HTTP/1.0\r\nHost: h\r\nConnection: close\r\n\r\n"};
}

/// However the bytes are cut on their way, they are the same request. What is refused for its head may come with its
/// body or without; where a head is too long by a few bytes is left open.
void look_at(BytesView input) {
  const Seen whole = in_pieces(input, std::max<std::size_t>(1, input.size()));
  if (whole.done && input.size() <= head_limit) {
    const Seen cut = in_pieces(input, 7);
    must(cut.problem == whole.problem, "what is refused is refused in pieces");
    must(cut == whole || whole.problem != nullptr, "a request in pieces is the same request");
  }
  const auto [path, query] = http::split_target(whole.target);
  const auto decoded = http::percent_decode(path);
  must(!decoded || decoded->size() <= path.size(), "escapes stand for fewer bytes");
  const auto asked = http::read_query({.of_ledger = true, .paged = true}, query);
  must(asked.has_value() || !query.empty(), "nothing is refused where nothing is asked");
}

}  // namespace aidledger::fuzz
