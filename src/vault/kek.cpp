#include "src/vault/kek.hpp"

#include <algorithm>
#include <stdexcept>

#include "src/vault/aead.hpp"
#include "src/world/digest.hpp"

namespace aidledger::vault {
namespace {

constexpr BytesView wrap_version{"\1", 1};
constexpr std::size_t header_bytes = 1 + kek_id_bytes + aead_nonce_bytes;

static_assert(kek_bytes == aead_key_bytes);

Bytes bound_to(const WrapPlace& place) { return joined({place.ledger, place.name, wrap_version}); }

std::string folder_of(const std::string& path) {
  const auto slash = path.rfind('/');
  return slash == std::string::npos ? "." : path.substr(0, slash + 1);
}

}  // namespace

Kek::Kek(Bytes secret) : secret_(std::move(secret)) {
  if (secret_.size() != kek_bytes) throw std::invalid_argument("a key-encryption key is 32 bytes long");
  const Hash hash = world::hmac_sha256(secret_, "aidledger-kek-id/1");
  id_ = Bytes(view_of(hash).substr(0, kek_id_bytes));
}

Bytes wrap(const Kek& kek, const WrapPlace& place, world::Random& random, BytesView value) {
  const Bytes nonce = random.bytes(aead_nonce_bytes);
  return Bytes(wrap_version) + kek.id() + nonce + aead_seal(kek.secret(), nonce, bound_to(place), value);
}

std::optional<Bytes> kek_id_of(BytesView wrapped) {
  if (wrapped.size() < header_bytes + aead_tag_bytes || !wrapped.starts_with(wrap_version)) return std::nullopt;
  return Bytes(wrapped.substr(1, kek_id_bytes));
}

std::optional<Bytes> unwrap(const Kek& kek, const WrapPlace& place, BytesView wrapped) {
  if (kek_id_of(wrapped) != kek.id()) return std::nullopt;
  const BytesView nonce = wrapped.substr(header_bytes - aead_nonce_bytes, aead_nonce_bytes);
  return aead_open(kek.secret(), nonce, bound_to(place), wrapped.substr(header_bytes));
}

const Kek* KekRing::find(BytesView id) const {
  if (current.id() == id) return &current;
  const auto found = std::find_if(older.begin(), older.end(), [&](const Kek& one) { return one.id() == id; });
  return found == older.end() ? nullptr : &*found;
}

Kek read_kek(world::Disk& disk, const std::string& path) {
  if (!disk.exists(path))
    throw std::runtime_error("there is no key-encryption key in " + path +
                             "; copy the ledger's own there, or, for a new ledger, run: aidledger vault make-kek " +
                             path);
  if (disk.open_to_others(path))
    throw std::runtime_error("the key-encryption key " + path + " can be read by group or others; run: chmod 600 " +
                             path);
  Bytes secret = world::read_file(disk, path);
  if (secret.size() != kek_bytes)
    throw std::runtime_error("the file " + path +
                             " is no key-encryption key: it is not 32 bytes long; copy the ledger's own there");
  return Kek(std::move(secret));
}

void make_kek(world::Disk& disk, world::Random& random, const std::string& path) {
  if (disk.exists(path))
    throw std::runtime_error("the file " + path +
                             " is there already and is not replaced: a vault may need it to be opened");
  const std::string fresh = path + ".new";
  Bytes secret = random.bytes(kek_bytes);
  {
    const auto file = disk.open(fresh, world::Disk::Mode::create);
    disk.make_private(fresh);
    file->pwrite(0, secret);
    file->datasync();
  }
  wipe(secret);
  disk.rename(fresh, path);
  disk.sync_folder(folder_of(path));
}

}  // namespace aidledger::vault
