#pragma once
// A response's head as bytes.
#include <string>

#include "events/values/time.hpp"
#include "src/http/message.hpp"

namespace aidledger::http {

enum class Framing : std::uint8_t { length, chunked, until_close };

struct Wire {
  Framing framing = Framing::length;
  bool keep_alive = true;
  std::string_view date;  ///< http_date, kept by the server
};

/// Status line and fields, up to and including the empty line.
std::string head_text(const Response& response, const Wire& wire);
/// One chunk of a chunked body, framed.
std::string chunk_text(std::string_view bytes);
inline constexpr std::string_view last_chunk = "0\r\n\r\n", continue_text = "HTTP/1.1 100 Continue\r\n\r\n";
/// "Tue, 24 Nov 2026 13:40:00 GMT".
std::string http_date(Instant now);

}  // namespace aidledger::http
