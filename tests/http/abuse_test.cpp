// Requests that nobody in their right mind would send, made from good ones by a fixed seed: whatever comes, the answer
// is a response with a problem of the caller's making, never a failure of ours.
#include <catch2/catch.hpp>
#include <random>

#include "src/http/request_parser.hpp"
#include "tests/http/house.hpp"

namespace aidledger::http {
namespace {

constexpr int rounds = 2'000;
constexpr std::uint32_t seed = 20240210;

class Mischief {
 public:
  std::string spoil(std::string text) {
    for (auto times = below(4) + 1; times > 0; --times) spoil_once(text);
    return text;
  }
  std::size_t below(std::size_t bound) { return chance_() % bound; }

 private:
  void spoil_once(std::string& text) {
    const auto at = below(text.size() + 1);
    switch (below(6)) {
      case 0: text.insert(at, 1, static_cast<char>(chance_())); break;
      case 1: text.erase(at, below(8)); break;
      case 2: text.insert(at, pieces_.at(below(pieces_.size()))); break;
      case 3: text += text.substr(at); break;
      case 4: text.resize(at); break;
      default:
        if (at < text.size()) text[at] = static_cast<char>(text[at] ^ (1 << below(8)));
    }
  }

  std::mt19937 chance_{seed};
  const std::vector<std::string> pieces_{"{",
                                         "}",
                                         "[[[[[[",
                                         "\"",
                                         ",",
                                         ":",
                                         "null",
                                         "1e999",
                                         "\\ud8",
                                         "%",
                                         "%00",
                                         "?&=&",
                                         "/../",
                                         "\r\n",
                                         "\xff",
                                         "9223372036854775808",
                                         "\"a\":1,\"a\":2",
                                         "Transfer-Encoding: chunked\r\n",
                                         "Content-Length: 3\r\n"};
};

TEST_CASE("spoilt actions are answered, and always with a caller's problem", "[http][abuse]") {
  Door door;
  Mischief mischief;
  for (int i = 0; i < rounds; ++i) {
    const auto body = mischief.spoil(action_text("a-" + std::to_string(i)));
    const auto response = door.act(body);
    INFO(body);
    CHECK((response.status == 201 || (response.status >= 400 && response.status < 500)));
    CHECK(json::parse(response.body));
  }
}

TEST_CASE("spoilt addresses are answered, and always with a caller's problem", "[http][abuse]") {
  Door door;
  Mischief mischief;
  for (int i = 0; i < rounds; ++i) {
    const auto target = mischief.spoil("/v1/ledgers/hz/deadlines?case=c-1&from=2024-02-10&limit=5&known_at=seq:7");
    const auto response = door.get(target);
    INFO(target);
    CHECK(response.status < 500);
    if (response.chunks == nullptr) CHECK(json::parse(response.body));
  }
}

TEST_CASE("spoilt requests are framed alike, however their bytes are cut", "[http][abuse]") {
  Mischief mischief;
  const std::string good =
      "POST /v1/ledgers/hz/actions HTTP/1.1\r\nHost: here\r\nContent-Type: application/json\r\n"
      "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n";
  for (int i = 0; i < rounds; ++i) {
    const auto bytes = mischief.spoil(good);
    RequestParser whole(8'192), pieces(8'192);
    whole.put(bytes);
    std::string pending;
    for (const char c : bytes) {
      if (pieces.problem() != nullptr || pieces.done()) break;
      pending += c;
      pending.erase(0, pieces.put(pending));
    }
    INFO(bytes);
    // A head that does not end may be given up sooner or later.
    if (!pieces.head_done() && pieces.problem() == nullptr) {
      CHECK_FALSE(whole.done());
      continue;
    }
    CHECK((whole.problem() != nullptr) == (pieces.problem() != nullptr));
    if (whole.problem() != nullptr) continue;
    CHECK(whole.done() == pieces.done());
    CHECK(whole.body_bytes() == pieces.body_bytes());
  }
}

}  // namespace
}  // namespace aidledger::http
