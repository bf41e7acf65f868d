#pragma once
// A client as bare as can be: sends what it is told, well-formed or not, and reads what comes.
#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <charconv>
#include <stdexcept>
#include <string>
#include <string_view>

namespace aidledger::http {

struct Received {
  int status = 0;
  std::string head, body;
  bool has(std::string_view text) const { return head.find(text) != std::string::npos; }
};

class Client {
 public:
  explicit Client(std::uint16_t port, int receive_buffer = 0) : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
    if (receive_buffer > 0) ::setsockopt(socket_, SOL_SOCKET, SO_RCVBUF, &receive_buffer, sizeof receive_buffer);
    sockaddr_in address{};
    address.sin_family = AF_INET, address.sin_port = htons(port), address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0)
      throw std::runtime_error("no connection");
  }
  Client(Client&& other) noexcept : socket_(std::exchange(other.socket_, -1)), read_(std::move(other.read_)) {}
  ~Client() { hang_up(); }
  void hang_up() {
    if (socket_ >= 0) ::close(std::exchange(socket_, -1));
  }

  Client& send(std::string_view bytes) {
    while (!bytes.empty()) {
      const auto sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (sent <= 0) break;
      bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return *this;
  }

  /// The next response, with its body taken out of its chunks; status 0 when the connection is over.
  Received receive(bool head_only = false) {
    Received received;
    received.head = until("\r\n\r\n");
    if (received.head.size() < 12) return received;
    received.status = std::stoi(received.head.substr(9, 3));
    if (head_only || received.status == 100 || received.status == 204) return received;
    if (received.has("Transfer-Encoding: chunked"))
      read_chunks(received.body);
    else
      received.body = exactly(length_in(received.head));
    return received;
  }

  /// True when the other side has closed and nothing is left to read.
  bool over() { return read_.empty() && !more(); }

 private:
  static std::size_t length_in(const std::string& head) {
    const auto at = head.find("Content-Length: ");
    return at == std::string::npos ? 0 : std::stoul(head.substr(at + 16));
  }
  bool more() {
    char bytes[4096];
    const auto size = ::recv(socket_, bytes, sizeof bytes, 0);
    if (size > 0) read_.append(bytes, static_cast<std::size_t>(size));
    return size > 0;
  }
  std::string until(std::string_view end) {
    for (;;) {
      if (const auto at = read_.find(end); at != std::string::npos) return exactly(at + end.size());
      if (!more()) return {};
    }
  }
  std::string exactly(std::size_t size) {
    while (read_.size() < size && more()) continue;
    std::string out = read_.substr(0, size);
    read_.erase(0, size);
    return out;
  }
  void read_chunks(std::string& body) {
    for (;;) {
      const auto line = until("\r\n");
      std::size_t size = 0;
      std::from_chars(line.data(), line.data() + line.size(), size, 16);
      const auto chunk = exactly(size + 2);
      if (size == 0 || chunk.size() < size) return;
      body.append(chunk, 0, size);
    }
  }

  int socket_;
  std::string read_;
};

}  // namespace aidledger::http
