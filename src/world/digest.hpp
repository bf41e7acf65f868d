#pragma once
// Hashes for the rooms with hands. EVP objects are fetched once per thread (performance.md: twice as fast).
#include "events/values/bytes.hpp"

namespace aidledger::world {

Hash sha256(BytesView bytes);
/// Of the two strings one after the other.
Hash sha256(BytesView a, BytesView b);
Hash hmac_sha256(BytesView key, BytesView bytes);
/// CRC-32C (Castagnoli). `before` = the CRC of the bytes that come before these.
std::uint32_t crc32c(BytesView bytes, std::uint32_t before = 0);
/// Compares in time independent of the contents.
bool equal_secret(BytesView a, BytesView b);

}  // namespace aidledger::world
