#include "src/feeding.hpp"

#include "src/feed/feed_claim.hpp"
#include "src/feed/file_feed.hpp"
#include "src/feed/ledger_source.hpp"
#include "src/kafka_feed_port.hpp"
#include "src/serve.hpp"

namespace aidledger {
namespace {

/// One process has the folder of an embedded ledger: it needs no claim.
bool the_only_one() { return true; }

std::unique_ptr<feed::LedgerSource> source_of(Node& node, const settings::Settings& settings,
                                              std::function<bool()> claimed) {
  return std::make_unique<feed::LedgerSource>(node.ledger(), node.records(), feed_terms(settings), std::move(claimed));
}

std::unique_ptr<feed::FeedPort> port_of(Node& node, const settings::Settings& settings) {
  const std::string& ledger = node.opened().ledger;
  if (settings.text("feed.place") == "files")
    return std::make_unique<feed::FileFeed>(node.disk(), feed_folder(settings), ledger);
  const auto kafka = kafka_settings(settings);
  return std::make_unique<KafkaFeedPort>(KafkaFeedSettings{kafka.kafka, kafka.accept_single_copy}, ledger);
}

feed::WhenReadable when_readable_in(ledger::Ledger& ledger) {
  return [&ledger](Seq seq, std::function<void()> then) { ledger.when_readable(seq, std::move(then)); };
}

}  // namespace

std::string feed_folder(const settings::Settings& settings) {
  const auto& named = settings.text("feed.folder");
  return named.empty() ? settings.text("data") + "/feed" : named;
}

feed::EventTerms feed_terms(const settings::Settings& settings) { return {settings.text("feed.schema_base")}; }

/// Of the nodes of a ledger in Kafka one publishes to its topics; files are each node's own.
std::unique_ptr<feed::Runner> publish_feed(Node& node, const settings::Settings& settings) {
  const std::string& place = settings.text("feed.place");
  if (place == "none") return nullptr;
  auto& ledger = node.ledger();
  if (place == "files" || node.kafka() == nullptr)
    return std::make_unique<feed::Runner>(source_of(node, settings, the_only_one), port_of(node, settings),
                                          when_readable_in(ledger));
  const auto claim =
      std::make_shared<feed::FeedClaim>(ledger, node.clock(), settings.text("node"), node.key().id_text());
  return std::make_unique<feed::Runner>(
      source_of(node, settings, [claim] { return claim->ours(); }), port_of(node, settings), when_readable_in(ledger),
      [claim](feed::FeedPort& port, feed::FeedSource& source) { claim->look(port, source); });
}

void add_feed_figures(http::Metrics& metrics, const feed::Runner& runner, const std::string& ledger) {
  metrics.gauge({"aidledger_feed_next_seq", "The next record that the public feed will tell.", ledger},
                [&] { return static_cast<double>(runner.next()); });
  metrics.counter({"aidledger_feed_fenced_total",
                   "Publishes refused because another node has taken the feed over, or seems to have.", ledger},
                  [&] { return static_cast<double>(runner.fenced()); });
  metrics.gauge({"aidledger_feed_failing", "1 while something stands in the way of the public feed.", ledger},
                [&] { return runner.failing().empty() ? 0.0 : 1.0; });
}

Seq tell_feed(Node& node, const settings::Settings& settings, const std::string& folder,
              const std::function<void(Seq)>& progress) {
  feed::FileFeed port(node.disk(), folder, node.opened().ledger);
  const auto source = source_of(node, settings, the_only_one);
  feed::Publisher publisher(*source, port);
  for (auto step = publisher.step(); step != feed::Step::idle; step = publisher.step()) {
    if (step == feed::Step::trouble || step == feed::Step::doubt)
      throw std::runtime_error("the feed cannot be told: " + port.failing());
    progress(publisher.next());
  }
  return publisher.next();
}

}  // namespace aidledger
