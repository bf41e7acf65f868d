#include "src/world/digest.hpp"

#include <openssl/crypto.h>
#include <openssl/evp.h>

#include <array>
#include <memory>
#include <stdexcept>

namespace aidledger::world {
namespace {

constexpr std::size_t sha256_block = 64;

/// One per thread: fetching the algorithm costs as much as hashing a short record.
class Sha256 {
 public:
  Sha256() : algorithm_(EVP_MD_fetch(nullptr, "SHA256", nullptr)), context_(EVP_MD_CTX_new()) {
    if (!algorithm_ || !context_ || EVP_DigestInit_ex2(context_.get(), algorithm_.get(), nullptr) != 1) {
      throw std::runtime_error("OpenSSL offers no SHA-256");
    }
  }

  Hash of(BytesView a, BytesView b) {
    Hash out;
    const bool ok = EVP_DigestInit_ex2(context_.get(), nullptr, nullptr) == 1 &&
                    EVP_DigestUpdate(context_.get(), a.data(), a.size()) == 1 &&
                    (b.empty() || EVP_DigestUpdate(context_.get(), b.data(), b.size()) == 1) &&
                    EVP_DigestFinal_ex(context_.get(), out.data(), nullptr) == 1;
    if (!ok) throw std::runtime_error("SHA-256 failed");
    return out;
  }

 private:
  struct Free {
    void operator()(EVP_MD* algorithm) const { EVP_MD_free(algorithm); }
    void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
  };
  std::unique_ptr<EVP_MD, Free> algorithm_;
  std::unique_ptr<EVP_MD_CTX, Free> context_;
};

Sha256& hasher() {
  thread_local Sha256 one;
  return one;
}

}  // namespace

Hash sha256(BytesView bytes) { return hasher().of(bytes, {}); }
Hash sha256(BytesView a, BytesView b) { return hasher().of(a, b); }

Hash hmac_sha256(BytesView key, BytesView bytes) {
  std::array<char, sha256_block> inner{};
  std::array<char, sha256_block> outer{};
  Hash shortened;
  if (key.size() > sha256_block) {
    shortened = sha256(key);
    key = view_of(shortened);
  }
  for (std::size_t i = 0; i < sha256_block; ++i) {
    const char k = i < key.size() ? key[i] : '\0';
    inner[i] = static_cast<char>(k ^ 0x36);
    outer[i] = static_cast<char>(k ^ 0x5c);
  }
  const Hash first = sha256({inner.data(), inner.size()}, bytes);
  const Hash out = sha256({outer.data(), outer.size()}, view_of(first));
  OPENSSL_cleanse(inner.data(), inner.size());
  OPENSSL_cleanse(outer.data(), outer.size());
  return out;
}

bool equal_secret(BytesView a, BytesView b) {
  return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

}  // namespace aidledger::world
