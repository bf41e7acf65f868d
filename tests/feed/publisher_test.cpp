// The publisher against a feed that answers in every way a feed can, and dies at every step: every run of a few steps,
// all of them.
#include <catch2/catch.hpp>

#include "src/feed/publisher.hpp"

using namespace aidledger;
using namespace aidledger::feed;

namespace {

/// Three records: of one event, of two with a table row between, of one.
class ThreeRecords : public FeedSource {
 public:
  Seq next_seq() override { return 3; }
  std::vector<Message> messages_of(Seq seq) override {
    std::vector<Message> out;
    if (seq == 1) out.push_back({"table", "u-1", {}, "row", {}});
    for (std::uint32_t i = 0; i < (seq == 1 ? 2U : 1U); ++i)
      out.push_back({"events", "c-1", {}, "event", EventRef{seq, i}});
    return out;
  }
  bool claimed_by_us() override { return claimed; }
  bool claimed = true;
};

/// What a call of the port does; a script of these is a run.
enum class Fate { well, refused, lost, torn, landed, died_before, died_after };
constexpr Fate fates[] = {Fate::well,   Fate::refused,     Fate::lost,      Fate::torn,
                          Fate::landed, Fate::died_before, Fate::died_after};

struct Died {};

/// A feed that keeps what it is given. Torn: all but the last message arrived, which files can do and Kafka cannot.
class ScriptedFeed : public FeedPort {
 public:
  explicit ScriptedFeed(std::vector<Fate> script) : script_(std::move(script)) {}

  bool take_over() override { return next_fate() == Fate::well; }
  Tail tail() override {
    if (next_fate() != Fate::well) return {};
    Tail tail{true, {}};
    for (const auto& message : kept)
      if (message.event) tail.last = message.event;
    return tail;
  }
  Published publish(const std::vector<Message>& messages) override {
    const Fate fate = next_fate();
    if (fate == Fate::died_before) throw Died{};
    const bool landed = fate == Fate::well || fate == Fate::landed || fate == Fate::died_after;
    const auto count = landed ? messages.size() : fate == Fate::torn ? messages.size() - 1 : 0;
    kept.insert(kept.end(), messages.begin(), messages.begin() + static_cast<std::ptrdiff_t>(count));
    if (fate == Fate::died_after) throw Died{};
    return fate == Fate::well ? Published::done : fate == Fate::refused ? Published::fenced : Published::unknown;
  }
  std::string failing() const override { return ""; }
  std::set<std::string> made() override { return std::exchange(lost, {}); }
  /// The topic is deleted; whoever takes over makes it.
  void lose(const std::string& topic) {
    std::erase_if(kept, [&](const Message& message) { return message.topic == topic; });
    lost.insert(topic);
  }
  bool script_is_over() const { return at_ == script_.size(); }

  std::vector<Message> kept;
  std::set<std::string> lost;

 private:
  Fate next_fate() { return at_ < script_.size() ? script_[at_++] : Fate::well; }
  std::vector<Fate> script_;
  std::size_t at_ = 0;
};

/// A topic that fences: of two publishers only the one that took over last gets anything in.
struct FencedTopic {
  int epoch = 0;
  std::vector<Message> kept;
};

class FencedFeed : public FeedPort {
 public:
  explicit FencedFeed(FencedTopic& topic) : topic_(topic) {}
  bool take_over() override { return epoch_ = ++topic_.epoch, true; }
  Tail tail() override {
    Tail tail{true, {}};
    for (const auto& message : topic_.kept)
      if (message.event) tail.last = message.event;
    return tail;
  }
  Published publish(const std::vector<Message>& messages) override {
    if (epoch_ != topic_.epoch) return Published::fenced;
    topic_.kept.insert(topic_.kept.end(), messages.begin(), messages.end());
    return Published::done;
  }
  std::string failing() const override { return ""; }

 private:
  FencedTopic& topic_;
  int epoch_ = 0;
};

/// Steps until everything is published, beginning anew with nothing in hand after each death.
void run(FeedSource& source, ScriptedFeed& feed) {
  while (true) {
    Publisher publisher(source, feed);
    try {
      for (int steps = 0; steps < 20; ++steps)
        if (publisher.step() == Step::idle && feed.script_is_over()) return;
    } catch (const Died&) {
    }
  }
}

std::vector<EventRef> events_in(const std::vector<Message>& kept) {
  std::vector<EventRef> out;
  for (const auto& message : kept)
    if (message.event) out.push_back(*message.event);
  return out;
}

std::string story(const std::vector<Fate>& script) {
  std::string out;
  for (const Fate fate : script) out += std::to_string(static_cast<int>(fate)) + " ";
  return out;
}

template <class Check>
void every_script(std::size_t length, Check check) {
  std::vector<std::size_t> turn(length, 0);
  while (true) {
    std::vector<Fate> script;
    for (const auto at : turn) script.push_back(fates[at]);
    check(script);
    std::size_t place = 0;
    while (place < length && ++turn[place] == std::size(fates)) turn[place++] = 0;
    if (place == length) return;
  }
}

}  // namespace

TEST_CASE("through every sequence of answers and deaths the feed is complete, in order and without gaps") {
  const std::vector<EventRef> all{{0, 0}, {1, 0}, {1, 1}, {2, 0}};
  std::size_t runs = 0;
  every_script(6, [&](const std::vector<Fate>& script) {
    ThreeRecords source;
    ScriptedFeed feed(script);
    run(source, feed);
    if (events_in(feed.kept) != all) {
      INFO(story(script));
      CHECK(events_in(feed.kept) == all);
    }
    ++runs;
  });
  CHECK(runs == 117'649);
}

TEST_CASE("a row of a table is on the feed before the events that made it, whatever happened between") {
  every_script(5, [&](const std::vector<Fate>& script) {
    ThreeRecords source;
    ScriptedFeed feed(script);
    run(source, feed);
    bool row = false;
    for (const auto& message : feed.kept) {
      row |= !message.event;
      if (message.event == EventRef{1, 0} && !row) FAIL(story(script));
    }
  });
}

TEST_CASE("whatever is not answered as done leaves the publisher in doubt; what was refused is counted") {
  const auto fate = GENERATE(Fate::refused, Fate::lost, Fate::torn, Fate::landed);
  ThreeRecords source;
  ScriptedFeed feed({Fate::well, Fate::well, fate});
  Publisher publisher(source, feed);
  CHECK(publisher.step() == Step::doubt);
  CHECK(publisher.fenced() == (fate == Fate::refused ? 1 : 0));
  ScriptedFeed away({Fate::refused});
  CHECK(Publisher(source, away).step() == Step::trouble);
}

TEST_CASE("a table's topic that was lost is told anew, though a publish fails over it; the events are not") {
  ThreeRecords source;
  ScriptedFeed feed({});
  run(source, feed);
  const auto before = feed.kept;
  feed.lose("table");
  Publisher publisher(source, feed);
  SECTION("at once") {}
  SECTION("after a publish that was lost") {
    ScriptedFeed fails({Fate::well, Fate::well, Fate::lost});
    fails.kept = feed.kept, fails.lost = feed.lost;
    feed = fails;
    CHECK(publisher.step() == Step::doubt);
  }
  while (publisher.step() != Step::idle) {
  }
  CHECK(std::is_permutation(feed.kept.begin(), feed.kept.end(), before.begin(), before.end()));
  CHECK(events_in(feed.kept) == events_in(before));
}

TEST_CASE("who is not named by the last claim publishes nothing and leaves the feed to whoever is") {
  ThreeRecords source;
  ScriptedFeed feed({});
  source.claimed = false;
  Publisher publisher(source, feed);
  CHECK(publisher.step() == Step::not_ours);
  CHECK(feed.kept.empty());
  source.claimed = true;
  CHECK(publisher.step() == Step::published);
  CHECK(publisher.step() == Step::idle);
  source.claimed = false;
  CHECK(publisher.step() == Step::not_ours);
}

TEST_CASE("one who was overtaken goes on from what the other left, once the claim is its own again") {
  ThreeRecords source;
  ScriptedFeed feed({});
  Publisher first(source, feed);
  source.claimed = false;
  CHECK(first.step() == Step::not_ours);
  source.claimed = true;
  Publisher second(source, feed);
  while (second.step() != Step::idle) {
  }
  while (first.step() != Step::idle) {
  }
  CHECK(events_in(feed.kept) == std::vector<EventRef>{{0, 0}, {1, 0}, {1, 1}, {2, 0}});
}

TEST_CASE("a zombie that thinks itself claimed, waking at any step, neither doubles nor loses an event") {
  struct Growing : ThreeRecords {
    Seq next_seq() override { return there; }
    Seq there = 0;
  };
  for (unsigned turns = 0; turns < 1U << 12; ++turns) {
    FencedTopic topic;
    Growing source;
    FencedFeed old_port(topic), new_port(topic);
    Publisher old_one(source, old_port), new_one(source, new_port);
    for (unsigned turn = 0; turn < 12; ++turn) {
      source.there = std::min<Seq>(3, 1 + turn / 3);
      (void)((turns >> turn & 1) != 0 ? old_one : new_one).step();
    }
    while (new_one.step() != Step::idle) {
    }
    INFO(turns);
    REQUIRE(events_in(topic.kept) == std::vector<EventRef>{{0, 0}, {1, 0}, {1, 1}, {2, 0}});
  }
}

TEST_CASE("one publish holds whole records, up to its bounds") {
  struct Many : FeedSource {
    Seq next_seq() override { return 5'000; }
    std::vector<Message> messages_of(Seq seq) override {
      return {{"events", "c", {}, Bytes(2'000, 'x'), EventRef{seq, 0}}};
    }
    bool claimed_by_us() override { return true; }
  } source;
  ScriptedFeed feed({});
  Publisher publisher(source, feed);
  CHECK(publisher.step() == Step::published);
  CHECK(feed.kept.size() <= max_messages_at_once);
  CHECK(feed.kept.size() > 100);
  CHECK(publisher.next() == feed.kept.size());
}
