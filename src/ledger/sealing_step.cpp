#include "src/ledger/sealing_step.hpp"

namespace aidledger::ledger {

void SealingStep::digest(Asked& asked) { asked.request.digest = sealer_.request_digest(asked.canonical); }

bool SealingStep::seals(const Asked& asked) {
  bool any = false;
  asked.request.type->sealed(asked.request.action.get(),
                             [&](Sealed&, const PersonId&, IndexKind, const std::string&) { any = true; });
  return any;
}

void SealingStep::seal(const std::vector<Asked*>& all) {
  std::vector<std::string> persons;
  for (auto* asked : all) {
    asked->request.type->missing_ids(asked->request.action.get(),
                                     [&](std::string& id) { id = world::uuid_v7(clock_.now(), random_); });
    asked->request.type->sealed(
        asked->request.action.get(),
        [&](Sealed&, const PersonId& whose, IndexKind, const std::string&) { persons.push_back(whose.value); });
  }
  sealer_.ensure_keys(persons);
  std::vector<vault::IndexEntry> entries;
  for (auto* asked : all) seal_one(*asked, entries);
  sealer_.add_indexes(entries);
}

void SealingStep::seal_one(Asked& asked, std::vector<vault::IndexEntry>& entries) {
  asked.request.type->sealed(asked.request.action.get(),
                             [&](Sealed& field, const PersonId& whose, IndexKind index, const std::string& schema) {
                               field.schema = schema;
                               field.action_id = asked.request.action_id;
                               field.box = sealer_.seal(whose.value, field.action_id, schema, field.clear);
                               if (index != IndexKind::none) entries.push_back({index, field.clear, whose.value});
                               field.clear.clear();
                             });
}

}  // namespace aidledger::ledger
