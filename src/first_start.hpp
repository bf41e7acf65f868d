#pragma once
// What a new ledger gets before anybody asks: the shipped policies and calendars, as ordinary actions of the operator,
// and the operator's token.
#include <string>

#include "src/node.hpp"

namespace aidledger {

/// The folder that holds policies/ and holidays/: `config` here, beside the program's build folder, or
/// /usr/share/aidledger. Throws CannotStart.
std::string find_config_folder();

/// Before a ledger is made in an empty folder: throws CannotStart where what it would adopt first is not at hand.
void check_shipped_for(const NodeSettings& settings);

/// Adopts every policies/NAME@VERSION.toml and holidays/YYYY.json that the ledger does not have. Idempotent: the ids
/// are made from name and version. Throws CannotStart naming the file that was refused.
void adopt_shipped(Node& node, const std::string& config_folder, std::optional<Instant> recorded_at);

/// The last year whose working days are shipped.
int last_shipped_year(const std::string& config_folder);

/// adopt_shipped() on a ledger that has adopted nothing else yet: it is new, or its first start was cut short. Not
/// while it halts: it is served all the same, for the way out of a halt, and a later start adopts.
void finish_first_start(Node& node);

/// Writes a token for the operator to `path` (0600) unless a valid one lies there; says whether it wrote one.
bool ensure_operator_token(Node& node, const std::string& path);

/// A token for `person` with `roles`, written to `path` (0600).
void write_token(Node& node, const std::string& path, const std::string& person, const std::vector<Role>& roles);

/// Asks and waits for the answer: for programs that own the node. Not on the strand.
ledger::Answer ask_and_wait(Node& node, ledger::Asked asked);
/// The operator's request for an action given as a tree of its fields.
ledger::Asked operator_asks(Node& node, std::string_view action, const Tree& data, std::string action_id,
                            std::optional<Instant> recorded_at);

}  // namespace aidledger
