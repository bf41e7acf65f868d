#include "src/http/session.hpp"

#include <array>
#include <boost/asio/read.hpp>
#include <boost/asio/write.hpp>
#include <tuple>

namespace aidledger::http {
namespace {

constexpr std::size_t read_bytes = 16 * 1024;
/// After a refusal in the middle of a body: what is read and thrown away, so that the answer is not lost in a reset.
constexpr std::size_t linger_bytes = 1024 * 1024;
constexpr std::int64_t linger_us = 2'000'000;
constexpr std::int64_t never = INT64_MAX;

}  // namespace

Session::Session(Socket socket, LaneView& lane)
    : socket_(std::move(socket)), lane_(lane), deadline_us_(lane.clock.monotonic_us() + lane.settings.head_wait_us) {
  boost::system::error_code error;
  std::ignore = socket_.set_option(asio::ip::tcp::no_delay(true), error);
  std::ignore = socket_.non_blocking(true, error);
  if (const auto remote = socket_.remote_endpoint(error); !error) peer_ = remote.address().to_string();
}

void Session::enter(Phase phase, std::int64_t wait_us) {
  phase_ = phase;
  late_ = false;
  deadline_us_ = wait_us == never ? never : lane_.clock.monotonic_us() + wait_us;
}

std::string_view Session::phase_name() const {
  constexpr std::array<std::string_view, 6> names{"idle", "slow-head", "slow-body", "slow-stream", "answer", "linger"};
  return names.at(static_cast<std::size_t>(phase_));
}

void Session::check_deadline(std::int64_t now_us) {
  const bool slow_reader = now_us >= write_deadline_us_;
  if (now_us < deadline_us_ && !slow_reader) return;
  deadline_us_ = write_deadline_us_ = never;
  late_ = true;
  lane_.handler.metrics().cut(slow_reader ? "slow-reader" : phase_name());
  boost::system::error_code error;
  if (!slow_reader && (phase_ == Phase::head || phase_ == Phase::body))
    std::ignore = socket_.cancel(error);  // it is told so
  else
    std::ignore = socket_.close(error);
}

void Session::close_if_idle() {
  boost::system::error_code error;
  if (phase_ == Phase::idle) std::ignore = socket_.close(error);
}

Awaitable<void> Session::serve() {
  while (co_await serve_one()) {
    if (lane_.stopping) break;
    if (pending().empty()) enter(Phase::idle, lane_.settings.idle_wait_us);
  }
  boost::system::error_code error;
  std::ignore = socket_.close(error);
}

/// False when the connection is over.
Awaitable<bool> Session::serve_one() {
  Exchange exchange{RequestParser(lane_.settings.head_limit), {}};
  if (!co_await read_head(exchange.parser)) co_return false;
  if (const auto* problem = exchange.parser.problem()) co_return co_await refuse(exchange, *problem);
  exchange.keep_alive = exchange.parser.keep_alive() && !lane_.stopping;
  exchange.admission = lane_.handler.admit(exchange.parser.head(peer_));
  if (exchange.admission.answer) {
    exchange.keep_alive = exchange.keep_alive && exchange.parser.done();
    co_return co_await send(exchange, std::move(*exchange.admission.answer));
  }
  const auto length = exchange.parser.content_length();
  if (length && *length > exchange.admission.limit) co_return co_await refuse(exchange, problem::body_too_large);
  if (!co_await invite_body(exchange)) co_return false;
  if (exchange.admission.body == BodyMode::lines) co_return co_await serve_lines(exchange);
  std::string body;
  if (exchange.admission.body == BodyMode::whole && !co_await read_body(exchange, body)) co_return false;
  exchange.keep_alive = exchange.keep_alive && exchange.parser.done();
  co_return co_await answer(exchange, std::move(body));
}

void Session::take(RequestParser& parser) {
  used_ += parser.put(pending());
  if (used_ < buffer_.size()) return;
  buffer_.clear();
  used_ = 0;
}

/// False when nothing more comes.
Awaitable<bool> Session::read_some() {
  buffer_.erase(0, std::exchange(used_, 0));
  const auto before = buffer_.size();
  // Room to read into, not filled with zeros first.
  buffer_.resize_and_overwrite(before + read_bytes, [](char*, std::size_t size) { return size; });
  const auto [error, size] =
      co_await socket_.async_read_some(asio::buffer(buffer_.data() + before, read_bytes), quietly);
  buffer_.resize(before + (error ? 0 : size));
  co_return !error;
}

Awaitable<bool> Session::read_head(RequestParser& parser) {
  bool begun = false;
  for (;;) {
    if (!pending().empty()) {
      if (!begun) enter(Phase::head, lane_.settings.head_wait_us);
      begun = true;
      take(parser);
      if (parser.problem() != nullptr || parser.head_done()) co_return true;
    }
    if (co_await read_some()) continue;
    if (late_ && begun) {
      Exchange exchange{RequestParser(lane_.settings.head_limit), {}};
      co_await refuse(exchange, problem::request_timeout);
    }
    co_return false;
  }
}

Awaitable<bool> Session::invite_body(const Exchange& exchange) {
  const bool waits = exchange.parser.expects_continue() && !exchange.parser.done() &&
                     exchange.parser.body_bytes() == 0 && exchange.admission.body != BodyMode::none;
  co_return !waits || co_await write(continue_text);
}

/// False when the connection is over; what is wrong with the body has been said.
Awaitable<bool> Session::read_body(Exchange& exchange, std::string& body) {
  auto& parser = exchange.parser;
  enter(Phase::body, lane_.settings.body_wait_us);
  for (;;) {
    if (!pending().empty() && !parser.done()) take(parser);
    if (parser.problem() != nullptr) co_return co_await refuse(exchange, *parser.problem());
    if (parser.body_bytes() > exchange.admission.limit) co_return co_await refuse(exchange, problem::body_too_large);
    if (parser.done()) break;
    if (co_await read_some()) continue;
    co_return late_&& co_await refuse(exchange, problem::request_timeout);
  }
  body = parser.take_body();
  co_return true;
}

/// Always false: the rest of the request is unknown.
Awaitable<bool> Session::refuse(Exchange& exchange, const ProblemKind& kind) {
  exchange.keep_alive = false;
  co_await send(exchange, lane_.handler.complain(kind, exchange.admission.visit));
  co_return false;
}

Awaitable<bool> Session::answer(Exchange& exchange, std::string body) {
  enter(Phase::answer, never);
  const auto make = co_await answer_of<MakeResponse>(
      socket_.get_executor(),
      [this, &exchange, body = std::move(body)](std::function<void(MakeResponse)> then) mutable {
        lane_.handler.handle(exchange.admission.visit, std::move(body), std::move(then));
      });
  co_return co_await send(exchange, make());
}

/// False when the connection is over.
Awaitable<bool> Session::send(Exchange& exchange, Response response) {
  const bool head_only = exchange.admission.visit != nullptr && exchange.admission.visit->verb == Verb::head;
  const bool chunked = exchange.parser.head_done() && !exchange.parser.http_1_0();
  enter(Phase::answer, never);
  Wire wire{.keep_alive = exchange.keep_alive, .date = lane_.date};
  if (response.chunks != nullptr) wire.framing = chunked ? Framing::chunked : Framing::until_close;
  if (wire.framing == Framing::until_close) wire.keep_alive = false;
  const auto head = head_text(response, wire);
  if (!co_await write(head, head_only ? std::string_view{} : std::string_view(response.body))) co_return false;
  if (response.chunks != nullptr && !head_only && !co_await send_chunks(*response.chunks, chunked)) co_return false;
  if (!wire.keep_alive && !exchange.parser.done()) co_await linger();
  co_return wire.keep_alive;
}

Awaitable<bool> Session::send_chunks(ChunkSource& source, bool chunked) {
  for (;;) {
    const auto chunk = co_await answer_of<Chunk>(
        socket_.get_executor(), [&source](std::function<void(Chunk)> then) { source.next(std::move(then)); });
    if (chunk.broken) co_return false;
    if (!chunk.bytes.empty() && !co_await write(chunked ? chunk_text(chunk.bytes) : chunk.bytes)) co_return false;
    if (chunk.end) co_return !chunked || co_await write(last_chunk);
  }
}

/// Mostly the socket has room for all of it at once, and nothing needs to be awaited.
Awaitable<bool> Session::write(std::string_view first, std::string_view second) {
  std::array<asio::const_buffer, 2> parts{asio::buffer(first.data(), first.size()),
                                          asio::buffer(second.data(), second.size())};
  boost::system::error_code error;
  const std::size_t sent = socket_.write_some(parts, error);
  if (!error && sent == first.size() + second.size()) co_return true;
  if (error && error != asio::error::would_block) co_return false;
  write_deadline_us_ = lane_.clock.monotonic_us() + lane_.settings.write_wait_us;
  const std::size_t of_first = std::min(sent, first.size());
  parts[0] += of_first;
  parts[1] += sent - of_first;
  std::tie(error, std::ignore) = co_await asio::async_write(socket_, parts, quietly);
  write_deadline_us_ = never;
  co_return !error;
}

Awaitable<void> Session::linger() {
  boost::system::error_code error;
  std::ignore = socket_.shutdown(Socket::shutdown_send, error);
  enter(Phase::linger, linger_us);
  for (std::size_t left = linger_bytes; left > read_bytes; left -= read_bytes) {
    buffer_.clear();
    used_ = 0;
    if (!co_await read_some()) break;
  }
}

}  // namespace aidledger::http
