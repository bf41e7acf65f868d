#pragma once
// The public feed beside a running node, as the settings want it.
#include "src/feed/event_messages.hpp"
#include "src/feed/runner.hpp"
#include "src/http/metrics.hpp"
#include "src/node.hpp"
#include "src/settings/settings.hpp"

namespace aidledger {

/// <data>/feed, unless another is named.
std::string feed_folder(const settings::Settings& settings);
feed::EventTerms feed_terms(const settings::Settings& settings);

/// Publishes until it is destroyed, which has to be before the node is; nullptr where no feed is wanted.
std::unique_ptr<feed::Runner> publish_feed(Node& node, const settings::Settings& settings);
void add_feed_figures(http::Metrics& metrics, const feed::Runner& runner, const std::string& ledger);

/// Tells the whole feed into an empty folder; `progress` gets the records told. Throws std::runtime_error, saying what
/// stood in the way. The next record.
Seq tell_feed(Node& node, const settings::Settings& settings, const std::string& folder,
              const std::function<void(Seq)>& progress);

}  // namespace aidledger
