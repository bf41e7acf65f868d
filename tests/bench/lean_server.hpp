#pragma once
// What no server that answers durably can leave out: the same requests in, their bytes on disk, answers of the same
// size out. It understands nothing of them.
#include <atomic>
#include <memory>
#include <string>
#include <thread>
#include <unordered_map>
#include <vector>

#include "src/world/disk.hpp"
#include "tests/bench/sockets.hpp"

namespace aidledger::bench {

class LeanServer {
 public:
  /// Writes into a file in `folder`, over bytes that are there already.
  explicit LeanServer(const std::string& folder);
  ~LeanServer();
  std::uint16_t port() const { return port_; }

 private:
  struct Connection {
    Descriptor socket;
    std::string received;
  };

  void run();
  void welcome();
  void receive(std::uint64_t number);
  void commit_and_answer();

  std::unique_ptr<world::Disk> disk_;
  std::unique_ptr<world::File> file_;
  Descriptor listener_, poll_;
  std::uint16_t port_ = 0;
  std::unordered_map<std::uint64_t, Connection> connections_;
  std::uint64_t welcomed_ = 0;
  std::vector<std::uint64_t> asked_;  ///< connections whose request has come whole, not answered yet
  std::uint64_t at_ = 0;
  std::string group_;
  std::atomic<bool> stopping_ = false;
  std::thread thread_;
};

}  // namespace aidledger::bench
