#include <catch2/catch.hpp>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "src/vault/directory_vault.hpp"
#include "src/vault/sealing.hpp"
#include "src/vault/tokens.hpp"
#include "tests/support/temp_folder.hpp"

using namespace aidledger;
namespace fs = std::filesystem;

namespace {

struct World {
  test::TempFolder folder;
  std::unique_ptr<world::Disk> disk = world::real_disk();
  std::unique_ptr<world::Random> random = world::system_random();
  std::string path = folder.path() + "/vault";
};

bool anywhere(const std::string& folder, const Bytes& wanted) {
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (!entry.is_regular_file()) continue;
    std::ifstream in(entry.path(), std::ios::binary);
    std::ostringstream all;
    all << in.rdbuf();
    if (all.str().find(wanted) != std::string::npos) return true;
  }
  return false;
}

Sealed sealed_name(vault::Sealer& sealer, const std::string& person, const std::string& clear) {
  return {"grant-aid/name", "a-1", sealer.seal(person, "a-1", "grant-aid/name", clear), ""};
}

}  // namespace

TEST_CASE("what was put is there after the vault is opened again, and what was erased is in none of its files") {
  World w;
  {
    vault::DirectoryVault vault(*w.disk, w.path);
    vault.put("person/01", "secret-of-the-first");
    vault.put_many({{"person/02", "secret-of-the-second"}, {"token/x", "hash"}});
    vault.erase("person/01");
    CHECK_FALSE(anywhere(w.path, "secret-of-the-first"));
  }
  vault::DirectoryVault again(*w.disk, w.path);
  CHECK_FALSE(again.get("person/01"));
  CHECK(again.get("person/02") == "secret-of-the-second");
  std::vector<std::string> names;
  again.list("person/", [&](const std::string& name, BytesView) { return names.push_back(name), true; });
  CHECK(names == std::vector<std::string>{"person/02"});
}

TEST_CASE("a vault that others may read is not opened, nor one that somebody has open") {
  World w;
  {
    vault::DirectoryVault vault(*w.disk, w.path);
    CHECK_THROWS_AS(vault::DirectoryVault(*w.disk, w.path), world::Locked);
  }
  fs::permissions(w.path, fs::perms::group_read, fs::perm_options::add);
  CHECK_THROWS_WITH(vault::DirectoryVault(*w.disk, w.path), Catch::Contains("chmod 700"));
}

TEST_CASE("a torn last entry is dropped, a damaged one in the middle is named") {
  World w;
  {
    vault::DirectoryVault(*w.disk, w.path).put_many({{"a", "1111"}, {"b", "2222"}});
  }
  const std::string file = w.path + "/vault.log";
  const auto size = fs::file_size(file);
  SECTION("torn") {
    fs::resize_file(file, size - 2);
    vault::DirectoryVault vault(*w.disk, w.path);
    CHECK(vault.get("a") == "1111");
    CHECK_FALSE(vault.get("b"));
  }
  SECTION("damaged") {
    std::fstream out(file, std::ios::in | std::ios::out | std::ios::binary);
    out.seekp(15);
    out.put('X');
    out.close();
    CHECK_THROWS_WITH(vault::DirectoryVault(*w.disk, w.path), Catch::Contains("damaged at byte"));
  }
}

TEST_CASE("a sealed text opens only as what it was sealed, and not after the person is erased") {
  World w;
  vault::DirectoryVault vault(*w.disk, w.path);
  vault::Sealer sealer(vault, *w.random, "chengbei");
  const Sealed name = sealed_name(sealer, "p-1", "张伟");
  CHECK(sealer.open(name) == "张伟");
  Sealed other = name;
  other.action_id = "a-2";
  CHECK_FALSE(sealer.open(other));
  for (std::size_t i = 0; i < name.box.size(); ++i) {
    other = name;
    other.box[i] = static_cast<char>(other.box[i] ^ 1);
    CHECK_FALSE(sealer.open(other));
  }
  vault::Sealer elsewhere(vault, *w.random, "chengnan");
  CHECK_FALSE(elsewhere.open(name));
  sealer.erase_person("p-1");
  CHECK_FALSE(sealer.open(name));
}

TEST_CASE("boxes of short texts have one size") {
  World w;
  vault::DirectoryVault vault(*w.disk, w.path);
  vault::Sealer sealer(vault, *w.random, "chengbei");
  CHECK(sealed_name(sealer, "p", "李").box.size() == sealed_name(sealer, "p", "欧阳建国").box.size());
}

TEST_CASE("a person is found by number, telephone and name however they are written, and not after erasure") {
  World w;
  vault::DirectoryVault vault(*w.disk, w.path);
  vault::Sealer sealer(vault, *w.random, "chengbei");
  sealer.ensure_keys({"p-1", "p-2"});
  sealer.add_indexes({{IndexKind::identity_number, "11010519491231002x", "p-1"},
                      {IndexKind::telephone, "+86 138-0013-8000", "p-1"},
                      {IndexKind::name, "王 芳", "p-1"},
                      {IndexKind::name, "王芳", "p-2"}});
  CHECK(sealer.find(IndexKind::identity_number, "１１０１０５１９４９１２３１００２X") ==
        std::vector<std::string>{"p-1"});
  CHECK(sealer.find(IndexKind::telephone, "13800138000") == std::vector<std::string>{"p-1"});
  CHECK(sealer.find(IndexKind::name, "王芳").size() == 2);
  sealer.erase_person("p-1");
  CHECK(sealer.find(IndexKind::name, "王芳") == std::vector<std::string>{"p-2"});
  CHECK(sealer.find(IndexKind::telephone, "13800138000").empty());
}

TEST_CASE("a token is shown once, found while valid, and gone when revoked") {
  World w;
  vault::DirectoryVault vault(*w.disk, w.path);
  vault::Tokens tokens(vault, *w.random);
  vault::Grant grant{"",          "p-1", {Role::intake, Role::supervisor}, "chengbei", "centre", "d-1", "", {0},
                     {1'000'000}, false};
  const std::string token = tokens.add(grant);
  CHECK(tokens.find(token)->roles == grant.roles);
  CHECK(tokens.find(token)->valid_at({999'999}));
  CHECK_FALSE(tokens.find(token)->valid_at({1'000'000}));
  CHECK_FALSE(tokens.find(token + "0").has_value());
  CHECK_FALSE(tokens.find("aidl_00.00").has_value());
  CHECK_FALSE(anywhere(w.path, token.substr(token.find('.') + 1)));
  CHECK(tokens.revoke(tokens.find(token)->id));
  CHECK_FALSE(tokens.find(token)->valid_at({0}));
  grant.expires = {91LL * 86'400'000'000};
  CHECK_THROWS_AS(tokens.add(grant), std::invalid_argument);
}
