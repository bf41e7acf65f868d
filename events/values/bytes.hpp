#pragma once
// Bytes are std::string throughout: RocksDB slices, Kafka values and hash inputs all take them without a copy.
#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace aidledger {

using Bytes = std::string;
using BytesView = std::string_view;

/// A SHA-256 value. All zero = "nothing before this" (prev_hash of record 0).
using Hash = std::array<std::uint8_t, 32>;

/// A record's place in its ledger: 0, 1, 2 ... without gaps.
using Seq = std::uint64_t;

std::string to_hex(BytesView bytes);
/// Empty when `hex` is not an even number of hexadecimal digits.
Bytes from_hex(std::string_view hex);

inline BytesView view_of(const Hash& hash) { return {reinterpret_cast<const char*>(hash.data()), hash.size()}; }

}  // namespace aidledger
