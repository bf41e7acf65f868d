#pragma once
// What no server that answers durably can leave out (performance.md, section 7, the action path): each request parsed,
// the version of its case counted, a record of it chained by hash, one sync for all that came meanwhile, answers of the
// same size as ours. One thread reads and answers, one commits. It knows no rule, right or retry and keeps no rows.
#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <unordered_map>
#include <vector>

#include "events/values/bytes.hpp"
#include "src/world/disk.hpp"

namespace aidledger::bench {

class LeanServer {
 public:
  /// Writes into a file in `folder`, over bytes that are there already.
  explicit LeanServer(const std::string& folder);
  ~LeanServer();
  std::uint16_t port() const { return acceptor_.local_endpoint().port(); }

 private:
  /// What one sync makes durable, and whom that answers.
  struct Group {
    std::string bytes;
    std::vector<std::move_only_function<void()>> then;
  };

  boost::asio::awaitable<void> accept();
  boost::asio::awaitable<void> serve(boost::asio::ip::tcp::socket socket);
  std::string record_of(std::string_view body);
  boost::asio::awaitable<void> commit(std::string record);
  void commit_groups();

  std::unique_ptr<world::Disk> disk_;
  std::unique_ptr<world::File> file_;
  std::uint64_t at_ = 0;
  boost::asio::io_context io_{1};
  boost::asio::ip::tcp::acceptor acceptor_{io_};
  std::unordered_map<std::string, std::uint64_t> versions_;  ///< of cases
  Hash chained_{};                                           ///< of the last record
  std::mutex mutex_;
  std::condition_variable asked_;
  Group group_;
  bool stopping_ = false;
  std::thread commits_, reads_;
};

}  // namespace aidledger::bench
