#pragma once
// Every setting there is: one row each. Flag, environment variable, file key, documentation and `aidledger config` all
// come from here. A new setting is one row in options.cpp and its line in config/aidledger.toml (a test compares them).
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace aidledger::settings {

enum class Kind {
  text,
  folder,    ///< a path; relative to where the program was started
  id,        ///< 1-64 of [A-Za-z0-9._-]
  ids,       ///< one, or several separated by commas (ledgers.hpp)
  loopback,  ///< an address of this machine only
  integer,   ///< least..most
  choice,    ///< one of `choices`
};

struct Option {
  std::string_view key;  ///< as in the file: "http.port"
  Kind kind;
  std::string_view fallback;
  std::string_view meaning;  ///< one line, with the unit
  std::int64_t least = 0, most = 0;
  std::string_view choices = {};  ///< separated by '|'
};

std::span<const Option> options();
/// nullptr where there is none of that key.
const Option* find_option(std::string_view key);
/// "http.port" -> "AIDLEDGER_HTTP_PORT".
std::string environment_name(const Option& option);
/// "http.port" -> "--http-port".
std::string flag_name(const Option& option);
/// Empty when `value` is allowed, else what would be ("an integer from 1 to 65535").
std::string complaint(const Option& option, std::string_view value);

}  // namespace aidledger::settings
