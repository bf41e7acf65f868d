#include "tests/bench/load.hpp"

#include <sys/prctl.h>

#include <algorithm>
#include <chrono>
#include <deque>
#include <stdexcept>

#include "tests/bench/sockets.hpp"

namespace aidledger::bench {
namespace {

using Clock = std::chrono::steady_clock;

constexpr int events_per_look = 256;
constexpr std::size_t read_bytes = 16 * 1024;

struct Connection {
  Descriptor socket;
  Clock::time_point meant;  ///< when its request was meant to go out
  std::string received;
};

class Generator {
 public:
  Generator(const Load& load, const std::vector<std::string>& requests)
      : load_(load), requests_(requests), poll_(checked(::epoll_create1(0), "epoll_create1")) {
    for (std::size_t i = 0; i < load.connections; ++i) connect();
    latencies_.reserve(requests.size());
    ::prctl(PR_SET_TIMERSLACK, 1);
  }

  Answered run() {
    start_ = Clock::now();
    while (latencies_.size() < requests_.size()) {
      send_what_is_due();
      take_answers();
    }
    const std::chrono::duration<double> seconds = Clock::now() - start_;
    std::sort(latencies_.begin(), latencies_.end());
    return {quantile(0.5), quantile(0.99), static_cast<double>(requests_.size()) / seconds.count()};
  }

 private:
  void connect() {
    Descriptor socket(checked(::socket(AF_INET, SOCK_STREAM, 0), "socket"));
    const auto address = loopback(load_.port);
    checked(::connect(socket.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address), "connect");
    without_delay(socket.get());
    watch(poll_, socket.get(), connections_.size());
    idle_.push_back(connections_.size());
    connections_.push_back({std::move(socket), {}, {}});
  }

  double quantile(double of) const {
    return latencies_[static_cast<std::size_t>(static_cast<double>(latencies_.size() - 1) * of)];
  }

  Clock::time_point due(std::size_t number) const {
    if (load_.rate == 0) return Clock::now();
    return start_ + std::chrono::nanoseconds(static_cast<std::int64_t>(static_cast<double>(number) * 1e9 / load_.rate));
  }

  /// A request that finds no idle connection goes out later, but its time counts from when it was meant to.
  void send_what_is_due() {
    for (; sent_ < requests_.size() && !idle_.empty(); ++sent_) {
      const auto meant = due(sent_);
      if (meant > Clock::now()) return;
      auto& connection = connections_[idle_.front()];
      idle_.pop_front();
      connection.meant = meant;
      const auto& request = requests_[sent_];
      if (::send(connection.socket.get(), request.data(), request.size(), MSG_NOSIGNAL) !=
          static_cast<ssize_t>(request.size()))
        throw std::runtime_error("a request could not be sent at once");
    }
  }

  timespec until_next() const {
    if (sent_ == requests_.size() || idle_.empty()) return {1, 0};
    const auto left = std::max<std::int64_t>(0, (due(sent_) - Clock::now()) / std::chrono::nanoseconds(1));
    return {left / 1'000'000'000, left % 1'000'000'000};
  }

  void take_answers() {
    epoll_event events[events_per_look];
    const auto wait = until_next();
    const int count = ::epoll_pwait2(poll_.get(), events, events_per_look, &wait, nullptr);
    for (int i = 0; i < count; ++i) receive(events[i].data.u64);
  }

  void receive(std::size_t number) {
    auto& connection = connections_[number];
    char bytes[read_bytes];
    const auto size = ::recv(connection.socket.get(), bytes, sizeof bytes, 0);
    if (size <= 0) throw std::runtime_error("the server closed a connection");
    connection.received.append(bytes, static_cast<std::size_t>(size));
    if (whole_message(connection.received) == 0) return;
    if (!connection.received.starts_with("HTTP/1.1 201"))
      throw std::runtime_error("not accepted: " + connection.received);
    latencies_.push_back(std::chrono::duration<double, std::micro>(Clock::now() - connection.meant).count());
    connection.received.clear();
    idle_.push_back(number);
  }

  const Load& load_;
  const std::vector<std::string>& requests_;
  Descriptor poll_;
  std::vector<Connection> connections_;
  std::deque<std::size_t> idle_;
  std::vector<double> latencies_;
  std::size_t sent_ = 0;
  Clock::time_point start_;
};

}  // namespace

Answered run_load(const Load& load, const std::vector<std::string>& requests) {
  return Generator(load, requests).run();
}

}  // namespace aidledger::bench
