#pragma once
// The two ways to compute CRC-32C, apart from each other so that a test can hold one against the other. Callers want
// world::crc32c.
#include "events/values/bytes.hpp"

namespace aidledger::world {

std::uint32_t crc32c_by_table(BytesView bytes, std::uint32_t before);
/// Only where crc32c_has_instruction().
std::uint32_t crc32c_by_instruction(BytesView bytes, std::uint32_t before);
bool crc32c_has_instruction();

}  // namespace aidledger::world
