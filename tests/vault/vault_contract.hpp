#pragma once
// What every vault keeps, whatever it stands on. Three lines apply it: a test case, a place, the call.
#include <functional>
#include <memory>

#include "src/vault/vault.hpp"

namespace aidledger::test {

/// `open` opens the same vault again, empty at first; the one before is closed by then.
void keeps_the_contract_of_a_vault(const std::function<std::shared_ptr<vault::Vault>()>& open);

std::vector<std::string> names_in(const vault::Vault& vault, const std::string& prefix);

}  // namespace aidledger::test
