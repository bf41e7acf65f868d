#include "src/watch.hpp"

#include <utility>

namespace aidledger {

std::vector<std::string> Watch::look(const ledger::Health& health, const std::optional<NotReady>& no,
                                     const std::string& vault, const Intruders& intruders, std::int64_t now_us) {
  std::vector<std::string> lines;
  if (auto line = state(health, no, now_us); !line.empty()) lines.push_back(std::move(line));
  const bool brokers_away = no && no->code == log_unreachable;  // that is said: the vault is where the log is
  if (auto line = brokers_away ? "" : this->vault(vault, now_us); !line.empty()) lines.push_back(std::move(line));
  if (batches_.due(intruders.batches, now_us))
    lines.push_back("ALARM: batches that no enrolled key signed lie in the log of " + ledger_ + ": " +
                    std::to_string(intruders.batches) + " since the start, the last at offset " +
                    std::to_string(intruders.last_batch.value) + "; they are void: see who may write to its topic");
  if (entries_.due(intruders.vault_entries, now_us))
    lines.push_back("ALARM: entries that our key does not open lie in the vault's topic of " + ledger_ + ": " +
                    std::to_string(intruders.vault_entries) +
                    " since the start; they count for nothing: see who may write to it");
  return lines;
}

std::string Watch::state(const ledger::Health& health, const std::optional<NotReady>& no, std::int64_t now_us) {
  const std::string code = no ? no->code : "";
  if (std::exchange(seen_, code) != code) seen_us_ = now_us;
  const bool starting = code == catching_up && !health.caught_up;
  const bool settled = health.halt != ledger::Halt::none || now_us - seen_us_ >= settled_us;
  if (starting || !settled) return {};
  const bool again = no ? took_ : std::exchange(took_, true);
  const bool other_reason = no && code != catching_up && no->why != why_ && now_us - said_us_ >= again_us;
  if (code == code_ && !other_reason) return {};
  code_ = code;
  why_ = no ? no->why : "";
  said_us_ = now_us;
  if (!no) return "ledger " + ledger_ + " takes actions" + (again ? " again" : "");
  const bool halted = health.halt != ledger::Halt::none;
  return "ledger " + ledger_ + (halted ? " is halted: " : " takes no actions: ") + code + ": " + why_;
}

std::string Watch::vault(const std::string& trouble, std::int64_t now_us) {
  if (std::exchange(vault_seen_, trouble) != trouble) vault_seen_us_ = now_us;
  if (trouble == vault_said_ || now_us - vault_seen_us_ < settled_us) return {};
  vault_said_ = trouble;
  return "the vault of " + ledger_ + (trouble.empty() ? " is well again" : " is in trouble: " + trouble);
}

bool Watch::Alarm::due(std::uint64_t count, std::int64_t now_us) {
  if (count <= said || (at_us && now_us - *at_us < again_us)) return false;
  said = count;
  at_us = now_us;
  return true;
}

}  // namespace aidledger
