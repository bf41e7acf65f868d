#include "src/settings/ledgers.hpp"

#include <algorithm>
#include <array>
#include <filesystem>

#include "events/values/ids.hpp"

namespace aidledger::settings {
namespace fs = std::filesystem;
namespace {

constexpr std::string_view log_folder = "log";
constexpr std::array by_ledger = {"kek_file", "older_kek_file", "kafka.first_key"};

std::string_view trimmed(std::string_view text) {
  while (text.starts_with(' ')) text.remove_prefix(1);
  while (text.ends_with(' ')) text.remove_suffix(1);
  return text;
}

std::vector<std::string> split(std::string_view text) {
  std::vector<std::string> parts;
  for (std::size_t at = 0; at <= text.size();) {
    const auto end = std::min(text.find(',', at), text.size());
    parts.emplace_back(trimmed(text.substr(at, end - at)));
    at = end + 1;
  }
  return parts;
}

/// A name that leads out of the folder it is in, or to what lies there already, is none for a ledger's folder.
bool can_be_folder(std::string_view ledger) {
  return is_id(ledger) && !ledger.starts_with('.') && ledger != log_folder;
}

std::string in(std::string folder, const std::string& ledger) {
  while (folder.size() > 1 && folder.ends_with('/')) folder.pop_back();
  return folder + "/" + ledger;
}

/// "north=a,south=b" is `b` for south, and nothing for a ledger that it does not name; "c" is `c` for each.
std::string of_ledger(const std::string& text, const std::string& ledger) {
  if (text.find('=') == std::string::npos) return text;
  for (const auto& part : split(text))
    if (part.starts_with(ledger + "=")) return part.substr(ledger.size() + 1);
  return {};
}

bool lies_below(const Settings& settings, const std::string& ledger) {
  const std::string& data = settings.text("data");
  if (holds_one_ledger(data) || !can_be_folder(ledger)) return false;
  return std::ranges::count(settings.several(), ledger) > 0 || holds_one_ledger(in(data, ledger));
}

}  // namespace

std::vector<std::string> split_ledgers(std::string_view text) { return split(text); }

std::string complaint_about_ledgers(std::string_view text) {
  if (text.find(',') == std::string_view::npos) return is_id(text) ? "" : "must be 1-64 of A-Z a-z 0-9 . _ -";
  auto ledgers = split(text);
  for (const auto& ledger : ledgers)
    if (!can_be_folder(ledger))
      return "must be ids separated by commas, each 1-64 of A-Z a-z 0-9 . _ -, not beginning with a dot and not 'log': "
             "each of several ledgers has a folder of its name";
  std::ranges::sort(ledgers);
  const auto twice = std::ranges::adjacent_find(ledgers);
  return twice == ledgers.end() ? "" : "names " + *twice + " twice";
}

bool holds_one_ledger(const std::string& folder) { return fs::exists(fs::path(folder) / log_folder); }

std::vector<std::string> ledgers_below(const std::string& folder) {
  std::vector<std::string> ledgers;
  std::error_code nothing_there;
  for (const auto& entry : fs::directory_iterator(folder, nothing_there))
    if (can_be_folder(entry.path().filename().string()) && holds_one_ledger(entry.path().string()))
      ledgers.push_back(entry.path().filename().string());
  std::ranges::sort(ledgers);
  return ledgers;
}

Settings settings_of(const Settings& settings, const std::string& ledger) {
  Settings of = settings;
  for (const auto* key : by_ledger) of.replace(key, of_ledger(settings.text(key), ledger));
  if (ledger != settings.text("ledger")) of.replace("ledger", ledger);
  if (!lies_below(settings, ledger)) return of;
  of.replace("vault", in(settings.vault_folder(), ledger));
  of.replace("data", in(settings.text("data"), ledger));
  if (const auto& feed = settings.text("feed.folder"); !feed.empty()) of.replace("feed.folder", in(feed, ledger));
  return of;
}

}  // namespace aidledger::settings
