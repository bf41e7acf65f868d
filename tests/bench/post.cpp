// W5: an action over HTTP, from the moment it was meant to be sent to its answer, durable. Ours: the whole service.
// The limit: tests/bench/lean_server.hpp. Both get the same requests from the same generator.
#include <filesystem>

#include "src/first_start.hpp"
#include "src/http/handler.hpp"
#include "src/http/metrics.hpp"
#include "src/http/server.hpp"
#include "src/service.hpp"
#include "tests/bench/bench.hpp"
#include "tests/bench/lean_server.hpp"
#include "tests/bench/load.hpp"

namespace aidledger::bench {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t cases = 1'000;
constexpr std::size_t open_loop_connections = 256;
constexpr std::size_t closed_loop_requests = 20'000;
constexpr const char* ledger_name = "bench";
constexpr const char* clerk = "clerk-7";

std::string case_id(std::size_t number) { return "LA-2026-" + std::to_string(number); }

NodeSettings settings_in(const std::string& folder) {
  fs::remove_all(folder);
  NodeSettings settings;
  settings.data = folder + "/data";
  settings.vault = folder + "/vault";
  settings.ledger = ledger_name;
  settings.create = true;
  return settings;
}

/// The service as `aidledger serve` wires it, with cases to work on and somebody who may.
class Service {
 public:
  explicit Service(const std::string& folder) : node_(settings_in(folder), {}) {
    node_.start();
    for (std::size_t i = 0; i < cases; ++i) grant(case_id(i));
    vault::Grant grant;
    grant.person = clerk;
    grant.roles = {Role::intake};
    grant.ledger = ledger_name;
    grant.created = node_.clock().now();
    grant.expires = {grant.created.us + 3'600'000'000LL};
    token_ = vault::Tokens(node_.vault(), node_.random()).add(grant);
    server_.start();
  }
  std::uint16_t port() const { return server_.port(); }
  const std::string& token() const { return token_; }

 private:
  void grant(const std::string& id) {
    const Tree data = Tree::object()
                          .set("case", id)
                          .set("recipient", "P-everybody")
                          .set("case_type", "civil")
                          .set("stage", "first-trial")
                          .set("cause", "labour-remuneration")
                          .set("organ", "court-1")
                          .set("district", "d-1")
                          .set("name", "Zhang San");
    auto asked = operator_asks(node_, "grant-aid", data, "grant-" + id, std::nullopt);
    asked.principal.roles = {Role::intake};
    const auto answer = ask_and_wait(node_, std::move(asked));
    if (answer.kind != ledger::Answer::Kind::accepted)
      throw std::logic_error("no case: " + answer.refusal.sentence + " " + answer.refusal.detail + answer.detail);
  }

  Node node_;
  NodeService service_{node_};
  std::unique_ptr<http::Metrics> metrics_ = http::prometheus_metrics();
  std::unique_ptr<world::Tasks> readers_ = world::thread_tasks();
  http::Handler handler_{{service_,
                          *metrics_,
                          node_.clock(),
                          node_.random(),
                          [this](std::string_view, std::function<void()> task) { readers_->post(std::move(task)); },
                          {},
                          {}},
                         {}};
  http::Server server_{handler_, node_.clock(), {}};
  std::string token_;
};

/// Removes what was measured in, once both servers are gone.
struct Cleanup {
  std::string folder;
  ~Cleanup() {
    std::error_code ignored;
    fs::remove_all(folder, ignored);
  }
};

/// Both servers, and requests that no one has seen yet.
class Bench {
 public:
  explicit Bench(const std::string& folder) : cleanup_{folder}, service_(folder + "/ours"), lean_(folder + "/limit") {}
  Bench(const Bench&) = delete;
  Bench& operator=(const Bench&) = delete;

  Answered ours(Load load, std::size_t count) { return run(load, service_.port(), count); }
  Answered limit(Load load, std::size_t count) { return run(load, lean_.port(), count); }

 private:
  Answered run(Load load, std::uint16_t port, std::size_t count) {
    std::vector<std::string> requests;
    for (std::size_t i = 0; i < count; ++i) requests.push_back(request(++made_));
    load.port = port;
    return run_load(load, requests);
  }

  std::string request(std::size_t number) const {
    const std::string body =
        R"({"action_id":"step-)" + std::to_string(number) +
        R"(","type":"record-case-step","occurred_at":"2026-01-05T09:30:00+08:00","data":{"case":")" +
        case_id(number % cases) + R"(","step":"The file was read and laid before the supervisor",)" +
        R"("performer":"clerk-7","supervisor":"clerk-9"}})";
    return std::string("POST /v1/ledgers/") + ledger_name +
           "/actions HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer " + service_.token() +
           "\r\nContent-Type: application/json\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
  }

  Cleanup cleanup_;
  Service service_;
  LeanServer lean_;
  std::size_t made_ = 0;
};

using BenchPtr = std::shared_ptr<Bench>;

/// A second of requests at a constant rate.
Workload latency(const BenchPtr& bench, std::size_t rate, double Answered::* figure, const std::string& name,
                 double goal) {
  const Load load{0, open_loop_connections, static_cast<double>(rate)};
  return {"W5 POST to durable answer, " + std::to_string(rate) + "/s open loop, " + name,
          "us",
          goal,
          [=] { return bench->ours(load, rate).*figure; },
          [=] { return bench->limit(load, rate).*figure; },
          Better::less};
}

/// Every connection asks again as soon as it is answered. 256 keep both servers busy; with 64 they also wait for the
/// disk.
Workload ceiling(const BenchPtr& bench, std::size_t connections) {
  const Load load{0, connections, 0};
  return {"W5 POST to durable answer, closed loop, " + std::to_string(connections) + " connections", "req/s", 0.5,
          [=] { return bench->ours(load, closed_loop_requests).rate; },
          [=] { return bench->limit(load, closed_loop_requests).rate; }};
}

}  // namespace

std::vector<Workload> post_workloads(const std::string& folder) {
  const auto bench = std::make_shared<Bench>(folder);
  return {latency(bench, 2'000, &Answered::p50_us, "p50", 1.3), latency(bench, 10'000, &Answered::p50_us, "p50", 1.3),
          ceiling(bench, 64), ceiling(bench, 256)};
}

}  // namespace aidledger::bench
