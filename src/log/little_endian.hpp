#pragma once
// Numbers as bytes, low byte first. Reading assumes that the caller has checked the size.
#include <bit>
#include <cstring>
#include <type_traits>

#include "events/values/bytes.hpp"

namespace aidledger::log {

static_assert(std::endian::native == std::endian::little, "memcpy below writes host order");

template <class Number>
void put(Bytes& out, Number number) {
  static_assert(std::is_unsigned_v<Number>);
  out.append(reinterpret_cast<const char*>(&number), sizeof number);
}

template <class Number>
void put_at(char* at, Number number) {
  static_assert(std::is_unsigned_v<Number>);
  std::memcpy(at, &number, sizeof number);
}

template <class Number>
Number get(BytesView bytes, std::size_t at) {
  static_assert(std::is_unsigned_v<Number>);
  Number number;
  std::memcpy(&number, bytes.data() + at, sizeof number);
  return number;
}

inline Hash get_hash(BytesView bytes, std::size_t at) {
  Hash hash;
  std::memcpy(hash.data(), bytes.data() + at, hash.size());
  return hash;
}

}  // namespace aidledger::log
