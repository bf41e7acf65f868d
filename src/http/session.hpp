#pragma once
// One connection, from accept to close. Lives on its lane's thread; only answers arrive from elsewhere, and are posted.

#include "src/http/awaiting.hpp"
#include "src/http/request_parser.hpp"
#include "src/http/response_text.hpp"
#include "src/http/server.hpp"

namespace aidledger::http {

/// What the connections of one thread share.
struct LaneView {
  Handler& handler;
  world::Clock& clock;
  const ServerSettings& settings;
  bool stopping = false;
  std::string date;  ///< as of the last sweep
};

class Session {
 public:
  Session(Socket socket, LaneView& lane);

  /// Serves until the connection ends. Keep the session alive meanwhile.
  Awaitable<void> serve();
  /// Ends what is too late. Call often.
  void check_deadline(std::int64_t now_us);
  /// Ends the connection if it is between two requests.
  void close_if_idle();

 private:
  enum class Phase : std::uint8_t { idle, head, body, stream, answer, linger };
  /// Ends after this request: keep_alive is false.
  struct Exchange {
    RequestParser parser;
    Admission admission;
    bool keep_alive = true;
  };
  struct Stream;

  Awaitable<bool> serve_one();
  Awaitable<bool> read_head(RequestParser& parser);
  Awaitable<bool> read_body(Exchange& exchange, std::string& body);
  Awaitable<bool> read_some();
  Awaitable<bool> answer(Exchange& exchange, std::string body);
  Awaitable<bool> refuse(Exchange& exchange, const ProblemKind& kind);
  Awaitable<bool> send(Exchange& exchange, Response response);
  Awaitable<bool> send_chunks(ChunkSource& source, bool chunked);
  Awaitable<bool> write(std::string_view first, std::string_view second = {});
  Awaitable<bool> invite_body(const Exchange& exchange);
  Awaitable<void> linger();

  Awaitable<bool> serve_lines(Exchange& exchange);
  Awaitable<void> read_lines(Exchange& exchange, std::shared_ptr<Stream> stream);
  Awaitable<bool> write_lines(Exchange& exchange, std::shared_ptr<Stream> stream);

  void enter(Phase phase, std::int64_t wait_us);
  std::string_view phase_name() const;
  std::string_view pending() const { return std::string_view(buffer_).substr(used_); }
  void take(RequestParser& parser);

  Socket socket_;
  LaneView& lane_;
  std::string peer_;
  std::string buffer_;  ///< what was read; the first `used_` bytes are done with
  std::size_t used_ = 0;
  Phase phase_ = Phase::idle;
  std::int64_t deadline_us_;  ///< of what is read
  std::int64_t write_deadline_us_ = INT64_MAX;
  bool late_ = false;  ///< the deadline of this phase has passed
};

}  // namespace aidledger::http
