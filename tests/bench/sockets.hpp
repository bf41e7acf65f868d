#pragma once
// Plain Linux sockets on loopback, for the programs that load a server and for the one that is the limit.
#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>
#include <string_view>
#include <system_error>
#include <utility>

namespace aidledger::bench {

inline int checked(int result, const char* what) {
  if (result < 0) throw std::system_error(errno, std::generic_category(), what);
  return result;
}

/// A descriptor that is closed with its owner.
class Descriptor {
 public:
  explicit Descriptor(int fd) : fd_(fd) {}
  Descriptor(Descriptor&& from) noexcept : fd_(std::exchange(from.fd_, -1)) {}
  Descriptor& operator=(Descriptor&&) = delete;
  ~Descriptor() {
    if (fd_ >= 0) ::close(fd_);
  }
  int get() const { return fd_; }

 private:
  int fd_;
};

inline sockaddr_in loopback(std::uint16_t port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return address;
}

inline void without_delay(int socket) {
  const int yes = 1;
  checked(::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes), "TCP_NODELAY");
}

inline void watch(const Descriptor& poll, int fd, std::uint64_t as) {
  epoll_event event{.events = EPOLLIN, .data = {.u64 = as}};
  checked(::epoll_ctl(poll.get(), EPOLL_CTL_ADD, fd, &event), "epoll_ctl");
}

/// The length of the first whole HTTP message in `bytes`, by its Content-Length; 0 while it is not whole.
inline std::size_t whole_message(std::string_view bytes) {
  constexpr std::string_view field = "Content-Length: ";
  const auto head = bytes.find("\r\n\r\n");
  if (head == std::string_view::npos) return 0;
  const auto at = bytes.substr(0, head).find(field);
  std::size_t length = 0;
  if (at != std::string_view::npos)
    for (auto digit = at + field.size(); digit < head && bytes[digit] >= '0' && bytes[digit] <= '9'; ++digit)
      length = length * 10 + static_cast<std::size_t>(bytes[digit] - '0');
  const auto whole = head + 4 + length;
  return whole <= bytes.size() ? whole : 0;
}

}  // namespace aidledger::bench
