#include "tests/cli/one_answer_server.hpp"

#include <arpa/inet.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <stdexcept>
#include <thread>

namespace aidledger::test {
namespace {

std::size_t body_length(const std::string& head) {
  const auto at = head.find("Content-Length: ");
  return at == std::string::npos ? 0 : std::stoul(head.substr(at + 16));
}

std::string read_request(int peer) {
  std::string text, piece(4096, '\0');
  for (;;) {
    const auto end = text.find("\r\n\r\n");
    if (end != std::string::npos && text.size() >= end + 4 + body_length(text)) return text;
    const auto count = ::recv(peer, piece.data(), piece.size(), 0);
    if (count <= 0) return text;
    text.append(piece, 0, static_cast<std::size_t>(count));
  }
}

}  // namespace

class OneAnswerServer::Listener {
 public:
  Listener(int status, const std::string& body, const std::string& fields)
      : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    auto* general = reinterpret_cast<sockaddr*>(&address);
    if (::bind(socket_, general, size) != 0 || ::listen(socket_, 1) != 0 || ::getsockname(socket_, general, &size) != 0)
      throw std::runtime_error("cannot listen on this machine");
    port_ = ntohs(address.sin_port);
    thread_ = std::thread([this, status, body, fields] { serve(status, body, fields); });
  }
  ~Listener() {
    stop();
    ::close(socket_);
  }
  /// Who was answered is done by now; nobody else is waited for.
  void stop() {
    ::shutdown(socket_, SHUT_RDWR);
    if (thread_.joinable()) thread_.join();
  }
  int port() const { return port_; }
  const std::string& request() const { return request_; }

 private:
  void serve(int status, const std::string& body, const std::string& fields) {
    const int peer = ::accept(socket_, nullptr, nullptr);
    if (peer < 0) return;
    request_ = read_request(peer);
    const auto answer = "HTTP/1.1 " + std::to_string(status) +
                        " X\r\nContent-Type: application/json\r\nContent-Length: " + std::to_string(body.size()) +
                        "\r\n" + fields + "Connection: close\r\n\r\n" + body;
    if (status != 0) ::send(peer, answer.data(), answer.size(), MSG_NOSIGNAL);
    ::close(peer);
  }

  int socket_, port_ = 0;
  std::string request_;
  std::thread thread_;
};

OneAnswerServer::OneAnswerServer(int status, const std::string& body, const std::string& fields)
    : listener_(std::make_unique<Listener>(status, body, fields)) {}
OneAnswerServer::~OneAnswerServer() = default;
std::string OneAnswerServer::address() const { return "http://127.0.0.1:" + std::to_string(listener_->port()); }
std::string OneAnswerServer::request() {
  listener_->stop();
  return listener_->request();
}

unsigned permissions_of(const std::string& path) {
  struct stat status{};
  return ::stat(path.c_str(), &status) == 0 ? status.st_mode & 07777u : 0;
}

}  // namespace aidledger::test
