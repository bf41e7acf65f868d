#include "src/http/request_parser.hpp"

#include <boost/beast/core/buffers_range.hpp>
#include <boost/beast/http/parser.hpp>

namespace aidledger::http {
namespace {

namespace bh = boost::beast::http;
using boost::beast::error_code;

/// Collects what comes; the parser's owner takes it out and keeps the bounds.
struct SinkBody {
  struct value_type {
    std::string bytes;
    std::uint64_t total = 0;
  };
  class reader {
   public:
    template <bool request, class Fields>
    reader(bh::header<request, Fields>&, value_type& value) : value_(value) {}
    void init(const boost::optional<std::uint64_t>&, error_code& error) { error = {}; }
    template <class Buffers>
    std::size_t put(const Buffers& buffers, error_code& error) {
      error = {};
      std::size_t size = 0;
      for (const auto part : boost::beast::buffers_range_ref(buffers)) {
        value_.bytes.append(static_cast<const char*>(part.data()), part.size());
        size += part.size();
      }
      value_.total += size;
      return size;
    }
    void finish(error_code& error) { error = {}; }

   private:
    value_type& value_;
  };
};

using Parser = bh::request_parser<SinkBody>;

Verb verb_of(bh::verb verb) {
  switch (verb) {
    case bh::verb::get: return Verb::get;
    case bh::verb::head: return Verb::head;
    case bh::verb::post: return Verb::post;
    case bh::verb::delete_: return Verb::delete_;
    case bh::verb::options: return Verb::options;
    default: return Verb::other;
  }
}

std::string text_of(const Parser& parser, bh::field field) {
  const auto found = parser.get().find(field);
  return found == parser.get().end() ? std::string{} : std::string(found->value());
}

/// One Host, no Transfer-Encoding but chunked, no field that must be single twice: what lies before us may read it
/// otherwise.
bool well_framed(const Parser& parser) {
  const auto& fields = parser.get();
  const bool http_1_1 = fields.version() == 11;
  if (!http_1_1 && fields.version() != 10) return false;
  if (http_1_1 && fields.count(bh::field::host) != 1) return false;
  for (const auto single : {bh::field::authorization, bh::field::content_type, bh::field::content_encoding})
    if (fields.count(single) > 1) return false;
  if (fields.count("Idempotency-Key") > 1) return false;
  if (fields.count(bh::field::transfer_encoding) == 0) return true;
  return http_1_1 && fields.count(bh::field::transfer_encoding) == 1 && fields.count(bh::field::content_length) == 0 &&
         boost::beast::iequals(fields[bh::field::transfer_encoding], "chunked");
}

}  // namespace

struct RequestParser::State {
  Parser parser;
  std::uint32_t head_limit;
  std::size_t head_used = 0;  ///< bytes of the head that the parser has taken
  const ProblemKind* problem = nullptr;
};

/// Beast bounds what it waits for, and not what comes at once: its own bound lies just behind ours.
RequestParser::RequestParser(std::uint32_t head_limit) : state_(std::make_unique<State>()) {
  state_->head_limit = head_limit;
  state_->parser.header_limit(head_limit + 1);
  state_->parser.body_limit(boost::none);
}

RequestParser::~RequestParser() = default;

std::size_t RequestParser::put(std::string_view bytes) {
  const std::size_t of_head = head_done() ? 0 : put_head(bytes);
  if (!head_done() || done() || state_->problem != nullptr || of_head == bytes.size()) return of_head;
  state_->parser.eager(true);
  return of_head + put_some(bytes.substr(of_head));
}

std::size_t RequestParser::put_head(std::string_view bytes) {
  const std::size_t used = put_some(bytes);  // not eager: nothing behind the head is taken
  state_->head_used += used;
  const std::size_t so_far = state_->head_used + (head_done() ? 0 : bytes.size() - used);
  if (so_far > state_->head_limit)
    state_->problem = &problem::head_too_large;
  else if (head_done() && !well_framed(state_->parser))
    state_->problem = &problem::bad_request;
  return used;
}

std::size_t RequestParser::put_some(std::string_view bytes) {
  error_code error;
  const auto used = state_->parser.put(boost::asio::buffer(bytes.data(), bytes.size()), error);
  if (error == bh::error::header_limit || error == bh::error::buffer_overflow)
    state_->problem = &problem::head_too_large;
  else if (error && error != bh::error::need_more)
    state_->problem = &problem::bad_request;
  return used;
}

const ProblemKind* RequestParser::problem() const { return state_->problem; }
bool RequestParser::head_done() const { return state_->parser.is_header_done(); }
bool RequestParser::done() const { return state_->parser.is_done(); }

Head RequestParser::head(std::string peer) const {
  const auto& parser = state_->parser;
  Head head;
  head.verb = verb_of(parser.get().method());
  head.target = std::string(parser.get().target());
  head.authorization = text_of(parser, bh::field::authorization);
  head.content_type = text_of(parser, bh::field::content_type);
  head.content_encoding = text_of(parser, bh::field::content_encoding);
  head.if_none_match = text_of(parser, bh::field::if_none_match);
  const auto key = parser.get().find("Idempotency-Key");
  if (key != parser.get().end()) head.idempotency_key = std::string(key->value());
  head.peer = std::move(peer);
  return head;
}

std::optional<std::uint64_t> RequestParser::content_length() const {
  const auto length = state_->parser.content_length();
  return length ? std::optional<std::uint64_t>(*length) : std::nullopt;
}

bool RequestParser::keep_alive() const { return state_->parser.keep_alive(); }
bool RequestParser::http_1_0() const { return state_->parser.get().version() == 10; }
bool RequestParser::expects_continue() const {
  return !http_1_0() && boost::beast::iequals(state_->parser.get()[bh::field::expect], "100-continue");
}

std::string RequestParser::take_body() { return std::exchange(state_->parser.get().body().bytes, {}); }
std::uint64_t RequestParser::body_bytes() const { return state_->parser.get().body().total; }

}  // namespace aidledger::http
