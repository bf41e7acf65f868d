#pragma once
// A request and a response without sockets: what the server reads and writes, and what tests say.
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace aidledger::http {

enum class Verb : std::uint8_t { get, head, post, delete_, options, other };

/// The head of a request; only the fields that anybody asks for.
struct Head {
  Verb verb = Verb::get;
  std::string target;  ///< path and query, as sent
  std::string authorization, content_type, content_encoding, idempotency_key, if_none_match;
  std::string peer;  ///< address, for the log
};

inline constexpr std::string_view json_type = "application/json", problem_type = "application/problem+json",
                                  ndjson_type = "application/x-ndjson", text_type = "text/plain; charset=utf-8",
                                  metrics_type = "text/plain; version=0.0.4; charset=utf-8";

/// A piece of a body that is made while it is sent.
struct Chunk {
  std::string bytes;
  bool end = false;     ///< nothing after this one
  bool broken = false;  ///< it cannot go on: the connection is cut, so that nobody takes the part for the whole
};

/// Asked for the next chunk only when the one before has been sent; `then` may be called on any thread.
class ChunkSource {
 public:
  virtual ~ChunkSource() = default;
  virtual void next(std::function<void(Chunk)> then) = 0;
};

struct Response {
  int status = 200;
  std::string_view content_type = json_type;
  std::string body;
  std::vector<std::pair<std::string_view, std::string>> headers;
  std::shared_ptr<ChunkSource> chunks;  ///< instead of `body`
};

/// Makes a response; called once, on the thread that will send it.
using MakeResponse = std::function<Response()>;
/// Takes the answer; may be called on any thread, once.
using Respond = std::function<void(MakeResponse)>;

}  // namespace aidledger::http
