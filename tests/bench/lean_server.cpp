#include "tests/bench/lean_server.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/json/monotonic_resource.hpp>
#include <boost/json/parse.hpp>

#include "src/world/digest.hpp"

namespace aidledger::bench {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
using asio::ip::tcp;

constexpr std::uint64_t file_bytes = 64 << 20;
constexpr std::size_t record_bytes = 320;  ///< a framed record
constexpr std::size_t answer_body_bytes = 700;
constexpr auto quietly = asio::as_tuple(asio::use_awaitable);

const std::string& answer() {
  static const std::string text =
      "HTTP/1.1 201 Created\r\nContent-Type: application/json\r\nContent-Length: " + std::to_string(answer_body_bytes) +
      "\r\n\r\n" + std::string(answer_body_bytes, ' ');
  return text;
}

}  // namespace

LeanServer::LeanServer(const std::string& folder) : disk_(world::real_disk()) {
  disk_->make_folder(folder);
  file_ = disk_->open(folder + "/raw", world::Disk::Mode::create);
  const Bytes zeros(1 << 20, '\0');
  for (std::uint64_t at = 0; at < file_bytes; at += zeros.size()) file_->pwrite(at, zeros);
  file_->datasync();
  acceptor_.open(tcp::v4());
  acceptor_.bind({asio::ip::address_v4::loopback(), 0});
  acceptor_.listen();
  asio::co_spawn(io_, accept(), asio::detached);
  commits_ = std::thread([this] { commit_groups(); });
  reads_ = std::thread([this] { io_.run(); });
}

LeanServer::~LeanServer() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  asked_.notify_one();
  commits_.join();
  io_.stop();
  reads_.join();
}

asio::awaitable<void> LeanServer::accept() {
  for (;;) {
    auto [error, socket] = co_await acceptor_.async_accept(quietly);
    if (error) co_return;
    socket.set_option(tcp::no_delay(true));
    asio::co_spawn(io_, serve(std::move(socket)), asio::detached);
  }
}

asio::awaitable<void> LeanServer::serve(tcp::socket socket) {
  beast::flat_buffer buffer;
  for (;;) {
    beast::http::request<beast::http::string_body> request;
    const auto [error, read] = co_await beast::http::async_read(socket, buffer, request, quietly);
    if (error) co_return;
    co_await commit(record_of(request.body()));
    const auto [broken, sent] = co_await asio::async_write(socket, asio::buffer(answer()), quietly);
    if (broken) co_return;
  }
}

/// Framed: a checksum, the hash of the record before, the version of the case, and what was asked.
std::string LeanServer::record_of(std::string_view body) {
  boost::json::monotonic_resource memory;
  const auto asked = boost::json::parse(body, &memory);
  const auto version = ++versions_[std::string(asked.at("data").at("case").as_string())];
  std::string record(reinterpret_cast<const char*>(chained_.data()), chained_.size());
  record.append(reinterpret_cast<const char*>(&version), sizeof version).append(body).resize(record_bytes, ' ');
  chained_ = world::sha256(record);
  const auto sum = world::crc32c(record);
  return record.insert(0, reinterpret_cast<const char*>(&sum), sizeof sum);
}

asio::awaitable<void> LeanServer::commit(std::string record) {
  return asio::async_initiate<const asio::use_awaitable_t<>&, void()>(
      [this, record = std::move(record)](auto handler) {
        {
          const std::lock_guard lock(mutex_);
          group_.bytes += record;
          group_.then.emplace_back(std::move(handler));
        }
        asked_.notify_one();
      },
      asio::use_awaitable);
}

/// All that came while the last group was synced goes out with one sync.
void LeanServer::commit_groups() {
  for (;;) {
    Group group;
    {
      std::unique_lock lock(mutex_);
      asked_.wait(lock, [this] { return stopping_ || !group_.then.empty(); });
      if (stopping_) return;
      std::swap(group, group_);
    }
    if (at_ + group.bytes.size() > file_bytes) at_ = 0;
    file_->pwrite(at_, group.bytes);
    file_->datasync();
    at_ += group.bytes.size();
    asio::post(io_, [then = std::move(group.then)]() mutable {
      for (auto& one : then) one();
    });
  }
}

}  // namespace aidledger::bench
