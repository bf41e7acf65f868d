#pragma once
// The ledgers of one process. The setting `ledger` names them: of one, the folders are those that the settings name; of
// several, each has its own below them, <data>/<ledger> and <vault>/<ledger>.
#include <string>
#include <string_view>
#include <vector>

#include "src/settings/settings.hpp"

namespace aidledger::settings {

/// "north, south" -> north and south.
std::vector<std::string> split_ledgers(std::string_view text);
/// Empty when `text` names one ledger, or several of which each can have a folder of its name; else what would be.
std::string complaint_about_ledgers(std::string_view text);

/// Whether a ledger lies in `folder` itself, as the only one.
bool holds_one_ledger(const std::string& folder);
/// The names of the ledgers that have a folder of their own in `folder`, in order; none where there is no such folder.
std::vector<std::string> ledgers_below(const std::string& folder);

/// The settings as they are for one ledger: its id, its folders, and what kek_file, older_kek_file and kafka.first_key
/// say of it. Its folders are below <data> and <vault> where the settings name several ledgers, or where it lies there.
Settings settings_of(const Settings& settings, const std::string& ledger);

}  // namespace aidledger::settings
