#include "src/feeding.hpp"

#include "src/feed/file_feed.hpp"
#include "src/feed/ledger_source.hpp"

namespace aidledger {
namespace {

/// One process has the folder of an embedded ledger: it needs no claim.
bool the_only_one() { return true; }

std::unique_ptr<feed::LedgerSource> source_of(Node& node, const settings::Settings& settings) {
  return std::make_unique<feed::LedgerSource>(node.ledger(), node.records(), feed_terms(settings), the_only_one);
}

}  // namespace

std::string feed_folder(const settings::Settings& settings) {
  const auto& named = settings.text("feed.folder");
  return named.empty() ? settings.text("data") + "/feed" : named;
}

feed::EventTerms feed_terms(const settings::Settings& settings) { return {settings.text("feed.schema_base")}; }

std::unique_ptr<feed::Runner> publish_feed(Node& node, const settings::Settings& settings) {
  if (settings.text("feed.place") != "files") return nullptr;
  auto& ledger = node.ledger();
  return std::make_unique<feed::Runner>(
      source_of(node, settings),
      std::make_unique<feed::FileFeed>(node.disk(), feed_folder(settings), node.opened().ledger),
      [&ledger](Seq seq, std::function<void()> then) { ledger.when_readable(seq, std::move(then)); });
}

void add_feed_figures(http::Metrics& metrics, const feed::Runner& runner) {
  metrics.gauge("aidledger_feed_next_seq", "The next record that the public feed will tell.",
                [&] { return static_cast<double>(runner.next()); });
  metrics.gauge("aidledger_feed_failing", "1 while something stands in the way of the public feed.",
                [&] { return runner.failing().empty() ? 0.0 : 1.0; });
}

Seq tell_feed(Node& node, const settings::Settings& settings, const std::string& folder,
              const std::function<void(Seq)>& progress) {
  feed::FileFeed port(node.disk(), folder, node.opened().ledger);
  const auto source = source_of(node, settings);
  feed::Publisher publisher(*source, port);
  for (auto step = publisher.step(); step != feed::Step::idle; step = publisher.step()) {
    if (step == feed::Step::trouble) throw std::runtime_error("the feed cannot be told: " + port.failing());
    progress(publisher.next());
  }
  return publisher.next();
}

}  // namespace aidledger
