// One bound for a head, however its bytes come.
#include "src/http/request_parser.hpp"

#include <catch2/catch.hpp>

using namespace aidledger::http;

namespace {

constexpr std::uint32_t head_limit = 2'048;

std::string head_of(std::size_t bytes) {
  const std::string start = "POST /a HTTP/1.1\r\nHost: here\r\nContent-Length: 4\r\nX-Long: ", end = "\r\n\r\n";
  return start + std::string(bytes - start.size() - end.size(), 'x') + end;
}

/// Gives the parser what it has not taken and `piece` bytes more, again and again, as a connection does.
void put_in_pieces(RequestParser& parser, const std::string& bytes, std::size_t piece) {
  std::size_t used = 0;
  for (std::size_t come = 0; used < bytes.size() && !parser.done() && parser.problem() == nullptr;) {
    come = std::min(come + piece, bytes.size());
    used += parser.put(std::string_view(bytes).substr(used, come - used));
  }
}

}  // namespace

TEST_CASE("a head of as many bytes as may be is read, however they come, and what follows it", "[http][parser]") {
  const auto piece = GENERATE(std::size_t{1}, std::size_t{7}, std::size_t{2'047}, std::size_t{100'000});
  CAPTURE(piece);
  RequestParser parser(head_limit);
  put_in_pieces(parser, head_of(head_limit) + "body", piece);
  REQUIRE(parser.problem() == nullptr);
  CHECK(parser.done());
  CHECK(parser.take_body() == "body");
}

TEST_CASE("a head of one byte more is refused, however they come", "[http][parser]") {
  const auto piece = GENERATE(std::size_t{1}, std::size_t{7}, std::size_t{2'048}, std::size_t{100'000});
  const auto longer = GENERATE(std::size_t{1}, std::size_t{50'000});
  CAPTURE(piece, longer);
  RequestParser parser(head_limit);
  put_in_pieces(parser, head_of(head_limit + longer) + "body", piece);
  CHECK(parser.problem() == &problem::head_too_large);
}
