#pragma once
// The running service: the ledgers that the settings name behind the HTTP door, until it is told to stop.
#include <functional>
#include <ostream>

#include "src/node.hpp"
#include "src/settings/settings.hpp"

namespace aidledger {

struct ServeWish {
  bool create = true;
  bool demonstration = false;
};

// Of the settings of one ledger:
/// Where the log is, when it is in Kafka. Throws CannotStart.
KafkaPlaceSettings kafka_settings(const settings::Settings& settings);
NodeSettings node_settings(const settings::Settings& settings);
/// <data>/operator.token
std::string operator_token_path(const settings::Settings& settings);

/// Serves until SIGINT or SIGTERM; returns when everything is answered and on disk. What is said goes to `says`, one
/// line each. A ledger that cannot be opened leaves the others alone; throws what the first could not be opened for
/// where none could.
void serve(const settings::Settings& settings, const ServeWish& wish, const NodeProgress& progress,
           const std::function<void(const std::string&)>& says);

}  // namespace aidledger
