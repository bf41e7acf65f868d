#include "src/log/kafka_window.hpp"

#include <catch2/catch.hpp>

using namespace aidledger;
using namespace aidledger::log;

namespace {

struct Fixture {
  KafkaWindow window{10};
  std::int64_t now_us = 1'000'000'000;

  /// As the reader and the fetching thread do it at a start.
  void start(Position from) {
    window.read(from, 100);
    CHECK(window.take_jump() == from);
  }
  void fetched(std::uint64_t offset, const Bytes& batch, std::uint64_t high) {
    window.add({{offset + 1}, batch, std::nullopt}, {high}, now_us);
  }
  void heard(std::uint64_t low, std::uint64_t high) { window.heard({{low}, {high}}, window.covered(), now_us); }
  /// An answer every second, for so long.
  void heard_for(std::int64_t us, std::uint64_t low, std::uint64_t high) {
    for (const std::int64_t until = now_us + us; now_us < until;) {
      now_us = std::min(until, now_us + 1'000'000);
      heard(low, high);
    }
  }
  bool at_end(std::uint64_t position) const { return window.at_end({position}, now_us); }
  std::vector<Bytes> read(std::uint64_t from, std::size_t max_bytes = 100) {
    std::vector<Bytes> batches;
    for (const auto& entry : window.read({from}, max_bytes)) batches.push_back(entry.batch);
    return batches;
  }
};

using Batches = std::vector<Bytes>;

}  // namespace

TEST_CASE_METHOD(Fixture, "nobody is at an end before the broker has said where it is") {
  CHECK_FALSE(at_end(0));
  start({0});
  CHECK_FALSE(at_end(0));
  heard(0, 0);
  CHECK(at_end(0));
}

TEST_CASE_METHOD(Fixture, "the end is where everything up to the high watermark was read") {
  start({0});
  fetched(0, "a", 2);
  CHECK(read(0) == Batches{"a"});
  CHECK_FALSE(at_end(1));  // one more is known to be there
  fetched(1, "b", 2);
  CHECK_FALSE(at_end(1));  // fetched, not read
  CHECK(read(1) == Batches{"b"});
  CHECK(at_end(2));
  CHECK_FALSE(at_end(1));
}

TEST_CASE_METHOD(Fixture, "an own append that was acknowledged and not read yet is not the end") {
  start({0});
  heard(0, 0);
  window.reaches({1});
  CHECK_FALSE(at_end(0));
  fetched(0, "a", 1);
  read(0);
  CHECK(at_end(1));
}

TEST_CASE_METHOD(Fixture, "offsets without a message before the end are no reason to wait") {
  start({0});
  fetched(0, "a", 3);  // what follows are marks of somebody's transaction
  read(0);
  CHECK_FALSE(at_end(1));
  window.ends({3}, now_us);
  CHECK(at_end(1));
}

TEST_CASE_METHOD(Fixture, "after three seconds of silence the end is not known any more") {
  start({0});
  heard(0, 0);
  now_us += end_known_for_us;
  CHECK(at_end(0));
  now_us += 1;
  CHECK_FALSE(at_end(0));
  heard(0, 0);
  CHECK(at_end(0));
}

TEST_CASE_METHOD(Fixture, "no more is fetched than there is room for, but for one batch on top") {
  start({0});
  fetched(0, "123456789", 9);
  CHECK(window.wants_more());
  fetched(1, "1234567890", 9);
  CHECK_FALSE(window.wants_more());
  CHECK(read(0, 1) == Batches{"123456789"});
  CHECK_FALSE(window.wants_more());
  CHECK(read(1) == Batches{"1234567890"});
  CHECK(window.wants_more());
}

TEST_CASE_METHOD(Fixture, "a jump forgets what was fetched, also what is still on its way") {
  start({0});
  fetched(0, "a", 3);
  CHECK(read(2).empty());
  fetched(1, "b", 3);
  CHECK(window.take_jump() == Position{2});
  CHECK_FALSE(window.take_jump());
  fetched(1, "b", 3);
  fetched(2, "c", 3);
  CHECK(read(2) == Batches{"c"});
}

TEST_CASE_METHOD(Fixture, "a topic that ends before us was cut, once every answer of twenty seconds says so") {
  start({5});
  heard(0, 5);
  heard(0, 4);
  heard_for(believe_cut_after_us - 1, 0, 4);
  CHECK_FALSE(window.diverged());
  CHECK_FALSE(at_end(5));
  now_us += 1;
  heard(0, 5);  // it was a leader that had been frozen
  CHECK(at_end(5));
  heard(0, 4);
  now_us += 2 * believe_cut_after_us;  // nobody asked: the node itself stood still
  heard(0, 4);
  CHECK_FALSE(window.diverged());
  heard_for(believe_cut_after_us, 0, 4);
  CHECK_THAT(window.diverged().value_or(""), Catch::Contains("ends at offset 4"));
  CHECK_FALSE(at_end(5));
}

TEST_CASE_METHOD(Fixture, "a topic that begins behind us has lost what we need") {
  start({5});
  heard(5, 9);
  CHECK_FALSE(window.diverged());
  heard(6, 9);
  CHECK_THAT(window.diverged().value_or(""), Catch::Contains("begins at offset 6"));
}

TEST_CASE_METHOD(Fixture, "an offset out of range that is in range after all is fetched again") {
  start({5});
  window.out_of_range();
  CHECK_FALSE(at_end(5));
  heard(0, 5);
  CHECK(window.take_jump() == Position{5});
  heard(0, 5);
  CHECK_FALSE(window.take_jump());
  CHECK(at_end(5));
}

TEST_CASE_METHOD(Fixture, "what the broker said of another position does not count after a jump") {
  start({9});
  const Position before = window.covered();
  start({2});
  window.heard({{0}, {3}}, before, now_us);
  CHECK_FALSE(window.diverged());
  CHECK_FALSE(at_end(2));
}

TEST_CASE_METHOD(Fixture, "nothing is read from a log that has diverged") {
  start({0});
  fetched(0, "a", 1);
  window.diverge("made anew");
  CHECK(read(0).empty());
  fetched(1, "b", 2);
  CHECK(read(0).empty());
  window.diverge("another reason");
  CHECK(window.diverged() == "made anew");
}
