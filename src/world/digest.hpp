#pragma once
// Hashes for the rooms with hands. EVP objects are fetched once per thread (performance.md: twice as fast).
#include "events/values/bytes.hpp"

namespace aidledger::world {

Hash sha256(BytesView bytes);
Hash sha256(BytesView a, BytesView b);
Hash hmac_sha256(BytesView key, BytesView bytes);
/// CRC-32C (Castagnoli).
std::uint32_t crc32c(BytesView bytes);
/// Compares in time independent of the contents.
bool equal_secret(BytesView a, BytesView b);

}  // namespace aidledger::world
