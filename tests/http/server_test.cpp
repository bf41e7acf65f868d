#include <catch2/catch.hpp>
#include <thread>

#include "src/http/server.hpp"
#include "tests/http/client.hpp"
#include "tests/http/house.hpp"

namespace aidledger::http {
namespace {

ServerSettings swept_by_hand() {
  ServerSettings settings;
  settings.sweep_us = 0;
  return settings;
}

/// The whole door on a port of this machine; time passes only when the test says so.
struct OpenDoor : Door {
  explicit OpenDoor(ServerSettings settings = swept_by_hand(), HandlerSettings handling = {})
      : Door(handling), server(handler, clock, settings) {
    server.start();
  }
  ~OpenDoor() { house.let_go(); }

  Client call() { return Client(server.port()); }
  /// Lets the server's thread finish what it has begun, then some time pass.
  void pass(std::int64_t how_long_us) {
    server.sweep();
    server.sweep();
    clock.pass(how_long_us);
    server.sweep();
  }
  void wait_until_connected(std::size_t connections) {
    while (server.connections() != connections) std::this_thread::yield();
  }
  void wait_until_held(std::size_t actions) {
    while (house.held_now() != actions) std::this_thread::yield();
  }

  Server server;
};

const std::string health = "GET /healthz HTTP/1.1\r\nHost: here\r\n\r\n";

std::string post_head(const std::string& fields, const std::string& type = "application/json") {
  return "POST /v1/ledgers/hz/actions HTTP/1.1\r\nHost: here\r\nAuthorization: Bearer director\r\nContent-Type: " +
         type + "\r\n" + fields + "\r\n";
}

std::string post(const std::string& body) {
  return post_head("Content-Length: " + std::to_string(body.size()) + "\r\n") + body;
}

std::string stream_of(const std::string& body) {
  return post_head("Content-Length: " + std::to_string(body.size()) + "\r\n", "application/x-ndjson") + body;
}

TEST_CASE("requests that come in one piece are answered in order on one connection", "[http][server]") {
  OpenDoor door;
  auto client = door.call();
  client.send(health + post(action_text("a-1")) + "HEAD /healthz HTTP/1.1\r\nHost: here\r\n\r\n" + post("{"));
  CHECK(client.receive().body == "ok\n");
  const auto accepted = client.receive();
  CHECK(accepted.status == 201);
  CHECK(accepted.has("Content-Type: application/json\r\n"));
  CHECK(accepted.has("X-Request-Id: "));
  CHECK(accepted.has("X-Content-Type-Options: nosniff\r\n"));
  CHECK(accepted.has("Cache-Control: no-store\r\n"));
  const auto head = client.receive(true);
  CHECK(head.status == 200);
  CHECK(head.has("Content-Length: 3\r\n"));
  CHECK(client.receive().status == 400);
}

TEST_CASE("a connection is closed when the caller wants it so", "[http][server]") {
  OpenDoor door;
  auto client = door.call();
  client.send("GET /healthz HTTP/1.1\r\nHost: here\r\nConnection: close\r\n\r\n");
  CHECK(client.receive().has("Connection: close\r\n"));
  CHECK(client.over());
  auto old = door.call();
  old.send("GET /healthz HTTP/1.0\r\n\r\n");
  CHECK(old.receive().status == 200);
  CHECK(old.over());
}

TEST_CASE("requests that two readers could frame differently are not read", "[http][server]") {
  OpenDoor door;
  const std::vector<std::string> hostile{
      post_head("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n") + "0\r\n\r\n",
      post_head("Transfer-Encoding: chunked\r\nContent-Length: 5\r\n") + "0\r\n\r\n",
      post_head("Transfer-Encoding: gzip, chunked\r\n") + "0\r\n\r\n",
      post_head("Transfer-Encoding: identity\r\n"),
      post_head("Content-Length: 5\r\nContent-Length: 6\r\n") + "hello!",
      post_head("Content-Length: -1\r\n"),
      post_head("Idempotency-Key: a\r\nIdempotency-Key: b\r\nContent-Length: 0\r\n"),
      post_head("Transfer-Encoding: chunked\r\n") + "zz\r\n",
      "GET /healthz HTTP/1.1\r\n\r\n",
      "GET /healthz HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
      "GET /healthz HTTP/2.0\r\nHost: a\r\n\r\n",
      "GET /health z HTTP/1.1\r\nHost: a\r\n\r\n",
      std::string("\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n", 15),
  };
  for (const auto& bytes : hostile) {
    INFO(bytes);
    auto client = door.call();
    CHECK(client.send(bytes).receive().status == 400);
    CHECK(client.over());
  }
  CHECK(door.house.asked.empty());
}

TEST_CASE("what is too large is refused before it is kept", "[http][server]") {
  HandlerSettings handling;
  handling.body_limit = 1'000;
  OpenDoor door(swept_by_hand(), handling);
  CHECK(door.call().send(health.substr(0, 23) + "X-Long: " + std::string(9'000, 'x') + "\r\n\r\n").receive().status ==
        431);
  CHECK(door.call().send(post_head("Content-Length: 10737418240\r\n")).receive().status == 413);
  auto chunked = door.call();
  chunked.send(post_head("Transfer-Encoding: chunked\r\n"));
  for (int i = 0; i < 30; ++i) chunked.send("64\r\n" + std::string(100, ' ') + "\r\n");
  CHECK(chunked.receive().status == 413);
  CHECK(door.call().send(post_head("Content-Encoding: gzip\r\nContent-Length: 20\r\n")).receive().status == 415);
  CHECK(door.call().send(post(std::string(900, '['))).receive().status == 422);
}

TEST_CASE("a caller who asks first is told to go on, or why not", "[http][server]") {
  OpenDoor door;
  const auto body = action_text("a-1");
  auto client = door.call();
  client.send(post_head("Expect: 100-continue\r\nContent-Length: " + std::to_string(body.size()) + "\r\n"));
  CHECK(client.receive().status == 100);
  CHECK(client.send(body).receive().status == 201);
  client.send(post_head("Expect: 100-continue\r\nContent-Length: 99999999\r\n"));
  CHECK(client.receive().status == 413);
}

TEST_CASE("a head that does not end is cut after ten seconds", "[http][server]") {
  OpenDoor door;
  auto client = door.call();
  client.send(health + "GET /healthz HTTP/1.1\r\nHost:");
  CHECK(client.receive().status == 200);
  door.pass(9'999'999);
  CHECK(door.server.connections() == 1);
  door.pass(1);
  CHECK(client.receive().status == 408);
  CHECK(client.over());
}

TEST_CASE("a body that does not end is cut after thirty seconds, however it drips", "[http][server]") {
  OpenDoor door;
  auto client = door.call();
  client.send(post_head("Expect: 100-continue\r\nContent-Length: 50\r\n"));
  CHECK(client.receive().status == 100);
  for (int i = 0; i < 3; ++i) {
    client.send("x");
    door.pass(10'000'000);
  }
  CHECK(client.receive().status == 408);
}

TEST_CASE("an idle connection is closed after a minute, a silent newcomer after ten seconds", "[http][server]") {
  OpenDoor door;
  auto client = door.call();
  CHECK(client.send(health).receive().status == 200);
  door.pass(59'999'999);
  CHECK(client.send(health).receive().status == 200);
  door.pass(60'000'000);
  CHECK(client.over());
  auto silent = door.call();
  door.wait_until_connected(1);
  door.pass(10'000'000);
  CHECK(silent.over());
}

TEST_CASE("hundreds of half-open connections leave room for others", "[http][server]") {
  OpenDoor door;
  std::vector<Client> slow;
  for (int i = 0; i < 300; ++i) {
    slow.push_back(door.call());
    slow.back().send("POST /v1/ledgers/hz/actions HTTP/1.1\r\nHo");
  }
  auto client = door.call();
  for (int i = 0; i < 20; ++i) CHECK(client.send(post(action_text("a-1"))).receive().status == 201);
}

TEST_CASE("connections beyond the caps are closed at once", "[http][server]") {
  auto settings = swept_by_hand();
  settings.connections = 3;
  settings.per_address = 2;
  OpenDoor door(settings);
  auto first = door.call(), second = door.call();
  CHECK(first.send(health).receive().status == 200);
  CHECK(second.send(health).receive().status == 200);
  CHECK(door.call().over());
  first.hang_up();
  door.wait_until_connected(1);
  CHECK(door.call().send(health).receive().status == 200);
}

TEST_CASE("a stream of actions is answered line by line in order", "[http][server]") {
  OpenDoor door;
  auto client = door.call();
  client.send(stream_of(action_text("a-1") + "\n{oops\n" + action_text("a-3") + "\n") + health);
  const auto answers = client.receive();
  CHECK(answers.status == 200);
  CHECK(answers.has("Content-Type: application/x-ndjson\r\n"));
  CHECK(std::count(answers.body.begin(), answers.body.end(), '\n') == 3);
  CHECK(answers.body.find("{\"line\":1,\"action_id\":\"a-1\",\"status\":201") == 0);
  CHECK(answers.body.find("{\"line\":2,\"status\":400") != std::string::npos);
  CHECK(answers.body.find("{\"line\":3,\"action_id\":\"a-3\",\"status\":201") != std::string::npos);
  CHECK(client.receive().body == "ok\n");
}

TEST_CASE("hundreds of lines are with the writer at once", "[http][server]") {
  OpenDoor door;
  std::string body;
  for (int i = 0; i < 800; ++i) body += action_text("a-" + std::to_string(i), "slow") + "\n";
  auto client = door.call();
  client.send(stream_of(body));
  door.wait_until_held(800);
  door.house.let_go();
  const auto answers = client.receive();
  CHECK(std::count(answers.body.begin(), answers.body.end(), '\n') == 800);
  CHECK(answers.body.find("\"line\":1,") < answers.body.find("\"line\":2,"));
  CHECK(answers.body.rfind("\"line\":800,") > answers.body.rfind("\"line\":799,"));
}

TEST_CASE("an answer that comes while the head is on its way follows it", "[http][server]") {
  constexpr int requests = 2'000;  // it comes at every moment of some of them
  OpenDoor door;
  std::atomic<bool> over = false;
  std::thread writer([&] {
    while (!over)
      if (door.house.let_go() == 0) std::this_thread::yield();
  });
  auto client = door.call();
  for (int i = 0; i < requests; ++i)
    if (client.send(stream_of(action_text("a-1", "slow") + "\n")).receive().body.empty()) break;
  over = true;
  writer.join();
  CHECK(door.house.asked.size() == requests);
}

TEST_CASE("a stream larger than its bounds flows through them", "[http][server]") {
  HandlerSettings handling;
  handling.lines.in_flight = 8;
  handling.lines.take_bytes = 500;
  OpenDoor door(swept_by_hand(), handling);
  std::string body;
  for (int i = 0; i < 5'000; ++i) body += action_text("a-" + std::to_string(i)) + "\n";
  auto client = door.call();
  std::thread sender([&] { client.send(stream_of(body)); });
  const auto answers = client.receive();
  sender.join();
  CHECK(std::count(answers.body.begin(), answers.body.end(), '\n') == 5'000);
}

TEST_CASE("a caller who hangs up in the middle of a stream harms nobody", "[http][server]") {
  OpenDoor door;
  auto client = door.call();
  client.send(post_head("Content-Length: 100000\r\n", "application/x-ndjson") + action_text("a-1", "slow") + "\n");
  door.wait_until_held(1);
  client.hang_up();
  door.house.let_go();
  door.wait_until_connected(0);
  CHECK(door.call().send(health).receive().status == 200);
}

TEST_CASE("a stream without lines is cut", "[http][server]") {
  OpenDoor door;
  auto client = door.call();
  client.send(post_head("Content-Length: 100000\r\n", "application/x-ndjson") + action_text("a-1", "slow") + "\n");
  door.wait_until_held(1);
  door.pass(60'000'000);
  door.house.let_go();
  door.wait_until_connected(0);
}

TEST_CASE("an answer larger than a socket takes at once arrives whole", "[http][server]") {
  OpenDoor door;
  Client slow(door.server.port(), 4'096);
  slow.send("GET /v1/ledgers/hz/cases/large HTTP/1.1\r\nHost: here\r\nAuthorization: Bearer director\r\n\r\n");
  const auto received = slow.receive();
  CHECK(received.status == 200);
  const bool whole = received.body.find(House::large_text()) != std::string::npos;
  CHECK(whole);
  CHECK(slow.send(health).receive().status == 200);
}

TEST_CASE("a feed is sent whole, and cut where nobody reads", "[http][server]") {
  OpenDoor door;
  const std::string feed = "GET /v1/ledgers/hz/events HTTP/1.1\r\nHost: here\r\nAuthorization: Bearer director\r\n\r\n";
  auto client = door.call();
  const auto whole = client.send(feed).receive().body;
  CHECK(std::count(whole.begin(), whole.end(), '\n') == 1'000);
  CHECK(client.send(health).receive().status == 200);
  client.hang_up();
  door.wait_until_connected(0);

  door.house.feed_length = 10'000'000;
  Client asleep(door.server.port(), 4'096);
  asleep.send(feed);
  door.wait_until_connected(1);
  while (door.server.connections() > 0) door.pass(30'000'000);
  const auto figures = door.metrics->text();
  CHECK(figures.find("aidledger_http_connections_cut_total{why=\"slow-reader\"} 1") != std::string::npos);
}

TEST_CASE("stopping answers what is under way", "[http][server]") {
  OpenDoor door;
  auto idle = door.call(), busy = door.call();
  CHECK(idle.send(health).receive().status == 200);
  busy.send(post(action_text("a-1", "slow")));
  door.wait_until_held(1);
  std::thread stopper([&] { door.server.stop(); });
  CHECK(idle.over());
  door.house.let_go();
  CHECK(busy.receive().status == 201);
  CHECK(busy.over());
  stopper.join();
  CHECK_THROWS(door.call());
}

TEST_CASE("several threads share one port", "[http][server]") {
  auto settings = swept_by_hand();
  settings.io_threads = 2;
  OpenDoor door(settings);
  for (int i = 0; i < 20; ++i) CHECK(door.call().send(post(action_text("a-1"))).receive().status == 201);
}

TEST_CASE("only addresses of this machine are listened on, and only free ports", "[http][server]") {
  OpenDoor door;
  const auto listen = [&](const std::string& address, std::uint16_t port) {
    const Server server(door.handler, door.clock, {.address = address, .port = port});
  };
  CHECK_THROWS_AS(listen("0.0.0.0", 0), CannotListen);
  CHECK_THROWS_AS(listen("192.168.1.7", 0), CannotListen);
  CHECK_THROWS_AS(listen("here", 0), CannotListen);
  CHECK_THROWS_AS(listen("127.0.0.1", door.server.port()), CannotListen);
  CHECK_NOTHROW(listen("localhost", 0));
}

}  // namespace
}  // namespace aidledger::http
