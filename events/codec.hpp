#pragma once
// The bytes of events and rows: cereal with an archive of our own, the only user of cereal. Layout, enough to decode
// without our code:
//   integers and enumerations: little-endian, fixed width (an enumeration is u8); bool: u8, 0 or 1
//   string: u32 length, bytes · list: u32 count, elements · optional: u8 (0 absent, 1 present), value · hash, salt:
//   their bytes struct: its fields in the order of declaration · sealed: schema, action_id, box (three strings)
// Every size is checked against the bytes that are left before anything is allocated. No pointers, floats, nested
// versions, trailing bytes.
#include <algorithm>
#include <array>
#include <bit>
#include <cereal/cereal.hpp>
#include <cstring>
#include <map>

#include "events/describe.hpp"
#include "events/values/bytes.hpp"
#include "events/values/decode_error.hpp"
#include "events/values/money.hpp"
#include "events/values/time.hpp"

namespace aidledger {

static_assert(std::endian::native == std::endian::little, "the archive copies integers as they lie in memory");

class LedgerOutput : public cereal::OutputArchive<LedgerOutput, cereal::AllowEmptyClassElision> {
 public:
  explicit LedgerOutput(Bytes& out) : OutputArchive(this), out_(out) {}
  void raw(const void* data, std::size_t size) { out_.append(static_cast<const char*>(data), size); }
  void size(std::size_t n) {
    if (n > UINT32_MAX) throw DecodeError("a size leaves 32 bits");
    const auto u = static_cast<std::uint32_t>(n);
    raw(&u, sizeof u);
  }

 private:
  Bytes& out_;
};

class LedgerInput : public cereal::InputArchive<LedgerInput, cereal::AllowEmptyClassElision> {
 public:
  explicit LedgerInput(BytesView in) : InputArchive(this), in_(in) {}
  void raw(void* data, std::size_t size) {
    if (size > in_.size()) throw DecodeError("cut short");
    std::memcpy(data, in_.data(), size);
    in_.remove_prefix(size);
  }
  /// A count of things that each take at least `least` bytes.
  std::size_t size(std::size_t least = 1) {
    std::uint32_t n = 0;
    raw(&n, sizeof n);
    if (static_cast<std::uint64_t>(n) * least > in_.size())
      throw DecodeError("a size is larger than the bytes that are left");
    return n;
  }
  /// A view of the bytes that are read.
  BytesView string() {
    const std::size_t n = size();
    const BytesView out = in_.substr(0, n);
    in_.remove_prefix(n);
    return out;
  }
  void finish() const {
    if (!in_.empty()) throw DecodeError("trailing bytes");
  }

 private:
  BytesView in_;
};

namespace codec {

template <class T>
void put(LedgerOutput& out, const T& value) {
  if constexpr (std::same_as<T, bool>) {
    const std::uint8_t byte = value ? 1 : 0;
    out.raw(&byte, 1);
  } else if constexpr (std::is_enum_v<T>) {
    const auto byte = static_cast<std::uint8_t>(value);
    out.raw(&byte, 1);
  } else if constexpr (std::integral<T>) {
    out.raw(&value, sizeof value);
  } else if constexpr (std::same_as<T, std::string>) {
    out.size(value.size());
    out.raw(value.data(), value.size());
  } else if constexpr (std::same_as<T, Instant>) {
    put(out, value.us);
  } else if constexpr (std::same_as<T, Date>) {
    put(out, value.days);
  } else if constexpr (std::same_as<T, Money>) {
    put(out, value.fen);
  } else if constexpr (std::same_as<T, BasisPoints>) {
    put(out, value.value);
  } else if constexpr (is_id_type<T>) {
    put(out, value.value);
  } else if constexpr (std::same_as<T, Sealed>) {
    put(out, value.schema), put(out, value.action_id), put(out, value.box);
  } else if constexpr (is_optional<T>) {
    put(out, value.has_value());
    if (value) put(out, *value);
  } else if constexpr (is_vector<T>) {
    out.size(value.size());
    for (const auto& element : value) put(out, element);
  } else if constexpr (Described<T>) {
    for_each_field(value, [&](auto, const auto& field, auto, auto...) { put(out, field); });
  } else {
    out.raw(value.data(), value.size());  // std::array of bytes
  }
}

template <class T>
void get(LedgerInput& in, T& value) {
  if constexpr (std::same_as<T, bool>) {
    std::uint8_t byte = 0;
    in.raw(&byte, 1);
    if (byte > 1) throw DecodeError("a bool is neither 0 nor 1");
    value = byte == 1;
  } else if constexpr (std::is_enum_v<T>) {
    std::uint8_t byte = 0;
    in.raw(&byte, 1);
    if (byte >= names_of(T{}).size()) throw DecodeError("an enumeration is out of range");
    value = static_cast<T>(byte);
  } else if constexpr (std::integral<T>) {
    in.raw(&value, sizeof value);
  } else if constexpr (std::same_as<T, std::string>) {
    value = std::string(in.string());  // made at its size: quicker than assigning the view
  } else if constexpr (std::same_as<T, Instant>) {
    get(in, value.us);
  } else if constexpr (std::same_as<T, Date>) {
    get(in, value.days);
  } else if constexpr (std::same_as<T, Money>) {
    get(in, value.fen);
  } else if constexpr (std::same_as<T, BasisPoints>) {
    get(in, value.value);
  } else if constexpr (is_id_type<T>) {
    get(in, value.value);
  } else if constexpr (std::same_as<T, Sealed>) {
    get(in, value.schema), get(in, value.action_id), get(in, value.box);
  } else if constexpr (is_optional<T>) {
    bool present = false;
    get(in, present);
    value.reset();
    if (present) get(in, value.emplace());
  } else if constexpr (is_vector<T>) {
    const std::size_t count = in.size();
    value.clear();
    value.reserve(std::min<std::size_t>(count, 1024));  // a count is not yet a promise: grow with what really comes
    for (std::size_t i = 0; i < count; ++i) get(in, value.emplace_back());
  } else if constexpr (Described<T>) {
    for_each_field(value, [&](auto, auto& field, auto, auto...) { get(in, field); });
  } else {
    in.raw(value.data(), value.size());
  }
}

}  // namespace codec

// What cereal calls: the archive takes described structs, and through them everything else.
template <Described T>
void CEREAL_SAVE_FUNCTION_NAME(LedgerOutput& out, const T& value) {
  codec::put(out, value);
}
template <Described T>
void CEREAL_LOAD_FUNCTION_NAME(LedgerInput& in, T& value) {
  codec::get(in, value);
}

template <Described T>
void encode_to(Bytes& out, const T& value) {
  LedgerOutput archive(out);
  archive(value);
}

template <Described T>
Bytes encode(const T& value) {
  Bytes out;
  encode_to(out, value);
  return out;
}

/// Throws DecodeError.
template <Described T>
void decode(BytesView bytes, T& value) {
  LedgerInput archive(bytes);
  archive(value);
  archive.finish();
}

}  // namespace aidledger
