#pragma once
// Bytes of a connection into requests: the only user of Beast. Refuses what two parsers could frame differently.
#include <memory>
#include <optional>
#include <string>

#include "src/http/message.hpp"
#include "src/http/problem.hpp"

namespace aidledger::http {

/// One request. Bytes go in as they come; head and body come out.
class RequestParser {
 public:
  /// `head_limit`: the most bytes of a head, the empty line at its end included, however they come.
  explicit RequestParser(std::uint32_t head_limit);
  ~RequestParser();

  /// Returns how many bytes were used; the others belong to what comes later.
  std::size_t put(std::string_view bytes);
  /// What is wrong with the request; nullptr = nothing so far.
  const ProblemKind* problem() const;
  bool head_done() const;
  bool done() const;

  // Once the head is done:
  Head head(std::string peer) const;
  std::optional<std::uint64_t> content_length() const;
  bool keep_alive() const;
  bool http_1_0() const;
  bool expects_continue() const;

  /// The part of the body that came since the last call.
  std::string take_body();
  /// Bytes of the body so far, taken or not.
  std::uint64_t body_bytes() const;

 private:
  std::size_t put_head(std::string_view bytes);
  std::size_t put_some(std::string_view bytes);

  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace aidledger::http
