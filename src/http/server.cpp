#include "src/http/server.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>
#include <future>
#include <set>
#include <thread>
#include <tuple>

#include "src/http/session.hpp"

namespace aidledger::http {
namespace {

using asio::ip::tcp;

/// Out of descriptors: trying again at once would only burn the processor.
constexpr auto accept_pause = std::chrono::milliseconds(50);

/// How many connections there are, in all and per address.
class Census {
 public:
  Census(std::size_t all, std::size_t per_address) : max_all_(all), max_per_address_(per_address) {}
  /// Empty when the connection may come in; else why not.
  std::string_view enter(const std::string& address) {
    const std::lock_guard lock(mutex_);
    if (all_ >= max_all_) return "full";
    auto& here = by_address_[address];
    if (here >= max_per_address_) return "address-full";
    ++here, ++all_;
    return {};
  }
  void leave(const std::string& address) {
    const std::lock_guard lock(mutex_);
    --all_;
    if (const auto found = by_address_.find(address); --found->second == 0) by_address_.erase(found);
  }
  std::size_t all() const {
    const std::lock_guard lock(mutex_);
    return all_;
  }

 private:
  mutable std::mutex mutex_;
  std::size_t all_ = 0, max_all_, max_per_address_;
  std::map<std::string, std::size_t> by_address_;
};

/// One thread with its own connections and its own ear at the port.
class Lane {
 public:
  Lane(LaneView view, Census& census, const tcp::endpoint& endpoint, bool shared_port)
      : view_(std::move(view)), census_(census), acceptor_(io_), timer_(io_) {
    listen(endpoint, shared_port);
  }

  std::uint16_t port() const { return acceptor_.local_endpoint().port(); }

  void start() {
    view_.date = http_date(view_.clock.now());
    asio::co_spawn(io_, accept(), asio::detached);
    if (view_.settings.sweep_us > 0) asio::co_spawn(io_, keep_sweeping(), asio::detached);
    thread_ = std::thread([this] { io_.run(); });
  }

  void stop() {
    asio::post(io_, [this] {
      view_.stopping = true;
      boost::system::error_code error;
      std::ignore = acceptor_.close(error);
      for (const auto& session : sessions_) session->close_if_idle();
      stop_timer_if_over();
    });
  }

  void join() {
    if (thread_.joinable()) thread_.join();
  }

  void sweep_and_wait() {
    std::promise<void> done;
    asio::post(io_, [&] {
      sweep();
      done.set_value();
    });
    done.get_future().wait();
  }

 private:
  void listen(const tcp::endpoint& endpoint, bool shared_port) {
    acceptor_.open(endpoint.protocol());
    acceptor_.set_option(asio::socket_base::reuse_address(true));
    using reuse_port = asio::detail::socket_option::boolean<SOL_SOCKET, SO_REUSEPORT>;
    if (shared_port) acceptor_.set_option(reuse_port(true));
    acceptor_.bind(endpoint);
    acceptor_.listen();
  }

  Awaitable<void> accept() {
    while (!view_.stopping) {
      auto [error, socket] = co_await acceptor_.async_accept(quietly);
      if (!error) {
        welcome(std::move(socket));
      } else if (!view_.stopping) {
        Timer pause(io_, accept_pause);
        co_await pause.async_wait(quietly);
      }
    }
  }

  void welcome(Socket socket) {
    boost::system::error_code error;
    const auto remote = socket.remote_endpoint(error);
    if (error) return;
    auto address = remote.address().to_string();
    if (const auto why = census_.enter(address); !why.empty()) return view_.handler.metrics().cut(why);
    asio::co_spawn(io_, host(std::make_shared<Session>(std::move(socket), view_), std::move(address)), asio::detached);
  }

  Awaitable<void> host(std::shared_ptr<Session> session, std::string address) {
    sessions_.insert(session);
    view_.handler.metrics().connections(1);
    try {
      co_await session->serve();
    } catch (const std::exception&) {
      view_.handler.metrics().cut("failure");
    }
    view_.handler.metrics().connections(-1);
    sessions_.erase(session);
    census_.leave(address);
    stop_timer_if_over();
  }

  Awaitable<void> keep_sweeping() {
    while (!view_.stopping || !sessions_.empty()) {
      timer_.expires_after(std::chrono::microseconds(view_.settings.sweep_us));
      co_await timer_.async_wait(quietly);
      sweep();
    }
  }

  void sweep() {
    view_.date = http_date(view_.clock.now());
    const auto now = view_.clock.monotonic_us();
    for (const auto& session : sessions_) session->check_deadline(now);
    view_.handler.sweep();
  }

  void stop_timer_if_over() {
    if (view_.stopping && sessions_.empty()) timer_.cancel();
  }

  LaneView view_;
  Census& census_;
  asio::io_context io_{1};
  Acceptor acceptor_;
  Timer timer_;
  std::set<std::shared_ptr<Session>> sessions_;
  std::thread thread_;
};

tcp::endpoint endpoint_of(const ServerSettings& settings) {
  boost::system::error_code error;
  const auto named = settings.address == "localhost" ? "127.0.0.1" : settings.address;
  const auto address = asio::ip::make_address(named, error);
  if (error || !address.is_loopback())
    throw CannotListen("http.address must be an address of this machine (127.0.0.1 or ::1), not " + settings.address);
  return {address, settings.port};
}

}  // namespace

struct Server::State {
  State(Handler& handler_in, world::Clock& clock_in, const ServerSettings& settings_in)
      : handler(handler_in),
        clock(clock_in),
        settings(settings_in),
        census(settings_in.connections, settings_in.per_address) {}
  Handler& handler;
  world::Clock& clock;
  ServerSettings settings;
  Census census;
  std::vector<std::unique_ptr<Lane>> lanes;
  bool started = false;
};

Server::Server(Handler& handler, world::Clock& clock, const ServerSettings& settings)
    : state_(std::make_unique<State>(handler, clock, settings)) {
  auto endpoint = endpoint_of(settings);
  try {
    for (unsigned i = 0; i < std::max(1U, settings.io_threads); ++i) {
      LaneView view{handler, clock, state_->settings, false, {}};
      state_->lanes.push_back(
          std::make_unique<Lane>(std::move(view), state_->census, endpoint, settings.io_threads > 1));
      endpoint.port(state_->lanes.front()->port());
    }
  } catch (const boost::system::system_error& error) {
    throw CannotListen("cannot listen on " + settings.address + " port " + std::to_string(settings.port) + ": " +
                       error.code().message());
  }
}

Server::~Server() { stop(); }

void Server::start() {
  state_->started = true;
  for (const auto& lane : state_->lanes) lane->start();
}

std::uint16_t Server::port() const { return state_->lanes.front()->port(); }
std::size_t Server::connections() const { return state_->census.all(); }

void Server::stop() {
  if (!std::exchange(state_->started, false)) return;
  for (const auto& lane : state_->lanes) lane->stop();
  for (const auto& lane : state_->lanes) lane->join();
}

void Server::sweep() {
  for (const auto& lane : state_->lanes) lane->sweep_and_wait();
}

}  // namespace aidledger::http
