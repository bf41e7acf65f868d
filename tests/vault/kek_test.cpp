#include <catch2/catch.hpp>

#include <filesystem>

#include "src/vault/kek.hpp"
#include "tests/support/temp_folder.hpp"

using namespace aidledger;
using vault::Kek;
namespace fs = std::filesystem;

namespace {

struct Place {
  test::TempFolder folder;
  std::unique_ptr<world::Disk> disk = world::real_disk();
  std::unique_ptr<world::Random> random = world::system_random();
  std::string path = folder / "vault.kek";
};

struct Counting : world::Random {
  Bytes bytes(std::size_t count) override {
    Bytes out;
    while (out.size() < count) out += static_cast<char>(0x40 + out.size());
    return out;
  }
};

constexpr vault::WrapPlace place{"chengbei", "token/0a1b2c3d4e5f"};

}  // namespace

TEST_CASE("a key-encryption key is made once, for its owner alone, and read back") {
  Place at;
  vault::make_kek(*at.disk, *at.random, at.path);
  CHECK((fs::status(at.path).permissions() & (fs::perms::group_all | fs::perms::others_all)) == fs::perms::none);
  CHECK(fs::file_size(at.path) == vault::kek_bytes);
  const Kek kek = vault::read_kek(*at.disk, at.path);
  CHECK(kek.secret() == world::read_file(*at.disk, at.path));
  CHECK_THROWS_WITH(vault::make_kek(*at.disk, *at.random, at.path), Catch::Contains("is not replaced"));
  CHECK(vault::read_kek(*at.disk, at.path).id() == kek.id());
  CHECK(at.disk->list(at.folder.path()) == std::vector<std::string>{"vault.kek"});
}

TEST_CASE("a key file that is missing, that others may read, or that is no key is refused with what to do") {
  Place at;
  CHECK_THROWS_WITH(vault::read_kek(*at.disk, at.path), Catch::Contains("aidledger vault make-kek " + at.path));
  vault::make_kek(*at.disk, *at.random, at.path);
  for (const auto right : {fs::perms::group_read, fs::perms::others_read, fs::perms::group_write}) {
    fs::permissions(at.path, fs::perms::owner_read | right);
    CHECK_THROWS_WITH(vault::read_kek(*at.disk, at.path), Catch::Contains("chmod 600"));
  }
  fs::permissions(at.path, fs::perms::owner_read);
  CHECK_NOTHROW(vault::read_kek(*at.disk, at.path));
  fs::permissions(at.path, fs::perms::owner_all);
  for (const std::size_t size : {0, 31, 33, 64}) {
    fs::resize_file(at.path, size);
    CHECK_THROWS_WITH(vault::read_kek(*at.disk, at.path), Catch::Contains("not 32 bytes long"));
  }
}

// Computed apart from this program, from the description in kek.hpp.
TEST_CASE("a wrapped value has the layout that is documented, for ever") {
  Bytes secret;
  for (int i = 0; i < 32; ++i) secret += static_cast<char>(i);
  const Kek kek(secret);
  Counting counting;
  const Bytes wrapped = vault::wrap(kek, place, counting, "a value");
  CHECK(to_hex(kek.id()) == "8a8b0c917bff7e99df1fa94546df9db8");
  CHECK(to_hex(wrapped) ==
        "018a8b0c917bff7e99df1fa94546df9db8404142434445464748494a4b4c4d4e4f5051525354555657b5197311bc951c"
        "5555fed66f8a244310894a9409c68f93");
  CHECK(vault::unwrap(kek, place, wrapped) == "a value");
}

TEST_CASE("a wrapped value opens by its key and in its place only, and with every bit as it was") {
  const auto random = world::system_random();
  const Kek kek(random->bytes(32)), other(random->bytes(32));
  const Bytes wrapped = vault::wrap(kek, place, *random, "the secret");
  CHECK(vault::kek_id_of(wrapped) == kek.id());
  CHECK(vault::unwrap(kek, place, wrapped) == "the secret");
  CHECK_FALSE(vault::unwrap(other, place, wrapped));
  CHECK_FALSE(vault::unwrap(kek, {"chengnan", place.name}, wrapped));
  CHECK_FALSE(vault::unwrap(kek, {place.ledger, "token/0a1b2c3d4e5e"}, wrapped));
  CHECK_FALSE(vault::unwrap(kek, {"chengbeit", "oken/0a1b2c3d4e5f"}, wrapped));
  for (std::size_t bit = 0; bit < wrapped.size() * 8; ++bit) {
    Bytes changed = wrapped;
    changed[bit / 8] = static_cast<char>(changed[bit / 8] ^ (1 << bit % 8));
    CHECK_FALSE(vault::unwrap(kek, place, changed));
  }
  for (std::size_t size = 0; size < wrapped.size(); ++size)
    CHECK_FALSE(vault::unwrap(kek, place, BytesView(wrapped).substr(0, size)));
}

TEST_CASE("two wrappings of one value are not alike, and hold nothing of it") {
  const auto random = world::system_random();
  const Kek kek(random->bytes(32));
  const Bytes one = vault::wrap(kek, place, *random, "the secret");
  CHECK(one != vault::wrap(kek, place, *random, "the secret"));
  CHECK(one.find("the secret") == Bytes::npos);
  CHECK(one.find(kek.secret()) == Bytes::npos);
}
