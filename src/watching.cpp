#include "src/watching.hpp"

#include "src/readiness.hpp"

namespace aidledger {
namespace {

constexpr std::int64_t look_every_us = 200'000;

std::string vault_trouble(Node& node) { return node.kafka() == nullptr ? "" : node.kafka()->vault_state().trouble; }

Intruders intruders_of(Node& node, const ledger::Voids& voids) {
  Intruders intruders{voids.foreign, voids.last_foreign};
  if (node.kafka() != nullptr) intruders.vault_entries = node.kafka()->vault_state().forged;
  return intruders;
}

}  // namespace

Watching::Watching(Node& node, std::function<void(const std::string&)> says,
                   std::function<void(const std::string&)> draws)
    : node_(node),
      says_(says),
      catching_up_(node.opened().ledger, node.ledger().health(), node.clock().monotonic_us(), std::move(says),
                   std::move(draws)),
      watch_(node.opened().ledger) {
  looks_->post([this] { look(); });
}

void Watching::look() {
  const auto health = node_.ledger().health();
  const std::int64_t now_us = node_.clock().monotonic_us();
  catching_up_.look(health, now_us);
  for (const auto& line :
       watch_.look(health, not_ready(node_, health), vault_trouble(node_), intruders_of(node_, health.voids), now_us))
    says_(line);
  looks_->after(look_every_us, [this] { look(); });
}

}  // namespace aidledger
