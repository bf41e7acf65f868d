#pragma once
// The door on the network: connections in, requests through the handler, answers out. Loopback only.
#include <cstdint>
#include <memory>
#include <stdexcept>
#include <string>

#include "src/http/handler.hpp"

namespace aidledger::http {

struct ServerSettings {
  std::string address = "127.0.0.1";  ///< of this machine; any other is refused
  std::uint16_t port = 0;             ///< 0 picks a free one
  unsigned io_threads = 1;
  std::uint32_t head_limit = 8 * 1024;  ///< bytes
  std::size_t connections = 512;        ///< more are closed at once
  std::size_t per_address = 512;
  std::int64_t head_wait_us = 10'000'000;   ///< for a whole head, from its first byte
  std::int64_t body_wait_us = 30'000'000;   ///< for a whole body, or a line of a stream
  std::int64_t idle_wait_us = 60'000'000;   ///< between requests, or lines of a stream
  std::int64_t write_wait_us = 30'000'000;  ///< for a response, or a chunk of one
  std::int64_t sweep_us = 250'000;          ///< how often deadlines are looked at
};

/// The sentence says which address and why.
struct CannotListen : std::runtime_error {
  using std::runtime_error::runtime_error;
};

class Server {
 public:
  /// Listens from here on; answers once started. `clock` counts deadlines. Handler and clock outlive the server.
  Server(Handler& handler, world::Clock& clock, const ServerSettings& settings);
  ~Server();

  void start();
  std::uint16_t port() const;
  std::size_t connections() const;
  /// Takes no more connections, answers what is under way, then returns. Idle connections are closed at once.
  void stop();
  /// Looks at every deadline now (else done every sweep_us), and returns when that is done.
  void sweep();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace aidledger::http
