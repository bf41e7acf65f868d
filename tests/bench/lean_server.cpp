#include "tests/bench/lean_server.hpp"

#include "src/world/digest.hpp"

namespace aidledger::bench {
namespace {

constexpr std::uint64_t file_bytes = 64 << 20;
constexpr std::size_t record_bytes = 320;  ///< a framed record
constexpr std::size_t read_bytes = 16 * 1024, answer_body_bytes = 700;
constexpr int events_per_look = 256, look_ms = 100;
constexpr std::uint64_t the_listener = UINT64_MAX;

const std::string& answer() {
  static const std::string text =
      "HTTP/1.1 201 Created\r\nContent-Type: application/json\r\nContent-Length: " + std::to_string(answer_body_bytes) +
      "\r\n\r\n" + std::string(answer_body_bytes, ' ');
  return text;
}

}  // namespace

LeanServer::LeanServer(const std::string& folder)
    : disk_(world::real_disk()),
      listener_(checked(::socket(AF_INET, SOCK_STREAM, 0), "socket")),
      poll_(checked(::epoll_create1(0), "epoll_create1")) {
  disk_->make_folder(folder);
  file_ = disk_->open(folder + "/raw", world::Disk::Mode::create);
  const Bytes zeros(1 << 20, '\0');
  for (std::uint64_t at = 0; at < file_bytes; at += zeros.size()) file_->pwrite(at, zeros);
  file_->datasync();
  auto address = loopback(0);
  socklen_t size = sizeof address;
  checked(::bind(listener_.get(), reinterpret_cast<const sockaddr*>(&address), size), "bind");
  checked(::listen(listener_.get(), SOMAXCONN), "listen");
  checked(::getsockname(listener_.get(), reinterpret_cast<sockaddr*>(&address), &size), "getsockname");
  port_ = ntohs(address.sin_port);
  watch(poll_, listener_.get(), the_listener);
  thread_ = std::thread([this] { run(); });
}

LeanServer::~LeanServer() {
  stopping_ = true;
  thread_.join();
}

void LeanServer::run() {
  epoll_event events[events_per_look];
  while (!stopping_) {
    const int count = ::epoll_wait(poll_.get(), events, events_per_look, look_ms);
    for (int i = 0; i < count; ++i) {
      if (events[i].data.u64 == the_listener)
        welcome();
      else
        receive(events[i].data.u64);
    }
    if (!asked_.empty()) commit_and_answer();
  }
}

void LeanServer::welcome() {
  Descriptor socket(checked(::accept(listener_.get(), nullptr, nullptr), "accept"));
  without_delay(socket.get());
  watch(poll_, socket.get(), welcomed_);
  connections_.emplace(welcomed_++, Connection{std::move(socket), {}});
}

void LeanServer::receive(std::uint64_t number) {
  auto& connection = connections_.at(number);
  char bytes[read_bytes];
  const auto size = ::recv(connection.socket.get(), bytes, sizeof bytes, 0);
  if (size <= 0) {
    connections_.erase(number);  // the generator has no answer outstanding when it leaves
    return;
  }
  connection.received.append(bytes, static_cast<std::size_t>(size));
  if (whole_message(connection.received) == 0) return;
  connection.received.resize(record_bytes, ' ');
  const auto sum = world::crc32c(connection.received);
  group_.append(reinterpret_cast<const char*>(&sum), sizeof sum).append(connection.received);
  connection.received.clear();
  asked_.push_back(number);
}

/// All that came while the last group was synced goes out with one sync.
void LeanServer::commit_and_answer() {
  if (at_ + group_.size() > file_bytes) at_ = 0;
  file_->pwrite(at_, group_);
  file_->datasync();
  at_ += group_.size();
  group_.clear();
  for (const auto number : asked_)
    ::send(connections_.at(number).socket.get(), answer().data(), answer().size(), MSG_NOSIGNAL);
  asked_.clear();
}

}  // namespace aidledger::bench
