#include "src/feed/standstill.hpp"

#include <catch2/catch.hpp>

using namespace aidledger;
using namespace aidledger::feed;

namespace {

Tail at(Seq seq) { return {true, EventRef{seq, 0}}; }

}  // namespace

TEST_CASE("a feed stands still when it lags for long without moving") {
  Standstill watch(30);
  CHECK_FALSE(watch.seen(at(6), 9, 100));
  CHECK_FALSE(watch.seen(at(6), 10, 129));
  CHECK(watch.seen(at(6), 10, 130));
}

TEST_CASE("a feed that moves, however slowly, is alive") {
  Standstill watch(30);
  for (int i = 0; i < 10; ++i) CHECK_FALSE(watch.seen(at(static_cast<Seq>(i)), 1'000, 25 * i));
}

TEST_CASE("a feed that is complete has nothing to tell, for however long") {
  Standstill watch(30);
  CHECK_FALSE(watch.seen(at(8), 9, 0));
  CHECK_FALSE(watch.seen(at(8), 9, 1'000'000));
  CHECK_FALSE(watch.seen(at(8), 10, 1'000'001));  // the new record gets its time
}

TEST_CASE("a feed that was never begun stands still as well; one that cannot be seen tells nothing") {
  Standstill watch(30);
  CHECK_FALSE(watch.seen({true, {}}, 1, 0));
  CHECK(watch.seen({true, {}}, 1, 30));
  CHECK_FALSE(watch.seen({false, {}}, 1, 60));
  CHECK_FALSE(watch.seen({true, {}}, 1, 89));
}
