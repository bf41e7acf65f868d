#pragma once
// The settings in force and where each comes from: flag > environment variable > file > default.
#include <expected>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "src/settings/options.hpp"

namespace aidledger::settings {

struct Value {
  std::string text;
  std::string origin;  ///< "default", "config/aidledger.toml:12:3", "AIDLEDGER_HTTP_PORT", "--http-port"
};

struct Sources {
  std::map<std::string, std::string> flags;  ///< by key ("http.port")
  std::function<std::optional<std::string>(const std::string& name)> environment;
  std::string file_name, file_text;  ///< empty text: no file
};

class Settings {
 public:
  /// The error is one sentence that names the place: file:line:col, variable or flag.
  static std::expected<Settings, std::string> from(const Sources& sources);

  /// `key` must be one of the table; anything else ends the program (std::logic_error).
  const Value& at(std::string_view key) const;
  const std::string& text(std::string_view key) const { return at(key).text; }
  std::int64_t integer(std::string_view key) const;
  bool is_default(std::string_view key) const { return at(key).origin == "default"; }

  /// Puts another value in a key's place, whose origin stays.
  void replace(std::string_view key, std::string text);
  /// The ledgers that some source names together, the one in force or all of them among them; none where `ledger` is
  /// of one alone.
  const std::vector<std::string>& several() const { return several_; }

  /// The vault's folder, given or beside the data folder.
  std::string vault_folder() const;
  /// The service that commands talk to, given or the one that `serve` would start here.
  std::string server() const;

 private:
  void name_ledgers(std::string_view text);

  std::map<std::string, Value, std::less<>> values_;
  std::vector<std::string> several_;
};

/// The file to read: `named` (must exist), else AIDLEDGER_CONFIG (must exist), else config/aidledger.toml where it
/// exists. Fills file_name and file_text.
std::expected<void, std::string> read_settings_file(Sources& sources, const std::string& named);

}  // namespace aidledger::settings
