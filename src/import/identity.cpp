#include "src/import/identity.hpp"

#include <algorithm>

#include "events/values/ids.hpp"
#include "src/world/digest.hpp"

namespace aidledger::import {
namespace {

constexpr std::size_t identity_bytes = 16;
constexpr std::size_t suffix_bytes = 8;

void append_with_length(Bytes& out, std::string_view part) {
  for (int shift = 24; shift >= 0; shift -= 8) out += static_cast<char>(part.size() >> shift & 0xFFU);
  out += part;
}

std::string hex_of(const Hash& hash, std::size_t bytes) { return to_hex(view_of(hash).substr(0, bytes)); }

bool may_stand(char c) { return is_id(std::string_view(&c, 1)); }

}  // namespace

std::string identity_of(std::initializer_list<std::string_view> parts) {
  Bytes all;
  for (const auto part : parts) append_with_length(all, part);
  return hex_of(world::sha256(all), identity_bytes);
}

std::string id_for(std::string_view prefix, std::string_view key) {
  std::string out = std::string(prefix) + std::string(key);
  if (!key.empty() && is_id(out)) return out;
  const std::string suffix = "-" + hex_of(world::sha256(key), suffix_bytes);
  out.resize(std::min(out.size(), max_id_length - suffix.size()));
  std::replace_if(out.begin(), out.end(), [](char c) { return !may_stand(c); }, '_');
  return out + suffix;
}

std::string id_for_person(std::string_view prefix, std::string_view key) {
  std::string out = std::string(prefix) + std::string(key);
  if (!key.empty() && is_id(out)) return out;
  return std::string(prefix) + "x-" + hex_of(world::sha256(key), suffix_bytes);
}

std::string id_for_name(std::string_view prefix, std::string_view name, BytesView secret) {
  return std::string(prefix) + "p-" + hex_of(world::hmac_sha256(secret, name), suffix_bytes);
}

}  // namespace aidledger::import
