#include "src/settings/settings.hpp"

#include <algorithm>
#include <charconv>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <vector>

#include "src/settings/ledgers.hpp"
#include "src/settings/suggest.hpp"
#include "src/settings/toml.hpp"

namespace aidledger::settings {
namespace {

using Complaint = std::optional<std::string>;

std::string text_of(const Tree& value) {
  if (const auto* text = value.as_string()) return *text;
  if (const auto* number = value.as_int()) return std::to_string(*number);
  return *value.as_bool() ? "true" : "false";
}

bool right_type(const Option& option, const Tree& value) {
  return option.kind == Kind::integer ? value.as_int() != nullptr : value.as_string() != nullptr;
}

std::vector<std::string> all_keys() {
  std::vector<std::string> keys;
  for (const auto& option : options()) keys.emplace_back(option.key);
  return keys;
}

class FileReader {
 public:
  FileReader(const Toml& file, const std::string& name, std::map<std::string, Value, std::less<>>& values)
      : file_(file), name_(name), values_(values) {}

  Complaint read() { return read(file_.tree, ""); }

 private:
  Complaint read(const Tree& table, const std::string& path) {
    for (const auto& [name, value] : *table.as_object()) {
      const auto key = path.empty() ? name : path + "." + name;
      const auto* option = find_option(key);
      if (option == nullptr && value.as_object() != nullptr && path.empty()) {
        if (auto wrong = read(value, key)) return wrong;
        continue;
      }
      if (option == nullptr) return wrong_at(key, "unknown key '" + key + "'" + did_you_mean(key, all_keys()));
      if (!right_type(*option, value))
        return wrong_at(key, key + " must be " + (option->kind == Kind::integer ? "an integer" : "a string"));
      const auto text = text_of(value);
      if (const auto wrong = complaint(*option, text); !wrong.empty()) return wrong_at(key, key + " " + wrong);
      values_[key] = {text, origin_of(key)};
    }
    return std::nullopt;
  }

  std::string wrong_at(const std::string& key, const std::string& what) const {
    return at_position(name_, file_.keys.find(key)->second, what);
  }
  std::string origin_of(const std::string& key) const {
    const auto position = file_.keys.find(key)->second;
    return name_ + ":" + std::to_string(position.line) + ":" + std::to_string(position.column);
  }

  const Toml& file_;
  const std::string& name_;
  std::map<std::string, Value, std::less<>>& values_;
};

}  // namespace

std::expected<Settings, std::string> Settings::from(const Sources& sources) {
  Settings settings;
  for (const auto& option : options())
    settings.values_[std::string(option.key)] = {std::string(option.fallback), "default"};
  if (!sources.file_text.empty()) {
    const auto file = parse_toml_with_positions(sources.file_text, sources.file_name);
    if (!file) return std::unexpected(file.error());
    if (auto wrong = FileReader(*file, sources.file_name, settings.values_).read()) return std::unexpected(*wrong);
  }
  settings.name_ledgers(settings.text("ledger"));
  for (const auto& option : options()) {
    const auto take = [&](const std::string& origin, const std::string& text) -> std::string {
      if (const auto wrong = complaint(option, text); !wrong.empty()) return origin + " " + wrong;
      settings.values_[std::string(option.key)] = {text, origin};
      if (option.key == "ledger") settings.name_ledgers(text);
      return {};
    };
    if (const auto given = sources.environment ? sources.environment(environment_name(option)) : std::nullopt)
      if (auto wrong = take(environment_name(option), *given); !wrong.empty()) return std::unexpected(wrong);
    if (const auto flag = sources.flags.find(std::string(option.key)); flag != sources.flags.end())
      if (auto wrong = take(flag_name(option), flag->second); !wrong.empty()) return std::unexpected(wrong);
  }
  return settings;
}

const Value& Settings::at(std::string_view key) const {
  const auto found = values_.find(key);
  if (found == values_.end()) throw std::logic_error("no setting of the name " + std::string(key));
  return found->second;
}

std::int64_t Settings::integer(std::string_view key) const {
  const auto& text = at(key).text;
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size())
    throw std::logic_error(std::string(key) + " is no integer setting");
  return value;
}

void Settings::replace(std::string_view key, std::string text) {
  values_[std::string(key)] = {std::move(text), at(key).origin};
}

/// A source that names one of several chooses it; anything else takes the place of what came before.
void Settings::name_ledgers(std::string_view text) {
  auto ledgers = split_ledgers(text);
  if (ledgers.size() > 1)
    several_ = std::move(ledgers);
  else if (std::ranges::count(several_, ledgers.front()) == 0)
    several_.clear();
}

std::string Settings::vault_folder() const {
  if (!text("vault").empty()) return text("vault");
  auto data = text("data");
  while (data.size() > 1 && data.ends_with('/')) data.pop_back();
  return data + "-vault";
}

std::string Settings::server() const {
  if (!text("server").empty()) return text("server");
  const auto& address = text("http.address");
  const auto host = address.find(':') == std::string::npos ? address : "[" + address + "]";
  return "http://" + host + ":" + text("http.port");
}

std::expected<void, std::string> read_settings_file(Sources& sources, const std::string& named) {
  const auto given = named.empty() && sources.environment ? sources.environment("AIDLEDGER_CONFIG") : std::nullopt;
  const std::string must = !named.empty() ? named : given.value_or("");
  const std::string name = must.empty() ? "config/aidledger.toml" : must;
  std::ifstream file(name, std::ios::binary);
  if (!file) {
    if (must.empty()) return {};
    return std::unexpected(name + ": no such file, or it cannot be read");
  }
  std::ostringstream text;
  text << file.rdbuf();
  sources.file_name = name;
  sources.file_text = text.str();
  return {};
}

}  // namespace aidledger::settings
