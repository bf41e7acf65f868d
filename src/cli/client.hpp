#pragma once
// A small blocking HTTP/1.1 client for the commands. One connection, opened when first needed, kept while it lasts.
#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>

namespace aidledger::cli {

struct HttpAnswer {
  unsigned status = 0;
  std::map<std::string, std::string, std::less<>> headers;  ///< names in lower case
  std::string body;

  std::string header(std::string_view name) const;
};

/// Percent-encodes what may not stand in a path segment or query value.
std::string url_encoded(std::string_view text);

class Client {
 public:
  /// `server`: "http://host:port". Throws Failure(usage) where it is something else, or not an address of this machine:
  /// the token would cross the network in clear.
  Client(const std::string& server, std::string token);
  ~Client();
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;

  /// Failures: Exit::unavailable; where a POST had gone out, the message says that its outcome is not known.
  HttpAnswer get(const std::string& target);
  HttpAnswer post(const std::string& target, std::string body, const std::string& content_type,
                  const std::map<std::string, std::string>& headers = {});
  HttpAnswer remove(const std::string& target);
  /// Hands over the lines of an answer as they arrive; `line` returns false to stop. Where the status is not 200, the
  /// answer comes back whole.
  HttpAnswer lines(const std::string& target, const std::function<bool(std::string_view)>& line);

  const std::string& server() const { return server_; }

 private:
  class Connection;
  std::string server_, host_, port_, token_;
  std::unique_ptr<Connection> connection_;
};

}  // namespace aidledger::cli
