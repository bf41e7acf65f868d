#pragma once
// The AsyncAPI 3 document of the feed, with Kafka bindings 0.5.0, from the declarations.
#include <string_view>

#include "events/values/tree.hpp"

namespace aidledger::feed {

Tree asyncapi(std::string_view schema_base);

}  // namespace aidledger::feed
