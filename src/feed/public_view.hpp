#pragma once
// What the outside sees of each kind of event: made from its declaration, like everything else about it.
#include "events/event.hpp"

namespace aidledger::feed {

struct PublicView {
  const EventType* type;
  Tree (*data)(const void* payload);
  Tree (*schema)();
  ObjectRef (*main_object)(const void* payload);  ///< an empty id = the ledger itself
};

/// In the order of the catalogue.
const std::vector<PublicView>& all_public_views();
const PublicView& public_view_of(const EventType& type);

/// <base>/<family>/<event>/<version>: the schema of an event's data.
std::string data_schema_uri(const EventType& type, std::string_view base);
/// "progress-calls", "progress-call-made": as in the event's public type.
std::string family_in_kebab_case(const EventType& type);
std::string name_in_kebab_case(const EventType& type);

}  // namespace aidledger::feed
