// A stream of actions on a connection: one coroutine reads lines, another writes answers, each waiting for the other
// only when too much is under way.
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>
#include <tuple>

#include "src/http/session.hpp"

namespace aidledger::http {

/// What the two share. `signal` never expires: cancelling it wakes who waits.
struct Session::Stream {
  explicit Stream(const Executor& executor)
      : answers(executor, Timer::time_point::max()), room(executor, Timer::time_point::max()) {}
  Timer answers;  ///< cancelled when there may be something to write
  Timer room;     ///< cancelled when there may be room for more lines
  std::unique_ptr<ActionLines> lines;
  bool reading = true;  ///< the reader has not ended
  bool broken = false;  ///< nobody listens any more
};

Awaitable<bool> Session::serve_lines(Exchange& exchange) {
  const auto executor = socket_.get_executor();
  const auto stream = std::make_shared<Stream>(executor);
  // Answers outlive the connection: a late one finds the signal of its stream, or nothing.
  const auto wake = [executor, weak = std::weak_ptr<Stream>(stream)] {
    asio::post(executor, [weak] {
      if (const auto alive = weak.lock()) alive->answers.cancel();
    });
  };
  stream->lines = lane_.handler.open_lines(exchange.admission.visit, wake);
  asio::co_spawn(executor, read_lines(exchange, stream), asio::detached);
  const bool sent = co_await write_lines(exchange, stream);
  lane_.handler.lines_ended(*exchange.admission.visit);
  co_return sent&& exchange.keep_alive&& exchange.parser.done();
}

/// Ends with the body, or when nobody listens any more. Lines keep the connection alive; bytes alone do not.
Awaitable<void> Session::read_lines(Exchange& exchange, std::shared_ptr<Stream> stream) {
  auto& parser = exchange.parser;
  enter(Phase::stream, lane_.settings.body_wait_us);
  while (!stream->broken) {
    if (!pending().empty() && !parser.done()) take(parser);
    if (stream->lines->feed(parser.take_body()) > 0) enter(Phase::stream, lane_.settings.idle_wait_us);
    if (parser.problem() != nullptr || parser.body_bytes() > exchange.admission.limit) {
      stream->lines->break_off(parser.problem() != nullptr ? *parser.problem() : problem::body_too_large);
      break;
    }
    if (parser.done()) {
      stream->lines->finish();
      break;
    }
    while (!stream->lines->wants_more() && !stream->broken) {
      enter(Phase::stream, INT64_MAX);
      co_await stream->room.async_wait(quietly);
      enter(Phase::stream, lane_.settings.idle_wait_us);
    }
    if (!stream->broken && !co_await read_some()) stream->broken = true;
  }
  stream->reading = false;
  enter(Phase::answer, INT64_MAX);
  stream->answers.cancel();
}

/// Returns once the reader has ended too. False when the connection is over.
Awaitable<bool> Session::write_lines(Exchange& exchange, std::shared_ptr<Stream> stream) {
  const bool chunked = !exchange.parser.http_1_0();
  if (!chunked) exchange.keep_alive = false;
  Response response{.content_type = ndjson_type};
  response.headers.emplace_back("X-Request-Id", exchange.admission.visit->request_id);
  // Lines may be answered before the body has come: whether the connection lives on is not known yet.
  std::string out = head_text(response, {.framing = chunked ? Framing::chunked : Framing::until_close,
                                         .keep_alive = exchange.keep_alive,
                                         .date = lane_.date});
  for (;;) {
    const auto lines = stream->lines->take();
    if (!lines.empty()) out += chunked ? chunk_text(lines) : lines;
    // What is answered during a write wakes nobody: only who had nothing to write may wait.
    const bool nothing_to_write = out.empty();
    if (!nothing_to_write && !stream->broken) {
      if (!co_await write(out)) stream->broken = true;
      stream->room.cancel();
    }
    out.clear();
    if (!stream->reading && (stream->broken || stream->lines->done())) break;
    if (stream->broken && stream->reading) {
      boost::system::error_code error;
      std::ignore = socket_.close(error);
      stream->room.cancel();
    }
    if (nothing_to_write) co_await stream->answers.async_wait(quietly);
  }
  co_return !stream->broken && (!chunked || co_await write(last_chunk));
}

}  // namespace aidledger::http
