#pragma once
// From a request to its response, without sockets: the middle of the door. May be used from several threads at once.
#include <map>

#include "src/http/action_lines.hpp"
#include "src/http/target.hpp"
#include "src/world/world.hpp"

namespace aidledger::http {

struct HandlerSettings {
  std::size_t body_limit = 1024 * 1024;          ///< bytes of one body
  std::size_t stream_limit = 256 * 1024 * 1024;  ///< bytes of one stream of actions
  LineBounds lines;
  std::int64_t answer_wait_us = 30'000'000;  ///< an action not answered by then is "unknown" to its caller
  std::int64_t min_seq_wait_us = 5'000'000;
  /// A token is looked up again after this long: a revoked one is refused within a second.
  std::int64_t token_memory_us = 500'000;
};

/// One line of the access log. No address beyond the peer's, no query, no body.
struct AccessLine {
  std::string_view request_id, peer, principal, route, ledger;
  int status = 0;
  std::int64_t took_us = 0;
};

struct HandlerPorts {
  Service& service;
  Metrics& metrics;
  world::Clock& clock;
  world::Random& random;
  /// Runs a task, which is about that ledger, on a thread that may block.
  std::function<void(std::string_view ledger, std::function<void()>)> readers;
  std::function<void(const AccessLine&)> access_log;                                 ///< may be empty
  std::function<void(std::string_view request_id, std::string_view what)> failures;  ///< may be empty
};

/// One request on its way.
struct Visit {
  std::string request_id;
  Verb verb = Verb::get;
  const Route* route = nullptr;
  std::string path, peer;
  PathArgs args;
  Query query;
  Caller caller;  ///< null for what is open to all
  std::string idempotency_key, if_none_match;
  std::int64_t began_us = 0;
};
using VisitPtr = std::shared_ptr<const Visit>;

enum class BodyMode : std::uint8_t { none, whole, lines };

/// What a request's head leads to: an answer at once, or a body of that mode to be read.
struct Admission {
  VisitPtr visit;
  BodyMode body = BodyMode::none;
  std::size_t limit = 0;  ///< bytes of the body
  std::optional<Response> answer;
};

class Handler {
 public:
  Handler(HandlerPorts ports, HandlerSettings settings);

  Admission admit(const Head& head);
  /// `body` is empty unless the mode is whole. Answers once, on any thread.
  void handle(const VisitPtr& visit, std::string body, Respond respond);
  /// For the mode lines. `wake` may be called on any thread.
  std::unique_ptr<ActionLines> open_lines(const VisitPtr& visit, std::function<void()> wake);
  /// Counts a stream of actions whose last answer has been sent.
  void lines_ended(const Visit& visit) { log(visit, 200); }
  /// What the server itself refuses (a head it cannot read, a body that is late or too large).
  Response complain(const ProblemKind& kind, const VisitPtr& visit = nullptr);
  /// Ends waits whose time has passed: call several times a second.
  void sweep();

  Metrics& metrics() { return ports_.metrics; }
  const HandlerSettings& settings() const { return settings_; }

 private:
  struct KnownToken {
    Caller caller;
    std::int64_t until_us;
  };

  std::string next_request_id();
  Caller authenticate(const std::string& authorization, std::int64_t now_us);
  Response finish(const Visit& visit, Response response);
  Response no(const Visit& visit, const ProblemDetails& details);
  void log(const Visit& visit, int status);
  void failed(const Visit& visit, const char* what);
  Response guarded(const Visit& visit, const std::function<Response()>& make);
  void answer_now(const VisitPtr& visit, const Respond& respond, const std::function<Response()>& make);
  void look_at(const Head& head, Visit& visit, Admission& admission);

  void act(const VisitPtr& visit, const std::string& body, Respond respond);
  void read(const Visit& visit, std::function<void()> task);
  void call(const VisitPtr& visit, Tree body, Respond respond);
  void feed(const VisitPtr& visit, Respond respond);
  void when_there(const VisitPtr& visit, const Respond& respond, std::function<void()> then);
  std::string stale_mark(const Visit& visit);
  Response answer_call(const Visit& visit, Tree body);
  Response answer_feed(const VisitPtr& visit);
  Response answer_open(const Visit& visit);

  HandlerPorts ports_;
  HandlerSettings settings_;
  Desk desk_;
  Waits min_seq_waits_;
  std::string id_prefix_;
  std::atomic<std::uint64_t> requests_ = 0;
  std::mutex tokens_mutex_;
  std::map<std::string, KnownToken, std::less<>> tokens_;
};

}  // namespace aidledger::http
