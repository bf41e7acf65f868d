#pragma once
// The query of a request's target, checked against what its route takes.
#include <expected>

#include "src/http/route.hpp"

namespace aidledger::http {

/// nullopt where an escape is cut or bad.
std::optional<std::string> percent_decode(std::string_view text);
/// Path and query of a target; the query without its question mark.
std::pair<std::string_view, std::string_view> split_target(std::string_view target);

struct Query {
  KnownAt known_at;
  std::optional<Seq> min_seq;
  std::size_t limit = 0;  ///< 0 = not said
  Seq from = 0;           ///< of the feed
  std::string cursor;
  std::vector<std::pair<std::string, std::string>> filters;
};

/// Pointers of problems are parameter names ("?known_at").
std::expected<Query, Problems> read_query(const Route& route, std::string_view query);

/// "seq:N" or an RFC 3339 time.
std::optional<KnownAt> parse_known_at(std::string_view text);
/// Cursors are opaque: hexadecimal.
std::string cursor_of(std::string_view next);

}  // namespace aidledger::http
