#pragma once
// JSON Schema 2020-12 of what is published, from the declarations. Within a version of an event its data may only gain
// optional members; anything else is a new version, a new type and a new schema.
#include "src/feed/public_view.hpp"

namespace aidledger::feed {

/// Of the data of an event; its $id is the dataschema of the event.
Tree data_schema(const PublicView& view, std::string_view base);
/// Of a whole event as it stands in a message: the CloudEvents attributes and extensions used here. `data` and `type`
/// are left open.
Tree event_schema(std::string_view base);

}  // namespace aidledger::feed
