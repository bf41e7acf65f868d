// A node that was given a copy of another's ledger files finds where the log holds their last batch.
#include "src/copied_files.hpp"

#include <catch2/catch.hpp>

#include "tests/log/batches.hpp"
#include "tests/support/signed_node.hpp"

using namespace aidledger;

namespace {

/// A topic: offset = index. It counts how often it was asked.
struct Topic : log::LogIdentity {
  std::string cluster_id() override { return "c-1"; }
  log::Watermarks watermarks() override { return {{0}, {batches.size()}}; }
  std::optional<log::Entry> entry_at(log::Position at) override {
    ++asked;
    if (at.value >= batches.size()) return std::nullopt;
    return log::Entry{{at.value + 1}, batches[at.value], {}};
  }
  std::optional<std::string> diverged() const override { return std::nullopt; }
  std::vector<Bytes> batches;
  int asked = 0;
};

struct Copied {
  /// The log has so many batches, of which the files hold the first ones.
  Copied(std::size_t batches, std::size_t held) {
    log::Head head;
    for (std::size_t i = 0; i < batches; ++i) {
      const auto records = test::records_from(head.next_seq, 1 + i % 3);
      topic.batches.push_back(test::batch(head, records));
      if (i < held) files->append(topic.batches.back());
      head = test::after(head, records);
    }
    files->sync();
  }
  std::optional<std::uint64_t> place() {
    const auto at = place_of_last_batch(topic, *files);
    return at ? std::optional(at->value) : std::nullopt;
  }
  test::MemoryDisk disk;
  std::unique_ptr<log::LedgerFiles> files = log::LedgerFiles::open(disk, "log", {.segment_bytes = 1 << 20});
  Topic topic;
};

}  // namespace

TEST_CASE("the last batch of a copy is found in the log, with few questions") {
  for (const std::size_t held : {1, 2, 3, 500, 998, 999, 1'000}) {
    INFO(held << " of 1000 batches are held");
    Copied c(1'000, held);
    CHECK(c.place() == held - 1);
    CHECK(c.topic.asked < 30);
  }
}

TEST_CASE("void batches between do not mislead") {
  Copied c(300, 200);
  auto& batches = c.topic.batches;
  const auto at = [&](std::size_t i) { return batches.begin() + static_cast<std::ptrdiff_t>(i); };
  batches.insert(at(250), {"garbage", "more of it"});
  batches.insert(at(150), {"garbage", batches[149], "more of it"});  // one was sent twice
  CHECK(c.place() == 202);
}

TEST_CASE("of a last batch that was sent twice, nothing that was accepted lies before the place that is found") {
  for (std::size_t again = 200; again < 300; ++again) {
    Copied c(300, 200);
    auto& batches = c.topic.batches;
    batches.insert(batches.begin() + static_cast<std::ptrdiff_t>(again), batches[199]);
    INFO(again);
    const auto place = c.place();
    CHECK((!place || place == 199 || (place == 200 && again == 200)));
  }
}

TEST_CASE("where the log does not hold the last batch, nothing is found") {
  Copied c(100, 90);
  SECTION("it is cut before it") { c.topic.batches.resize(80); }
  SECTION("it is empty") { c.topic.batches.clear(); }
  SECTION("it is another ledger's") { c.topic.batches.front().back() ^= 1; }
  SECTION("it holds another batch there") { c.topic.batches[89].back() ^= 1; }
  CHECK_FALSE(c.place());
}

namespace {

/// A log of a few records, without what asked the broker its time.
void keep_accepted(std::vector<Bytes>& batches) {
  Seq next = 0;
  std::erase_if(batches, [&](const Bytes& batch) {
    const auto seqs = log::seqs_of(batch);
    return seqs.first < std::exchange(next, std::max(next, seqs.next));
  });
}

/// The node stops and is given the first so many batches of its log as files.
void given(test::SignedNode& n, std::size_t count) {
  n.stop();
  std::erase_if(n.disk.names(), [](const auto& name) { return name.first.starts_with("log/"); });
  const auto files = log::LedgerFiles::open(n.disk, "log", {.segment_bytes = 1 << 20});
  for (std::size_t i = 0; i < count; ++i) files->append(n.log.batches[i]);
  files->sync();
  n.copied_up_to = log::Position{count - 1};
}

}  // namespace

TEST_CASE("a node goes on from a copy whose batches are signed as they have to be") {
  test::SignedNode n;
  n.ask("a-1");
  n.ask("a-2");
  keep_accepted(n.log.batches);
  given(n, 2);
  n.start();
  CHECK(n.ledger->health().halt == ledger::Halt::none);
  CHECK(n.ledger->health().next_seq == 3);
  n.ask("a-3");
  CHECK(n.answers.back().receipt.seq == 3);
}

TEST_CASE("a copy that somebody else has signed is not believed, from there on") {
  test::SignedNode n;
  n.ask("a-1");
  n.ask("a-2");
  keep_accepted(n.log.batches);
  test::CountingRandom random;
  vault::MemoryVault elsewhere;
  random.bytes(100);
  const vault::WriterKey stranger(elsewhere, random, "stranger");
  const auto forged = static_cast<std::size_t>(GENERATE(0, 1));
  Bytes& batch = n.log.batches[forged];  // whoever made the copy has the log as well
  batch = log::with_signature(batch, stranger.sign(log::signed_part(batch).part));
  given(n, 3);
  n.start();
  const auto health = n.ledger->health();
  CHECK(health.halt == ledger::Halt::log_diverged);
  CHECK_THAT(health.why, Catch::Contains("from record " + std::to_string(forged)));
  CHECK(health.next_seq == forged);
}
