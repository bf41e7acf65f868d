#include "src/http/handler.hpp"

#include "events/catalogue.hpp"
#include "src/http/openapi.hpp"

namespace aidledger::http {
namespace {

constexpr std::size_t feed_page_records = 500, feed_page_bytes = 256 * 1024;

Call call_of(const Visit& visit, Tree body) {
  Call call;
  call.operation = visit.route->operation, call.caller = visit.caller;
  call.ledger = visit.args.ledger, call.kind = visit.args.kind, call.id = visit.args.id;
  call.known_at = visit.query.known_at, call.cursor = visit.query.cursor, call.filters = visit.query.filters;
  if (visit.query.limit > 0) call.limit = visit.query.limit;
  call.body = std::move(body);
  return call;
}

/// {"data", "up_to_seq", "next"}: every read says up to which record it is true.
Response response_of(const Visit& visit, Reply reply) {
  Response response;
  response.status = reply.created ? 201 : 200;
  if (!reply.etag.empty()) {
    const std::string etag = "\"" + reply.etag + "\"";
    response.headers.emplace_back("ETag", etag);
    if (visit.if_none_match == etag) {
      response.status = 304, response.content_type = {};
      return response;
    }
  }
  Tree body = Tree::object();
  if (reply.seq) body.set("up_to_seq", *reply.seq);
  body.set("data", std::move(reply.body));
  if (!reply.next.empty()) body.set("next", cursor_of(reply.next));
  response.body = json::print(body);
  return response;
}

Response marked(Response response, const std::string& stale) {
  if (!stale.empty()) response.headers.emplace_back(stale_field.name, stale);
  return response;
}

std::string lines_of(const FeedPage& page) {
  std::string out;
  for (const auto& line : page.lines) {
    json::print_to(line, out);
    out += '\n';
  }
  return out;
}

/// The rest of a feed, page by page, each asked for when the one before has been sent.
class FeedChunks : public ChunkSource, public std::enable_shared_from_this<FeedChunks> {
 public:
  FeedChunks(Service& service, std::function<void(std::function<void()>)> readers, FeedQuery query,
             std::optional<std::uint64_t> left)
      : service_(service), readers_(std::move(readers)), query_(std::move(query)), left_(left) {}

  /// The page to begin with; it has been read already, so that a refusal could still be a response of its own.
  void begin_with(FeedPage page) { first_ = advance(std::move(page)); }

  void next(std::function<void(Chunk)> then) override {
    if (first_) return then(*std::exchange(first_, std::nullopt));
    readers_([self = shared_from_this(), then = std::move(then)] { then(self->read()); });
  }

  /// Bounds the next page.
  const FeedQuery& next_query() {
    query_.max_records = left_ ? std::min<std::uint64_t>(*left_, feed_page_records) : feed_page_records;
    return query_;
  }

 private:
  Chunk read() try {
    auto page = service_.feed(next_query());
    return page ? advance(std::move(*page)) : Chunk{.broken = true};
  } catch (const std::exception&) {
    return {.broken = true};
  }

  Chunk advance(FeedPage page) {
    if (left_) *left_ -= std::min(*left_, page.next - query_.from);
    const bool over = page.at_end || page.next == query_.from || left_ == 0U;
    query_.from = page.next;
    return {.bytes = lines_of(page), .end = over};
  }

  Service& service_;
  std::function<void(std::function<void()>)> readers_;
  FeedQuery query_;
  std::optional<std::uint64_t> left_;  ///< records; nullopt = up to the end
  std::optional<Chunk> first_;
};

const std::string& cached_actions() {
  static const std::string text = json::print(action_catalogue());
  return text;
}

const std::string& cached_events() {
  static const std::string text = json::print(Tree::object().set("data", catalogue_tree()));
  return text;
}

const std::string& cached_openapi() {
  static const std::string text = json::print(openapi_document());
  return text;
}

}  // namespace

Handler::Handler(HandlerPorts ports, HandlerSettings settings)
    : ports_(std::move(ports)),
      settings_(settings),
      desk_(ports_.service, settings.answer_wait_us),
      min_seq_waits_(settings.min_seq_wait_us),
      id_prefix_(to_hex(ports_.random.bytes(6)) + "-") {}

void Handler::sweep() {
  const auto now = ports_.clock.monotonic_us();
  desk_.sweep(now);
  min_seq_waits_.sweep(now);
}

void Handler::handle(const VisitPtr& visit, std::string body, Respond respond) {
  switch (visit->route->answerer) {
    case Answerer::act: return act(visit, body, std::move(respond));
    case Answerer::feed: return feed(visit, std::move(respond));
    case Answerer::call: break;
    default: return answer_now(visit, respond, [&] { return answer_open(*visit); });
  }
  Tree tree;
  if (visit->route->body != nullptr) {
    auto read = json::parse(body);
    if (!read) return respond([this, visit, details = details_of(read.error())] { return no(*visit, details); });
    Problems problems;
    visit->route->body->check(*read, problems);
    if (!problems.empty())
      return respond([this, visit, details = details_of(problems)] { return no(*visit, details); });
    tree = std::move(*read);
  }
  call(visit, std::move(tree), std::move(respond));
}

void Handler::act(const VisitPtr& visit, const std::string& body, Respond respond) {
  std::string found_id;
  const auto then = [this, visit, respond](Decided decided) {
    respond([this, visit, decided = std::move(decided)] {
      if (!decided) return no(*visit, decided.error());
      return guarded(*visit, [&] {
        return finish(*visit, {.status = status_of(decided), .body = json::print(body_of(*decided))});
      });
    });
  };
  try {
    desk_.hand_in(visit->began_us, visit->caller, visit->args.ledger, body, visit->idempotency_key, found_id, then);
  } catch (const std::exception& error) {
    failed(*visit, error.what());
    then(std::unexpected(details_of(problem::internal)));
  }
}

/// Calls `then` at once, or when the record that the caller waits for can be read.
void Handler::when_there(const VisitPtr& visit, const Respond& respond, std::function<void()> then) {
  if (!visit->query.min_seq) return then();
  const auto wait = min_seq_waits_.begin(visit->began_us, [this, visit, respond] {
    respond([this, visit] { return no(*visit, details_of(problem::not_there_yet)); });
  });
  ports_.service.when_readable(visit->args.ledger, *visit->query.min_seq, [wait, then = std::move(then)] {
    if (wait->claim()) then();
  });
}

/// What belongs to no address is of the caller's ledger.
void Handler::read(const Visit& visit, std::function<void()> task) {
  ports_.readers(visit.args.ledger.empty() ? visit.caller->ledger : visit.args.ledger, std::move(task));
}

void Handler::call(const VisitPtr& visit, Tree body, Respond respond) {
  when_there(visit, respond, [this, visit, body = std::move(body), respond] {
    read(*visit,
         [this, visit, body, respond] { answer_now(visit, respond, [&] { return answer_call(*visit, body); }); });
  });
}

Response Handler::answer_call(const Visit& visit, Tree body) {
  const auto stale = stale_mark(visit);
  auto reply = ports_.service.call(call_of(visit, std::move(body)));
  return marked(reply ? finish(visit, response_of(visit, std::move(*reply))) : no(visit, details_of(reply.error())),
                stale);
}

void Handler::feed(const VisitPtr& visit, Respond respond) {
  when_there(visit, respond, [this, visit, respond] {
    read(*visit, [this, visit, respond] { answer_now(visit, respond, [&] { return answer_feed(visit); }); });
  });
}

Response Handler::answer_feed(const VisitPtr& visit) {
  const FeedQuery query{visit->caller, visit->args.ledger, visit->query.from, 0, feed_page_bytes};
  const auto left = visit->query.limit > 0 ? std::optional<std::uint64_t>(visit->query.limit) : std::nullopt;
  const auto chunks = std::make_shared<FeedChunks>(
      ports_.service, [this, visit](std::function<void()> task) { read(*visit, std::move(task)); }, query, left);
  const auto stale = stale_mark(*visit);
  auto page = ports_.service.feed(chunks->next_query());
  if (!page) return marked(no(*visit, details_of(page.error())), stale);
  chunks->begin_with(std::move(*page));
  return marked(finish(*visit, {.content_type = ndjson_type, .chunks = chunks}), stale);
}

/// Asked before the read: what comes to pass meanwhile makes it no older.
std::string Handler::stale_mark(const Visit& visit) {
  return visit.route->reads_ledger() ? ports_.service.stale(visit.args.ledger) : std::string();
}

Response Handler::answer_open(const Visit& visit) {
  Response response;
  switch (visit.route->answerer) {
    case Answerer::health: response.content_type = text_type, response.body = "ok\n"; break;
    case Answerer::metrics: response.content_type = metrics_type, response.body = ports_.metrics.text(); break;
    case Answerer::openapi: response.body = cached_openapi(); break;
    case Answerer::events: response.body = cached_events(); break;
    case Answerer::actions: response.body = cached_actions(); break;
    default: {
      const auto readiness = ports_.service.readiness(visit.args.ledger);
      response.status = readiness.ready ? 200 : 503;
      response.body = json::print(Tree::object().set("ready", readiness.ready).set("ledgers", readiness.detail));
    }
  }
  return finish(visit, std::move(response));
}

std::unique_ptr<ActionLines> Handler::open_lines(const VisitPtr& visit, std::function<void()> wake) {
  return std::make_unique<ActionLines>(
      desk_, ports_.metrics, LineContext{visit->caller, visit->args.ledger, visit->request_id}, settings_.lines,
      [this] { return ports_.clock.monotonic_us(); }, std::move(wake));
}

/// What is thrown becomes a 500 that says nothing but its request id.
Response Handler::guarded(const Visit& visit, const std::function<Response()>& make) try {
  return make();
} catch (const std::exception& error) {
  failed(visit, error.what());
  return no(visit, details_of(problem::internal));
}

void Handler::answer_now(const VisitPtr& visit, const Respond& respond, const std::function<Response()>& make) {
  respond([response = guarded(*visit, make)]() mutable { return std::move(response); });
}

Response Handler::complain(const ProblemKind& kind, const VisitPtr& visit) {
  if (visit != nullptr) return no(*visit, details_of(kind));
  Visit unknown;
  unknown.request_id = next_request_id(), unknown.began_us = ports_.clock.monotonic_us();
  return no(unknown, details_of(kind));
}

Response Handler::no(const Visit& visit, const ProblemDetails& details) {
  return finish(visit, http::response_of(details, visit.request_id, visit.path));
}

Response Handler::finish(const Visit& visit, Response response) {
  response.headers.emplace_back("X-Request-Id", visit.request_id);
  log(visit, response.status);
  return response;
}

void Handler::log(const Visit& visit, int status) {
  const auto took = ports_.clock.monotonic_us() - visit.began_us;
  const std::string_view route = visit.route != nullptr ? visit.route->name() : "none";
  ports_.metrics.answered(route, status, static_cast<double>(took) / 1e6);
  if (!ports_.access_log) return;
  const std::string_view principal = visit.caller != nullptr ? visit.caller->id : std::string_view{};
  ports_.access_log({visit.request_id, visit.peer, principal, route, visit.args.ledger, status, took});
}

void Handler::failed(const Visit& visit, const char* what) {
  if (ports_.failures) ports_.failures(visit.request_id, what);
}

}  // namespace aidledger::http
