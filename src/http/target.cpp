#include "src/http/target.hpp"

#include <algorithm>
#include <charconv>

#include "src/json/json.hpp"

namespace aidledger::http {
namespace {

constexpr std::size_t max_parameter_length = 2'048;

std::optional<std::uint64_t> to_number(std::string_view text) {
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size() || number > INT64_MAX) return std::nullopt;
  return number;
}

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/// What the value should have been; empty = it is fine.
std::string_view complaint(ParamKind kind, const std::string& value) {
  if (value.size() > max_parameter_length) return "shorter";
  switch (kind) {
    case ParamKind::text: return value.empty() || !json::is_utf8(value) ? "some text, in UTF-8" : "";
    case ParamKind::id: return is_id(value) ? "" : "an id: 1 to 64 of A-Z a-z 0-9 . _ -";
    case ParamKind::integer: return to_number(value) ? "" : "a whole number";
    case ParamKind::boolean: return value == "true" || value == "false" ? "" : "true or false";
    case ParamKind::date: return parse_date(value) ? "" : "a date like 2024-02-10";
    case ParamKind::instant: return parse_instant(value) ? "" : "an RFC 3339 time with a zone";
    case ParamKind::known_at: return parse_known_at(value) ? "" : "seq:N, or an RFC 3339 time with a zone";
  }
  return "";
}

const Param* find_param(const Route& route, std::string_view name) {
  const auto in = [&](std::span<const Param> params) {
    const auto found = std::ranges::find(params, name, &Param::name);
    return found == params.end() ? nullptr : &*found;
  };
  if (const auto* own = in(route.params)) return own;
  if (const auto* shared = route.of_ledger ? in(ledger_params()) : nullptr) return shared;
  return route.paged ? in(page_params()) : nullptr;
}

/// Puts a checked value where it belongs; false when out of bounds.
bool place(const Route& route, const std::string& name, std::string value, Query& query) {
  if (name == "known_at") {
    query.known_at = *parse_known_at(value);
  } else if (name == "min_seq") {
    query.min_seq = to_number(value);
  } else if (name == "limit") {
    query.limit = *to_number(value);
    return query.limit > 0 && (route.answerer == Answerer::feed || query.limit <= max_page);
  } else if (name == "cursor") {
    query.cursor = from_hex(value);
    return !query.cursor.empty();
  } else if (name == "from" && route.answerer == Answerer::feed) {
    query.from = *to_number(value);
  } else {
    query.filters.emplace_back(name, std::move(value));
  }
  return true;
}

void take(const Route& route, std::string_view pair, std::vector<std::string>& seen, Query& query, Problems& problems) {
  const auto equals = std::min(pair.find('='), pair.size());
  const auto name = percent_decode(pair.substr(0, equals));
  auto value = percent_decode(pair.substr(std::min(equals + 1, pair.size())));
  if (!name || !value) {
    problems.push_back({"", "bad-value", "the query holds a broken percent escape"});
    return;
  }
  const Param* param = find_param(route, *name);
  if (param == nullptr) {
    problems.push_back(
        {json::is_utf8(*name) ? "?" + *name : "", "unknown-parameter", "there is no such parameter here"});
    return;
  }
  if (std::ranges::find(seen, *name) != seen.end()) {
    problems.push_back({"?" + *name, "bad-value", "the parameter is given twice"});
    return;
  }
  seen.push_back(*name);
  if (const auto wanted = complaint(param->kind, *value); !wanted.empty())
    problems.push_back({"?" + *name, "bad-value", "must be " + std::string(wanted)});
  else if (!place(route, *name, std::move(*value), query))
    problems.push_back({"?" + *name, "bad-value", "is out of bounds: " + std::string(param->meaning)});
}

}  // namespace

std::optional<std::string> percent_decode(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%') {
      out += text[i];
      continue;
    }
    if (i + 2 >= text.size()) return std::nullopt;
    const int high = hex_value(text[i + 1]), low = hex_value(text[i + 2]);
    if (high < 0 || low < 0) return std::nullopt;
    out += static_cast<char>(high * 16 + low);
    i += 2;
  }
  return out;
}

std::pair<std::string_view, std::string_view> split_target(std::string_view target) {
  const auto mark = target.find('?');
  if (mark == std::string_view::npos) return {target, {}};
  return {target.substr(0, mark), target.substr(mark + 1)};
}

std::expected<Query, Problems> read_query(const Route& route, std::string_view query) {
  Query read;
  Problems problems;
  std::vector<std::string> seen;
  while (!query.empty()) {
    const auto end = std::min(query.find('&'), query.size());
    if (end > 0) take(route, query.substr(0, end), seen, read, problems);
    query.remove_prefix(std::min(end + 1, query.size()));
  }
  if (!problems.empty()) return std::unexpected(std::move(problems));
  return read;
}

std::optional<KnownAt> parse_known_at(std::string_view text) {
  KnownAt at;
  if (text.starts_with("seq:")) {
    at.seq = to_number(text.substr(4));
    return at.seq ? std::optional(at) : std::nullopt;
  }
  at.time = parse_instant(text);
  return at.time ? std::optional(at) : std::nullopt;
}

std::string cursor_of(std::string_view next) { return to_hex(next); }

}  // namespace aidledger::http
