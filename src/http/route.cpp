#include "src/http/route.hpp"

#include <algorithm>

#include "src/http/target.hpp"

namespace aidledger::http {
namespace {

/// Takes the next segment off: "a/b" gives "a", leaves "b". False at the end.
bool next_segment(std::string_view& path, std::string_view& segment) {
  if (path.empty() || path.front() != '/') return false;
  const auto end = std::min(path.find('/', 1), path.size());
  segment = path.substr(1, end - 1);
  path.remove_prefix(end);
  return true;
}

std::string* place_of(std::string_view hole, PathArgs& args) {
  if (hole == "{ledger}") return &args.ledger;
  return hole == "{kind}" ? &args.kind : &args.id;
}

bool fits(std::string_view wanted, std::string_view path, PathArgs& args) {
  std::string_view want, have;
  while (next_segment(wanted, want)) {
    if (!next_segment(path, have)) return false;
    if (!want.starts_with('{')) {
      if (want != have) return false;
      continue;
    }
    const auto decoded = percent_decode(have);
    if (!decoded || !is_id(*decoded)) return false;
    *place_of(want, args) = *decoded;
  }
  return path.empty();
}

std::string_view method(Verb verb) {
  switch (verb) {
    case Verb::post: return "POST";
    case Verb::delete_: return "DELETE";
    default: return "GET, HEAD";
  }
}

}  // namespace

Matched match(Verb verb, std::string_view path) {
  Matched matched;
  const Verb wanted = verb == Verb::head ? Verb::get : verb;
  for (const auto& route : routes()) {
    PathArgs args;
    if (!fits(route.path, path, args)) continue;
    matched.allow += std::string(method(route.verb)) + ", ";
    if (route.verb != wanted) continue;
    matched.route = &route, matched.args = std::move(args);
    break;
  }
  if (!matched.allow.empty()) matched.allow += "OPTIONS";
  return matched;
}

}  // namespace aidledger::http
