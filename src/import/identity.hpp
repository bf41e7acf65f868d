#pragma once
// What an imported thing is called here, the same in every run. Never a line number: mending a file shifts lines.
#include <initializer_list>
#include <string>
#include <string_view>

#include "events/values/bytes.hpp"

namespace aidledger::import {

/// 32 hexadecimal digits of the SHA-256 over the parts, each behind its length, so that no two lists of parts read
/// alike.
std::string identity_of(std::initializer_list<std::string_view> parts);

/// An id of this ledger for a key of the source. A key that can stand behind the prefix as it is does; otherwise what
/// cannot stand becomes
/// '_', the length is cut, and a dash and 16 hexadecimal digits of the key's hash keep different keys apart.
std::string id_for(std::string_view prefix, std::string_view key);

/// The same for a person whom the source calls by a number or pseudonym. What cannot stand as it is may be a name after
/// all: nothing of it remains but its hash.
std::string id_for_person(std::string_view prefix, std::string_view key);

/// The same for a person whom the source calls by name: nothing of the name remains, only an HMAC under `secret`.
std::string id_for_name(std::string_view prefix, std::string_view name, BytesView secret);

}  // namespace aidledger::import
