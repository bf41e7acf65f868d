// Which clocks are not trusted to date records: against themselves, the last record, and the broker's times.
#include "src/ledger/clock_guard.hpp"

#include <catch2/catch.hpp>

#include "tests/support/memory_world.hpp"

using namespace aidledger;

namespace {

constexpr std::int64_t minute_us = 60'000'000;

struct Guarded {
  test::ManualClock clock;
  ledger::ClockGuard guard{clock};
  Instant in(std::int64_t minutes) const { return {clock.wall.us + minutes * minute_us}; }
  bool trusted() { return guard.trusted(); }
};

}  // namespace

TEST_CASE_METHOD(Guarded, "a clock that steps by more than five minutes is suspect, small corrections are not") {
  for (int i = 0; i < 10; ++i) {
    clock.wall = in(4);
    CHECK(trusted());
  }
  clock.wall = in(-6);
  CHECK_FALSE(trusted());
  guard.accept();
  CHECK(trusted());
}

TEST_CASE_METHOD(Guarded, "a clock behind the last record at start is suspect") {
  guard.check_start(in(5));
  CHECK(trusted());
  guard.check_start(in(6));
  CHECK_FALSE(trusted());
}

TEST_CASE_METHOD(Guarded, "an entry that the broker appended later than now: the clock is behind") {
  guard.check_broker(in(5), std::nullopt);
  CHECK(trusted());
  guard.check_broker(in(6), std::nullopt);
  CHECK_FALSE(trusted());
}

TEST_CASE_METHOD(Guarded, "an own entry that the broker appended before it was sent: the clock is ahead") {
  guard.check_broker(in(-5), in(0));
  CHECK(trusted());
  guard.check_broker(in(-6), in(0));
  CHECK_FALSE(trusted());
}

TEST_CASE_METHOD(Guarded, "an entry that took its time on the way, or to be read, says nothing against the clock") {
  const Instant sent = clock.wall;
  clock.pass(60 * minute_us);
  SECTION("appended at once, read late") { guard.check_broker(sent, sent); }
  SECTION("appended late") { guard.check_broker(clock.wall, sent); }
  SECTION("an old one of somebody else") { guard.check_broker(in(-100'000), std::nullopt); }
  CHECK(trusted());
}

TEST_CASE_METHOD(Guarded, "an operator accepts how far the clock is from the broker's, and no more") {
  const std::int64_t off = 60;
  guard.check_broker(in(-off), in(0));
  CHECK_FALSE(trusted());
  guard.accept();
  clock.pass(10 * minute_us);
  guard.check_broker(in(-off), in(0));
  CHECK(trusted());
  guard.check_broker(in(-off - 6), in(0));
  CHECK_FALSE(trusted());
}

TEST_CASE_METHOD(Guarded, "a clock that was set right and accepted is measured anew") {
  guard.check_broker(in(-60), in(0));
  clock.wall = in(-60);
  guard.accept();
  guard.check_broker(in(0), in(0));
  CHECK(trusted());
  guard.check_broker(in(-6), in(0));
  CHECK_FALSE(trusted());
}

TEST_CASE_METHOD(Guarded,
                 "what an accepted clock is held to is measured by what came back promptly, not by old entries") {
  const Instant sent = clock.wall;
  clock.pass(60 * minute_us);
  guard.check_broker(sent, sent);  // appended at once, read an hour later
  guard.accept();
  guard.check_broker(sent, sent);
  guard.check_broker(in(-120), in(1));  // sent before the clock was set back: it does not say how long it took
  guard.check_broker(in(0), std::nullopt);
  CHECK(trusted());
  guard.check_broker(in(0), in(0));
  CHECK(trusted());
  guard.check_broker(in(6), std::nullopt);
  CHECK_FALSE(trusted());
}
