#include <catch2/catch.hpp>

#include <set>
#include <utility>

#include "src/vault/directory_vault.hpp"
#include "src/vault/memory_vault.hpp"
#include "src/vault/sealing.hpp"
#include "tests/support/canary.hpp"
#include "tests/support/temp_folder.hpp"

using namespace aidledger;
using vault::MemoryVault;
using vault::NotOpened;
using vault::Sealer;

namespace {

struct World {
  MemoryVault vault;
  std::unique_ptr<world::Random> random = world::system_random();
  Sealer sealer{vault, *random, "chengbei"};
};

constexpr auto schema = "grant-aid/name";

Sealed sealed_name(Sealer& sealer, const std::string& person, const std::string& clear) {
  return {schema, "a-1", sealer.seal(person, "a-1", schema, clear), ""};
}

Bytes counting(std::size_t count, int first) {
  Bytes out;
  for (std::size_t i = 0; i < count; ++i) out += static_cast<char>(first + static_cast<int>(i));
  return out;
}

}  // namespace

// Computed apart from this program, from the description in sealed_box.hpp.
TEST_CASE("a box has the layout that is documented, for ever") {
  const vault::PersonKey key{counting(16, 0xa0), counting(32, 0)};
  const Bytes box = seal_box(key, {"chengbei", "a-1", schema}, counting(24, 0x40), "张伟");
  CHECK(to_hex(box) ==
        "01a0a1a2a3a4a5a6a7a8a9aaabacadaeaf980bd6cbaee52d4b658da165b3d2b540404142434445464748494a4b4c4d4e"
        "4f5051525354555657d2390570355cd9f2336b87beaf9c659292baadc41359539a6a31fd4509042390f9377721223f68"
        "36364e91ec59130442");
  CHECK(open_box(key, {"chengbei", "a-1", schema}, box) == "张伟");
}

TEST_CASE("a text of any length opens again, and its box tells its length in steps only") {
  World w;
  for (const std::size_t length : {0, 1, 27, 28, 29, 60, 61, 124, 252, 508, 1020, 1021, 2044, 2045, 16'384}) {
    CAPTURE(length);
    const Bytes text = w.random->bytes(length);
    const Sealed sealed = sealed_name(w.sealer, "p", text);
    CHECK(w.sealer.open(sealed) == text);
    CHECK(sealed.box.size() == vault::box_size(length));
  }
  std::set<std::size_t> sizes;
  for (std::size_t length = 0; length <= 4000; ++length)
    sizes.insert(vault::box_size(length) - vault::box_size(0) + 32);
  CHECK(sizes == std::set<std::size_t>{32, 64, 128, 256, 512, 1024, 2048, 3072, 4096});
}

TEST_CASE("two boxes of one text are not alike") {
  World w;
  CHECK(sealed_name(w.sealer, "p", "王芳").box != sealed_name(w.sealer, "p", "王芳").box);
}

TEST_CASE("a sealed text opens only as what it was sealed: ledger, action, field, and every bit of the box") {
  World w;
  const Sealed name = sealed_name(w.sealer, "p-1", "张伟");
  Sealed other = name;
  other.action_id = "a-2";
  CHECK(w.sealer.open(other).error() == NotOpened::damaged);
  other = name;
  other.schema = "grant-aid/address";
  CHECK(w.sealer.open(other).error() == NotOpened::damaged);
  CHECK(Sealer(w.vault, *w.random, "chengnan").open(name).error() == NotOpened::damaged);
  for (std::size_t bit = 0; bit < name.box.size() * 8; ++bit) {
    other = name;
    other.box[bit / 8] = static_cast<char>(other.box[bit / 8] ^ (1 << bit % 8));
    CHECK_FALSE(w.sealer.open(other));
  }
  for (std::size_t size = 0; size < name.box.size(); ++size) {
    other.box = name.box.substr(0, size);
    CHECK_FALSE(w.sealer.open(other));
  }
}

TEST_CASE("neighbours of the associated data do not flow into each other") {
  const vault::PersonKey key{counting(16, 0), counting(32, 0)};
  const Bytes box = seal_box(key, {"l", "ab", "c"}, counting(24, 0), "x");
  CHECK_FALSE(open_box(key, {"la", "b", "c"}, box));
  CHECK_FALSE(open_box(key, {"l", "a", "bc"}, box));
}

TEST_CASE("a key that the box is not committed to is refused, whatever the cipher would say") {
  World w;
  const Sealed name = sealed_name(w.sealer, "p-1", "张伟");
  Bytes& stored = w.vault.entries.at("person/p-1/" + to_hex(*vault::key_id_of(name.box)));
  stored.back() = static_cast<char>(stored.back() ^ 1);
  Sealer fresh(w.vault, *w.random, "chengbei");
  CHECK(fresh.open(name).error() == NotOpened::damaged);
}

TEST_CASE("one person's erasure: nothing of that person opens, everything of the others does") {
  World w;
  const Sealed first = sealed_name(w.sealer, "p-1", "张伟"), second = sealed_name(w.sealer, "p-10", "王芳");
  w.sealer.erase_persons({"p-1"});
  CHECK(w.sealer.open(first).error() == NotOpened::erased);
  CHECK(Sealer(w.vault, *w.random, "chengbei").open(first).error() == NotOpened::erased);
  CHECK(w.sealer.open(second) == "王芳");
  w.sealer.erase_persons({"p-1"});
  REQUIRE(w.vault.get("person/p-10/" + to_hex(*vault::key_id_of(second.box))));
}

TEST_CASE(
    "an erased person's id is retired: nothing sealed for it opens, nothing is found, and the vault keeps nothing") {
  World w;
  w.sealer.erase_persons({"p-1"});
  const auto before = w.vault.entries;
  w.sealer.ensure_keys({"p-1"});
  w.sealer.add_indexes({{IndexKind::name, "张伟", "p-1"}});
  const Sealed late = sealed_name(w.sealer, "p-1", "张伟");
  CHECK(w.sealer.open(late).error() == NotOpened::erased);
  CHECK(w.vault.entries == before);
}

TEST_CASE("the erasure of many persons takes one sync") {
  World w;
  std::vector<std::string> persons;
  for (int i = 0; i < 100; ++i) persons.push_back("p-" + std::to_string(i));
  w.sealer.ensure_keys(persons);
  const int before = w.vault.syncs;
  w.sealer.erase_persons(persons);
  CHECK(w.vault.syncs == before + 1);
  for (const auto& [name, value] : w.vault.entries) CHECK(name.starts_with("secret/"));
}

namespace {

/// Lets something happen between what a reader was given and what it does with it.
struct InterruptedVault : MemoryVault {
  std::optional<Bytes> get(const std::string& name) const override {
    auto found = MemoryVault::get(name);
    if (meanwhile && name.starts_with("person/")) std::exchange(meanwhile, {})();
    return found;
  }
  mutable std::function<void()> meanwhile;
};

}  // namespace

TEST_CASE("a key read while its person is being erased is not kept") {
  InterruptedVault vault;
  const auto random = world::system_random();
  Sealer sealing(vault, *random, "chengbei"), sealer(vault, *random, "chengbei");
  const Sealed name = sealed_name(sealing, "p-1", "张伟");
  vault.meanwhile = [&] { sealer.erase_persons({"p-1"}); };
  CHECK(sealer.open(name) == "张伟");
  CHECK(sealer.open(name).error() == NotOpened::erased);
}

TEST_CASE("the key is in the vault before there is a box, and a crash before that leaves no box") {
  World w;
  w.vault.before = [](MemoryVault::Change, const std::string& name) {
    if (name.starts_with("person/")) throw std::runtime_error("power cut");
  };
  CHECK_THROWS(w.sealer.seal("p-1", "a-1", schema, "张伟"));
  CHECK_THROWS(w.sealer.ensure_keys({"p-1"}));
  w.vault.before = {};
  const Sealed name = sealed_name(w.sealer, "p-1", "张伟");
  CHECK(Sealer(w.vault, *w.random, "chengbei").open(name) == "张伟");
}

TEST_CASE("a key of which a crash left one half in the vault seals nothing") {
  for (const std::string lost : {"key/", "person/"}) {
    World w;
    w.vault.before = [&](MemoryVault::Change, const std::string& name) {
      if (name.starts_with(lost)) throw std::runtime_error("power cut");
    };
    CHECK_THROWS(w.sealer.ensure_keys({"p-1"}));
    w.vault.before = {};
    CHECK(w.sealer.open(sealed_name(w.sealer, "p-1", "张伟")) == "张伟");
  }
}

TEST_CASE("several keys of one person live side by side, and go together") {
  World w;
  MemoryVault elsewhere;
  elsewhere.entries = w.vault.entries;
  Sealer other(elsewhere, *w.random, "chengbei");
  const Sealed first = sealed_name(w.sealer, "p-1", "张伟"), second = sealed_name(other, "p-1", "张威");
  w.vault.entries.insert(elsewhere.entries.begin(), elsewhere.entries.end());
  CHECK(w.sealer.open(first) == "张伟");
  CHECK(w.sealer.open(second) == "张威");
  const auto before = w.vault.entries;
  CHECK(w.sealer.open(sealed_name(w.sealer, "p-1", "张卫")) == "张卫");
  CHECK(w.vault.entries == before);
  w.sealer.erase_persons({"p-1"});
  for (const auto& [name, value] : w.vault.entries) CHECK(name.starts_with("secret/"));
}

TEST_CASE("what another node made for an erased person opens nothing, finds nobody, and is destroyed when it comes") {
  World w;
  w.sealer.erase_persons({"p-1"});
  Sealer slower(w.vault, *w.random, "chengbei");
  const Sealed late = sealed_name(slower, "p-1", "张伟");
  slower.add_indexes({{IndexKind::name, "张伟", "p-1"}});
  CHECK(w.sealer.open(late).error() == NotOpened::erased);
  CHECK(w.sealer.find(IndexKind::name, "张伟").empty());
  std::vector<std::string> came;
  for (const auto& [name, value] : w.vault.entries) came.push_back(name);
  w.sealer.erase_late(came);
  for (const auto& [name, value] : w.vault.entries) CHECK(name.starts_with("secret/"));
}

TEST_CASE("a vault of the time when a person had one key goes on opening what it sealed") {
  World w;
  const Sealed name = sealed_name(w.sealer, "p-1", "张伟");
  const std::string key = "person/p-1/" + to_hex(*vault::key_id_of(name.box));
  w.vault.entries["person/p-1"] = *vault::key_id_of(name.box) + w.vault.entries.at(key);
  w.vault.entries.erase(key);
  Sealer sealer(w.vault, *w.random, "chengbei");
  CHECK(sealer.open(name) == "张伟");
  CHECK_FALSE(w.vault.entries.contains("person/p-1"));
  sealer.erase_persons({"p-1"});
  for (const auto& [left, value] : w.vault.entries) CHECK(left.starts_with("secret/"));
}

TEST_CASE("the keys of many persons take one sync, those that exist none") {
  World w;
  std::vector<std::string> persons;
  for (int i = 0; i < 2'000; ++i) persons.push_back("p-" + std::to_string(i % 1'500));
  const int before = w.vault.syncs;
  w.sealer.ensure_keys(persons);
  CHECK(w.vault.syncs == before + 1);
  for (const auto& person : persons) sealed_name(w.sealer, person, "x");
  w.sealer.ensure_keys(persons);
  CHECK(w.vault.syncs == before + 1);
}

TEST_CASE("a person is found by number, telephone and name however they are written, and not after erasure") {
  World w;
  w.sealer.ensure_keys({"p-1", "p-2"});
  w.sealer.add_indexes({{IndexKind::identity_number, "11010519491231002x", "p-1"},
                        {IndexKind::telephone, "+86 138-0013-8000", "p-1"},
                        {IndexKind::name, "王 芳", "p-1"},
                        {IndexKind::name, "王芳", "p-2"},
                        {IndexKind::name, "　-", "p-2"}});
  using Found = std::vector<std::string>;
  CHECK(w.sealer.find(IndexKind::identity_number, "１１０１０５１９４９１２３１００２X") == Found{"p-1"});
  CHECK(w.sealer.find(IndexKind::telephone, "13800138000") == Found{"p-1"});
  CHECK(w.sealer.find(IndexKind::name, "王芳") == Found{"p-1", "p-2"});
  CHECK(w.sealer.find(IndexKind::name, "13800138000").empty());
  CHECK(w.sealer.find(IndexKind::name, " ").empty());
  w.sealer.erase_persons({"p-1"});
  CHECK(w.sealer.find(IndexKind::name, "王芳") == Found{"p-2"});
  CHECK(w.sealer.find(IndexKind::telephone, "13800138000").empty());
  w.sealer.erase_persons({"p-2"});
  for (const auto& [name, value] : w.vault.entries) CHECK(name.starts_with("secret/"));
}

TEST_CASE("the vault's names tell nothing of what a person is found by") {
  World w;
  w.sealer.add_indexes({{IndexKind::telephone, "13800138000", "p-1"}});
  for (const auto& [name, value] : w.vault.entries) CHECK((name + value).find("13800138000") == std::string::npos);
  MemoryVault other_vault;
  Sealer other(other_vault, *w.random, "chengbei");
  other.add_indexes({{IndexKind::telephone, "13800138000", "p-1"}});
  for (const auto& [name, value] : other_vault.entries)
    if (name.starts_with("index/")) CHECK_FALSE(w.vault.entries.contains(name));
}

TEST_CASE("request digests agree over restarts, differ between vaults, and are no plain hash") {
  World w, other;
  const Hash digest = w.sealer.request_digest("{}");
  CHECK(Sealer(w.vault, *w.random, "chengbei").request_digest("{}") == digest);
  CHECK(w.sealer.request_digest("{ }") != digest);
  CHECK(other.sealer.request_digest("{}") != digest);
}

TEST_CASE("erasing a person leaves neither key nor index entry in any file of a vault on disk") {
  test::TempFolder folder;
  const auto disk = world::real_disk();
  const auto random = world::system_random();
  vault::DirectoryVault vault(*disk, folder / "vault");
  Sealer sealer(vault, *random, "chengbei");
  sealer.ensure_keys({"p-1", "p-2"});
  sealer.add_indexes({{IndexKind::name, "王芳", "p-1"}, {IndexKind::name, "王芳", "p-2"}});
  Bytes id, secret;
  vault.list("person/p-1/", [&](const std::string& name, BytesView value) {
    return id = name.substr(name.rfind('/') + 1), secret = value, true;
  });
  CHECK(test::files_with(folder.path(), secret).size() == 1);
  CHECK(test::files_with(folder.path(), "王芳").empty());
  sealer.erase_persons({"p-1"});
  CHECK(test::files_with(folder.path(), secret).empty());
  CHECK(test::files_with(folder.path(), id).empty());
  CHECK(test::files_with(folder.path(), "p-1").empty());
  CHECK(test::files_with(folder.path(), "p-2").size() == 1);
}
