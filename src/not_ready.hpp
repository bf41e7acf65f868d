#pragma once
// Why a node takes no actions now, and whether its reads may be behind the log. Pure.
#include <optional>
#include <string>

#include "src/ledger/ledger.hpp"

namespace aidledger {

struct NotReady {
  std::string code;  ///< the halt's, or one of those below
  std::string why;   ///< a sentence
  bool stale;        ///< the log may hold more than is read here
};
inline constexpr std::string_view disk_failing = "DISK_FAILING", log_unreachable = "LOG_UNREACHABLE",
                                  catching_up = "CATCHING_UP", not_opened = "NOT_OPENED";
using ledger::key_not_enrolled;

enum class LogLies { here, elsewhere };  ///< in this node's own files, or in Kafka

/// `log_failing`: why the log can be neither read nor appended to; empty while it can. `now_us`: monotonic.
std::optional<NotReady> not_ready(const ledger::Health& health, const std::string& log_failing, std::int64_t now_us,
                                  LogLies lies = LogLies::elsewhere);
/// How long ago the log held already what is not read yet, in microseconds.
std::int64_t lag_us(const ledger::Health& health, std::int64_t now_us);
/// "1200000 records, offset 1204 of 10016": of a log in Kafka.
std::string how_far(const ledger::Health& health);

}  // namespace aidledger
