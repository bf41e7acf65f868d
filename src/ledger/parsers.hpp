#pragma once
#include "src/rules/policy.hpp"

namespace aidledger::ledger {

/// TOML and JSON for the rules: policies and calendars.
rules::TextParsers parsers();

}  // namespace aidledger::ledger
