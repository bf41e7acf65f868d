#include "src/world/world.hpp"

#include <catch2/catch.hpp>
#include <future>

using namespace aidledger;
using namespace aidledger::world;

TEST_CASE("the random generator never gives the same bytes twice") {
  const auto random = system_random();
  CHECK(random->bytes(0).empty());
  CHECK(random->bytes(16).size() == 16);
  CHECK(random->bytes(16) != random->bytes(16));
  CHECK(random->bytes(100'000).size() == 100'000);
  Bytes before;
  for (int i = 0; i < 1000; ++i) {  // over several blocks
    const Bytes next = random->bytes(16);
    CHECK(next != before);
    before = next;
  }
}

TEST_CASE("a UUIDv7 carries its time, its version and its variant") {
  const auto random = system_random();
  const auto id = uuid_v7(*parse_instant("2022-02-22T19:22:22Z"), *random);  // the example of RFC 9562
  CHECK(id.substr(0, 15) == "017f22e2-79b0-7");
  CHECK(id.size() == 36);
  CHECK(std::string("89ab").find(id[19]) != std::string::npos);
  CHECK(id != uuid_v7(*parse_instant("2022-02-22T19:22:22Z"), *random));
}

TEST_CASE("the monotonic clock does not go back") {
  const auto clock = system_clock();
  const auto before = clock->monotonic_us();
  CHECK(clock->monotonic_us() >= before);
  CHECK(clock->now() > *parse_instant("2024-01-01T00:00:00Z"));
}

TEST_CASE("a zone is read as the list of its changes") {
  const Zone shanghai = load_zone("Asia/Shanghai");
  CHECK(shanghai.name == "Asia/Shanghai");
  CHECK(shanghai.offset_at(*parse_instant("2024-02-10T01:00:00Z")) == 8 * 3600);
  CHECK(shanghai.offset_at(*parse_instant("1988-07-01T00:00:00Z")) == 9 * 3600);  // summer time 1986 to 1991
  CHECK(to_text(shanghai.local_date(*parse_instant("2024-02-10T16:30:00Z"))) == "2024-02-11");
  CHECK(load_zone("Europe/Berlin").offset_at(*parse_instant("2024-07-01T00:00:00Z")) == 2 * 3600);
  CHECK(load_zone("UTC").offset_at(*parse_instant("2024-07-01T00:00:00Z")) == 0);
  CHECK_THROWS_WITH(load_zone("Asia/Atlantis"), Catch::Contains("Asia/Atlantis"));
}

TEST_CASE("tasks of one strand run in order, later ones when their time has come") {
  std::string order;
  std::promise<void> finished;
  {
    const auto tasks = thread_tasks();
    tasks->after(1000, [&] {
      order += 'c';
      finished.set_value();
    });
    tasks->post([&] { order += 'a'; });
    tasks->post([&] { order += 'b'; });
    finished.get_future().wait();
    tasks->post([&] { order += 'd'; });
    tasks->after(3'600'000'000, [&] { order += '!'; });
  }
  CHECK(order == "abcd");
}
