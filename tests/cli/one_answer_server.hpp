#pragma once
// Listens on a free port of this machine, takes one request, gives one answer, and keeps what was asked. Status 0
// closes the connection without an answer.
#include <memory>
#include <string>

namespace aidledger::test {

class OneAnswerServer {
 public:
  /// `fields`: more of the answer's head, each ended by CRLF.
  OneAnswerServer(int status, const std::string& body, const std::string& fields = {});
  ~OneAnswerServer();
  std::string address() const;
  /// The whole request that was answered; empty where none came.
  std::string request();

 private:
  class Listener;
  std::unique_ptr<Listener> listener_;
};

/// The mode of a file, e.g. 0600.
unsigned permissions_of(const std::string& path);

}  // namespace aidledger::test
