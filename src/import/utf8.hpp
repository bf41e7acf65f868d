#pragma once
#include <string_view>

namespace aidledger::import {

/// Whether `text` is well-formed UTF-8 (RFC 3629: no surrogates, no overlong forms, nothing beyond U+10FFFF) without
/// NUL.
bool is_utf8(std::string_view text);

}  // namespace aidledger::import
