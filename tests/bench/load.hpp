#pragma once
// Load on an HTTP server: one thread, keep-alive connections, requests made before the clock starts.
#include <cstdint>
#include <string>
#include <vector>

namespace aidledger::bench {

struct Load {
  std::uint16_t port = 0;
  std::size_t connections = 0;
  /// Requests per second, sent at a constant rate whatever the answers do (open loop); 0 = each connection asks again
  /// as soon as it is answered (closed loop).
  double rate = 0;
};

struct Answered {
  double p50_us = 0, p99_us = 0;  ///< from the moment at which the request was meant to go out
  double rate = 0;                ///< answers per second
};

/// Sends every request once and waits for all answers. Throws std::runtime_error when one is not a 201.
Answered run_load(const Load& load, const std::vector<std::string>& requests);

}  // namespace aidledger::bench
