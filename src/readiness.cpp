#include "src/readiness.hpp"

namespace aidledger {
namespace {

void add_log(Tree& detail, const ledger::Health& health, std::int64_t now_us) {
  detail.set("read_to_offset", health.read_to.value)
      .set("log_end_offset", health.log_end.value)
      .set("lag_ms", lag_us(health, now_us) / 1'000);
}

void add_vault(Tree& detail, const vault::TopicVaultState& vault, std::int64_t now_us) {
  detail.set("vault", vault.trouble)
      .set("vault_read_ago_ms", (now_us - vault.read_at_us) / 1'000)
      .set("vault_tombstones_owed", static_cast<std::uint64_t>(vault.owed))
      .set("vault_forged_entries", vault.forged);
}

LogLies lies(Node& node) { return node.kafka() == nullptr ? LogLies::here : LogLies::elsewhere; }

}  // namespace

std::optional<NotReady> not_ready(Node& node) {
  return not_ready(node.ledger().health(), node.log_failing(), node.clock().monotonic_us(), lies(node));
}

http::Readiness readiness_of(Node& node) {
  const auto health = node.ledger().health();
  const std::string log_failing = node.log_failing();
  const std::int64_t now_us = node.clock().monotonic_us();
  const auto no = not_ready(health, log_failing, now_us, lies(node));
  http::Readiness ready;
  ready.ready = !no;
  ready.detail = Tree::object()
                     .set("ledger", node.opened().ledger)
                     .set("next_seq", health.next_seq)
                     .set("folded_to", health.folded_to)
                     .set("waiting", static_cast<std::uint64_t>(health.waiting))
                     .set("void_batches", health.voids.losers + health.voids.foreign)
                     .set("read_to_end", health.at_end)
                     .set("log", health.blocked.empty() ? log_failing : health.blocked)
                     .set("halt", ledger::code_of(health.halt))
                     .set("code", no ? no->code : "")
                     .set("why", no ? no->why : "");
  if (node.kafka() != nullptr) {
    add_log(ready.detail, health, now_us);
    add_vault(ready.detail, node.kafka()->vault_state(), now_us);
  }
  return ready;
}

std::string stale_code(Node& node) {
  const auto no = not_ready(node);
  return no && no->stale ? no->code : std::string();
}

}  // namespace aidledger
