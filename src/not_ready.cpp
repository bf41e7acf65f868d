#include "src/not_ready.hpp"

namespace aidledger {

std::optional<NotReady> not_ready(const ledger::Health& health, const std::string& log_failing, std::int64_t now_us,
                                  LogLies lies) {
  const auto no = [](std::string_view code, std::string why, bool stale = true) {
    return NotReady{std::string(code), std::move(why), stale};
  };
  if (health.halt != ledger::Halt::none)  // a suspect clock stops the writing; such a node reads on
    return no(ledger::code_of(health.halt), health.why, health.halt != ledger::Halt::clock_suspect);
  if (!health.blocked.empty()) return no(disk_failing, health.blocked);
  if (!log_failing.empty() && lies == LogLies::here) return no(disk_failing, log_failing, false);
  if (!log_failing.empty()) return no(log_unreachable, log_failing);
  if (!health.caught_up)
    return no(catching_up, "the log has not been read to its end since the start: " + how_far(health));
  if (const auto lag = lag_us(health, now_us); lag > ledger::most_lag_us)
    return no(catching_up,
              "what the log held " + std::to_string(lag / 1'000'000) + " s ago is not read yet: " + how_far(health));
  return std::nullopt;
}

std::int64_t lag_us(const ledger::Health& health, std::int64_t now_us) {
  return health.behind_since_us ? now_us - *health.behind_since_us : 0;
}

std::string how_far(const ledger::Health& health) {
  const auto offset = [](log::Position position) { return std::to_string(position.value); };
  return std::to_string(health.folded_to) + " records, offset " + offset(health.read_to) + " of " +
         (health.log_end.value > 0 ? offset(health.log_end) : "an end that is not known yet");
}

}  // namespace aidledger
