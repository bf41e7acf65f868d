#include "src/readiness.hpp"

#include "src/enrolment.hpp"

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

std::optional<NotReady> may_be_behind(Node& node, const ledger::Health& health) {
  return not_ready(health, node.log_failing(), node.clock().monotonic_us(), lies(node));
}

}  // namespace

std::optional<NotReady> not_ready(Node& node, const ledger::Health& health) {
  if (auto no = may_be_behind(node, health); no || node.kafka() == nullptr) return no;
  const std::string why = not_enrolled(node.ledger().view().rows(), node.named_key());
  return why.empty() ? std::nullopt : std::optional(NotReady{std::string(key_not_enrolled), why, false});
}

http::Readiness readiness_of(Node& node) {
  const auto health = node.ledger().health();
  const auto no = not_ready(node, health);
  http::Readiness ready;
  ready.ready = !no;
  ready.detail = Tree::object()
                     .set("ledger", node.opened().ledger)
                     .set("next_seq", health.next_seq)
                     .set("folded_to", health.folded_to)
                     .set("waiting", static_cast<std::uint64_t>(health.waiting))
                     .set("void_batches", health.voids.losers + health.voids.foreign)
                     .set("read_to_end", health.at_end)
                     .set("log", health.blocked.empty() ? node.log_failing() : health.blocked)
                     .set("halt", ledger::code_of(health.halt))
                     .set("code", no ? no->code : "")
                     .set("why", no ? no->why : "");
  if (node.kafka() != nullptr) {
    const std::int64_t now_us = node.clock().monotonic_us();
    add_log(ready.detail, health, now_us);
    add_vault(ready.detail, node.kafka()->vault_state(), now_us);
  }
  return ready;
}

std::string stale_code(Node& node) {
  const auto no = may_be_behind(node, node.ledger().health());
  return no && no->stale ? no->code : std::string();
}

}  // namespace aidledger
