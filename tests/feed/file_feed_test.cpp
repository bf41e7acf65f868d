// The feed as files, on a disk that fails at every call and forgets what was not synced.
#include <catch2/catch.hpp>

#include <map>
#include <set>

#include "src/feed/file_feed.hpp"
#include "src/feed/publisher.hpp"
#include "tests/feed/told.hpp"
#include "tests/projections/city.hpp"
#include "tests/support/memory_disk.hpp"

using namespace aidledger;
using namespace aidledger::feed;
using namespace aidledger::feed::testing;
using namespace aidledger::projections::testing;

namespace {

constexpr auto events_file = "feed/aidledger.events.test.v1.ndjson";
constexpr auto standing_file = "feed/aidledger.standing.v1.ndjson";

/// More calls of the disk than taking over and publishing the story takes.
constexpr int calls_of_a_start = 40;

/// A few records about one undertaker, each telling an event and a row.
class Story : public FeedSource {
 public:
  Story() {
    History history;
    history.happened(enrol("u-1"));
    for (int i = 1; i <= 3; ++i) history.happened(step("u-1", i - 1, i));
    Layer before(no_rows()), after(no_rows());
    for (const auto& record : history.records()) {
      projections::fold_record(after, record);
      told_.push_back(messages_of_record(record, hash_of(record), before, after, terms));
      projections::fold_record(before, record);
    }
  }
  Seq next_seq() override { return there; }
  std::vector<Message> messages_of(Seq seq) override { return told_.at(seq); }
  bool claimed_by_us() override { return true; }
  Seq there = 4;

 private:
  std::vector<std::vector<Message>> told_;
};

void publish_all(Story& story, test::MemoryDisk& disk) {
  FileFeed feed(disk, "feed", "test");
  Publisher publisher(story, feed);
  for (int troubles = 0; troubles < 3;) {
    const Step step = publisher.step();
    if (step == Step::idle) return;
    if (step == Step::trouble || step == Step::doubt) ++troubles;
  }
  FAIL(feed.failing());
}

std::vector<std::string> lines_of(const Bytes& file) {
  std::vector<std::string> out;
  for (std::size_t from = 0; from < file.size();) {
    const auto end = file.find('\n', from);
    REQUIRE(end != Bytes::npos);
    out.push_back(file.substr(from, end - from));
    from = end + 1;
  }
  return out;
}

}  // namespace

TEST_CASE("a line of the events file is the event; a line of a table has key and value") {
  test::MemoryDisk disk;
  Story story;
  publish_all(story, disk);
  const auto events = lines_of(disk.bytes(events_file));
  REQUIRE(events.size() == 4);
  CHECK(events[2] == *story.messages_of(2).back().value);
  const auto rows = lines_of(disk.bytes(standing_file));
  REQUIRE(rows.size() == 4);
  const auto row = json::parse(rows[3]);
  REQUIRE(row);
  CHECK(*row->at_path("key.payload.undertaker") == Tree("u-1"));
  CHECK(*row->at_path("value.payload.ladder_step") == Tree(3));
}

TEST_CASE("a disk that fails at any call delays the feed and changes nothing of it") {
  test::MemoryDisk untroubled;
  Story story;
  publish_all(story, untroubled);
  for (int call = 1; call <= calls_of_a_start; ++call) {
    test::MemoryDisk disk;
    disk.fail_call(call, ENOSPC);
    INFO("call " << call);
    try {
      publish_all(story, disk);
    } catch (const world::ProcessEnds&) {
      publish_all(story, disk);  // a failed sync ends the process; the next one finds the lock free
    } catch (const world::Locked&) {
    }
    CHECK(disk.bytes(events_file) == untroubled.bytes(events_file));
  }
}

TEST_CASE("after a power cut at any call the feed goes on without a gap, at most with rows told twice") {
  test::MemoryDisk untroubled;
  Story story;
  publish_all(story, untroubled);
  REQUIRE(untroubled.calls() < calls_of_a_start / 2);
  const auto rows = lines_of(untroubled.bytes(standing_file));
  for (unsigned seed = 0; seed < 20; ++seed)
    for (int call = 1; call <= calls_of_a_start; ++call) {
      test::MemoryDisk disk;
      std::mt19937 random(seed);
      INFO("seed " << seed << ", call " << call);
      story.there = 2;
      publish_all(story, disk);
      story.there = 4;
      disk.fail_call(call, EIO);
      try {
        publish_all(story, disk);
      } catch (const world::ProcessEnds&) {
      }
      disk.crash(random);
      publish_all(story, disk);
      REQUIRE(disk.bytes(events_file) == untroubled.bytes(events_file));
      const auto told = lines_of(disk.bytes(standing_file));
      CHECK(told.back() == rows.back());
      CHECK(std::set(told.begin(), told.end()) == std::set(rows.begin(), rows.end()));
    }
}

TEST_CASE("a torn last line, and zeros after it, are cut off and told again") {
  Story story;
  for (const Bytes& rest :
       {Bytes("{\"specversion\":\"1."), Bytes(30'000, '\0'), Bytes("\0\0\0\n", 4), Bytes("{}x\n")}) {
    test::MemoryDisk disk;
    story.there = 2;
    publish_all(story, disk);
    disk.bytes(events_file) += rest;
    disk.bytes(standing_file) += rest;
    story.there = 4;
    publish_all(story, disk);
    CHECK(lines_of(disk.bytes(events_file)).size() == 4);
    CHECK(lines_of(disk.bytes(standing_file)).size() == 4);
  }
}

TEST_CASE("two do not write into one folder") {
  test::MemoryDisk disk;
  FileFeed first(disk, "feed", "test"), second(disk, "feed", "test");
  CHECK(first.take_over());
  CHECK_FALSE(second.take_over());
  CHECK(second.failing().find("feed.lock") != std::string::npos);
}

TEST_CASE("the tail can be read beside a writer, in the middle of a line") {
  test::MemoryDisk disk;
  CHECK_FALSE(last_event_in(disk, "feed", "test"));
  Story story;
  story.there = 3;
  publish_all(story, disk);
  disk.bytes(events_file) += "{\"specversion\":\"1.0\",\"id\":\"3.";
  CHECK(last_event_in(disk, "feed", "test") == EventRef{2, 0});
}
