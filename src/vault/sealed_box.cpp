#include "src/vault/sealed_box.hpp"

#include "src/vault/aead.hpp"
#include "src/world/digest.hpp"

namespace aidledger::vault {
namespace {

constexpr char box_version = '\1';
constexpr std::size_t length_bytes = 4, commitment_bytes = 16;
constexpr std::size_t header_bytes = 1 + key_id_bytes + commitment_bytes + nonce_bytes;
constexpr std::size_t smallest_bucket = 32, largest_doubling = 1024;

static_assert(key_secret_bytes == aead_key_bytes && nonce_bytes == aead_nonce_bytes);

std::size_t bucket(std::size_t size) {
  for (std::size_t limit = smallest_bucket; limit <= largest_doubling; limit *= 2)
    if (size <= limit) return limit;
  return (size + largest_doubling - 1) / largest_doubling * largest_doubling;
}

Bytes padded(BytesView clear) {
  Bytes out = joined({clear});
  out.resize(bucket(out.size()), '\0');
  return out;
}

std::optional<std::string> unpadded(BytesView bytes) {
  std::size_t length = 0;
  for (std::size_t i = 0; i < length_bytes; ++i)
    length |= static_cast<std::size_t>(static_cast<std::uint8_t>(bytes[i])) << (8 * i);
  if (length > bytes.size() - length_bytes) return std::nullopt;
  return std::string(bytes.substr(length_bytes, length));
}

Bytes commitment(const PersonKey& key) {
  const Hash hash = world::hmac_sha256(key.secret, "aidledger-key-commitment/1" + key.id);
  return Bytes(view_of(hash).substr(0, commitment_bytes));
}

Bytes associated(const BoxPlace& place, BytesView key_id) {
  return joined({place.ledger, place.action_id, key_id, place.schema});
}

}  // namespace

std::size_t box_size(std::size_t clear_bytes) {
  return header_bytes + bucket(length_bytes + clear_bytes) + aead_tag_bytes;
}

Bytes seal_box(const PersonKey& key, const BoxPlace& place, BytesView nonce, BytesView clear) {
  Bytes text = padded(clear);
  const Bytes sealed = aead_seal(key.secret, nonce, associated(place, key.id), text);
  wipe(text);
  return Bytes(1, box_version) + key.id + commitment(key) + Bytes(nonce) + sealed;
}

std::optional<Bytes> key_id_of(BytesView box) {
  if (box.size() < box_size(0) || box.front() != box_version) return std::nullopt;
  return Bytes(box.substr(1, key_id_bytes));
}

std::optional<std::string> open_box(const PersonKey& key, const BoxPlace& place, BytesView box) {
  if (key_id_of(box) != key.id || !world::equal_secret(commitment(key), box.substr(1 + key_id_bytes, commitment_bytes)))
    return std::nullopt;
  const BytesView nonce = box.substr(header_bytes - nonce_bytes, nonce_bytes);
  auto text = aead_open(key.secret, nonce, associated(place, key.id), box.substr(header_bytes));
  if (!text) return std::nullopt;
  auto clear = unpadded(*text);
  wipe(*text);
  return clear;
}

}  // namespace aidledger::vault
