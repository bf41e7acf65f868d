#pragma once
#include <string>

#include "events/values/bytes.hpp"

namespace aidledger::feed {

/// RFC 4648 section 4, padded.
std::string to_base64(BytesView bytes);

}  // namespace aidledger::feed
