#pragma once
// A small house behind the door: answers by rule of thumb, remembers what it was asked, and can be told to be slow.
#include <map>
#include <mutex>
#include <vector>

#include "src/http/handler.hpp"
#include "src/http/metrics.hpp"

namespace aidledger::http {

class StillClock : public world::Clock {
 public:
  Instant now() override { return {1'700'000'000'000'000 + us}; }
  std::int64_t monotonic_us() override { return us; }
  void pass(std::int64_t how_long_us) { us += how_long_us; }

 private:
  std::atomic<std::int64_t> us = 1'000'000;
};

class PlainRandom : public world::Random {
 public:
  Bytes bytes(std::size_t count) override { return Bytes(count, '\x2a'); }
};

/// Tokens: "director", "clerk", "nobody". Actions: refused where the finding says so, kept waiting where it says
/// "slow".
class House : public Service {
 public:
  Caller authenticate(std::string_view token) override {
    ++authentications;
    if (token != "director" && token != "clerk") return nullptr;
    return std::make_shared<Principal>(Principal{.id = "t-" + std::string(token), .person = std::string(token)});
  }
  bool has_ledger(std::string_view ledger) override { return ledger == "hz"; }

  void act(const Caller&, ActionInput input, std::function<void(Acted)> then) override {
    const Tree data = input.type->to_tree(input.action.get());
    const auto* said = data.find("finding");
    const std::string finding = said != nullptr && said->as_string() != nullptr ? *said->as_string() : "";
    {
      const std::lock_guard lock(mutex);
      asked.push_back(input);
      most_in_flight = std::max(most_in_flight, held.size() + 1);
      if (finding == "slow") {
        held.push_back([input, then] { then(judge(input, "")); });
        return;
      }
    }
    then(judge(input, finding));
  }

  /// Answers what was kept waiting, last come first served.
  std::size_t let_go() {
    std::vector<std::function<void()>> now;
    {
      const std::lock_guard lock(mutex);
      now.swap(held);
    }
    for (auto it = now.rbegin(); it != now.rend(); ++it) (*it)();
    return now.size();
  }

  /// More than any socket takes at once, and different everywhere.
  static const std::string& large_text() {
    static const std::string text = [] {
      std::string numbers;
      for (int i = 0; numbers.size() < 16'000'000; ++i) numbers += std::to_string(i) + ' ';
      return numbers;
    }();
    return text;
  }

  std::expected<Reply, No> call(const Call& call) override {
    const std::lock_guard lock(mutex);
    calls.push_back(call);
    if (call.id == "broken") throw std::runtime_error("a secret of the disk");
    if (call.id == "missing")
      return std::unexpected(No{.kind = No::Kind::refused, .refusal = rules::refuse(rules::not_found, "case missing")});
    Reply reply{.body = Tree::object().set("id", call.id), .seq = 41, .etag = "7"};
    if (call.id == "large") reply.body.set("text", large_text());
    if (call.operation == Operation::list_cases) reply.next = "page two";
    reply.created = call.operation == Operation::add_token;
    return reply;
  }

  std::expected<FeedPage, No> feed(const FeedQuery& query) override {
    FeedPage page;
    const Seq end = std::min<Seq>(query.from + std::min<std::size_t>(query.max_records, 300), feed_length);
    for (Seq seq = query.from; seq < end; ++seq) page.lines.push_back(Tree::object().set("seq", seq));
    page.next = std::max(end, query.from);
    page.at_end = page.next >= feed_length;
    return page;
  }

  void when_readable(std::string_view, Seq seq, std::function<void()> then) override {
    if (seq <= readable) return then();
    const std::lock_guard lock(mutex);
    waiting.push_back(std::move(then));
  }
  std::string away(std::string_view) override { return away_why; }
  Readiness readiness(std::string_view) override { return {ready, Tree::list().push("fine")}; }
  std::string stale(std::string_view) override { return halted; }

  std::size_t held_now() {
    const std::lock_guard lock(mutex);
    return held.size();
  }

  std::mutex mutex;
  std::vector<ActionInput> asked;
  std::vector<std::function<void()>> held;
  std::vector<std::function<void()>> waiting;
  std::vector<Call> calls;
  std::size_t most_in_flight = 0;
  std::atomic<int> authentications = 0;
  Seq readable = 41, feed_length = 1'000;
  bool ready = true;
  std::string away_why;
  std::string halted;  ///< the code

 private:
  static Acted judge(const ActionInput& input, const std::string& finding) {
    if (finding == "refused")
      return std::unexpected(No{.kind = No::Kind::refused,
                                .refusal = rules::refuse(rules::wrong_state, "the clock is not suspect", "clock@1")});
    if (finding == "not-allowed")
      return std::unexpected(No{.kind = No::Kind::refused, .refusal = rules::refuse(rules::not_allowed)});
    if (finding == "conflict") return std::unexpected(No{.kind = No::Kind::conflict});
    if (finding == "unknown") return std::unexpected(No{.kind = No::Kind::unknown});
    if (finding == "full") return std::unexpected(No{.kind = No::Kind::unavailable, .detail = "too much waits"});
    const auto receipt = Tree::object().set("ledger", input.ledger).set("seq", 42);
    return Accepted{.body = [receipt] { return Tree::object().set("receipt", receipt); },
                    .replayed = finding == "again"};
  }
};

inline std::string action_text(const std::string& id, const std::string& finding = "fine") {
  return R"({"action_id":")" + id + R"(","type":"accept-clock","occurred_at":"2024-02-10T09:00:00+08:00",)" +
         R"("data":{"node":"n-1","finding":")" + finding + "\"}}";
}

/// The door without its sockets.
struct Door {
  House house;
  StillClock clock;
  PlainRandom random;
  std::unique_ptr<Metrics> metrics = prometheus_metrics();
  std::vector<std::string> log;
  Handler handler;

  explicit Door(HandlerSettings settings = {})
      : handler({house, *metrics, clock, random, [](std::string_view, const std::function<void()>& task) { task(); },
                 [this](const AccessLine& line) {
                   log.push_back(std::string(line.route) + " " + std::to_string(line.status));
                 },
                 [this](std::string_view, std::string_view what) { log.push_back(std::string(what)); }},
                settings) {}

  /// The response, or a status of 0 while there is none yet.
  Response ask(Head head, const std::string& body = {}) {
    auto admission = handler.admit(head);
    if (admission.answer) return std::move(*admission.answer);
    Response got{.status = 0};
    const auto place = std::make_shared<Response*>(&got);
    handler.handle(admission.visit, body, [this, place](const MakeResponse& make) {
      if (*place != nullptr)
        **place = make();
      else
        late.push_back(make());
    });
    *place = nullptr;
    return got;
  }
  Response get(const std::string& target, const std::string& token = "director") {
    return ask({.verb = Verb::get, .target = target, .authorization = "Bearer " + token});
  }
  Response post(const std::string& target, const std::string& body, const std::string& key = {}) {
    return ask({.verb = Verb::post,
                .target = target,
                .authorization = "Bearer director",
                .content_type = "application/json",
                .idempotency_key = key},
               body);
  }
  Response act(const std::string& body, const std::string& key = {}) {
    return post("/v1/ledgers/hz/actions", body, key);
  }

  std::vector<Response> late;  ///< answers that came after `ask` had returned
};

inline Tree tree_of(const Response& response) {
  const auto tree = json::parse(response.body);
  return tree ? *tree : Tree();
}

/// The end of a problem's type: its name.
inline std::string problem_of(const Response& response) {
  const auto tree = tree_of(response);
  const auto* type = tree.find("type");
  if (type == nullptr || type->as_string() == nullptr) return "none";
  return type->as_string()->substr(type->as_string()->rfind('/') + 1);
}

inline std::string field_of(const Response& response, std::string_view name) {
  for (const auto& [field, value] : response.headers)
    if (field == name) return value;
  return {};
}

}  // namespace aidledger::http
