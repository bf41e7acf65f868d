// A vault in a folder: what it keeps beyond the contract of all vaults (vault_contract.hpp).
#include <catch2/catch.hpp>

#include <filesystem>

#include "src/vault/directory_vault.hpp"
#include "tests/support/canary.hpp"
#include "tests/support/temp_folder.hpp"
#include "tests/vault/vault_contract.hpp"

using namespace aidledger;
using test::files_with;
using test::names_in;
using vault::DirectoryVault;
namespace fs = std::filesystem;

namespace {

struct Place {
  test::TempFolder folder;
  std::unique_ptr<world::Disk> disk = world::real_disk();
  std::string path = folder.path() + "/vault";
};

}  // namespace

TEST_CASE("what was erased is in no file of the vault, nor is any earlier value of it") {
  Place at;
  {
    DirectoryVault vault(*at.disk, at.path);
    vault.put("person/01", "the-first-secret");
    vault.put("person/01", "the-second-secret");
    vault.put("person/02", "the-third-secret");
    REQUIRE(files_with(at.path, "the-first-secret").size() == 1);
    vault.erase_many({"person/01", "nobody"});
    CHECK_FALSE(vault.get("person/01"));
    CHECK(files_with(at.path, "the-first-secret").empty());
    CHECK(files_with(at.path, "the-second-secret").empty());
    CHECK(files_with(at.path, "the-third-secret").size() == 1);
    vault.put("person/03", "the-fourth-secret");
  }
  const DirectoryVault again(*at.disk, at.path);
  CHECK(names_in(again, "") == std::vector<std::string>{"person/02", "person/03"});
}

TEST_CASE("one value is read beside whoever has the vault open, and nothing is changed by it") {
  Place at;
  const auto value_of = [&](const std::string& name) { return vault::VaultFile::value_in(*at.disk, at.path, name); };
  CHECK_FALSE(value_of("a"));
  DirectoryVault vault(*at.disk, at.path);
  CHECK_FALSE(value_of("a"));
  vault.put_many({{"a", "1111"}, {"b", "2222"}});
  vault.put("a", "3333");
  CHECK(value_of("a") == "3333");
  vault.erase("b");
  CHECK_FALSE(value_of("b"));
  const auto file = at.path + "/vault.log";
  world::replace_file(*at.disk, file, world::read_file(*at.disk, file) + "half an entry");
  const auto torn = world::read_file(*at.disk, file);
  CHECK(value_of("a") == "3333");
  CHECK(world::read_file(*at.disk, file) == torn);
}

TEST_CASE("what a rewriting that was cut off left behind is gone when the vault is opened") {
  Place at;
  {
    DirectoryVault(*at.disk, at.path).put("a", "1111");
  }
  world::replace_file(*at.disk, at.path + "/vault.log.new", "half of an old secret");
  const DirectoryVault again(*at.disk, at.path);
  CHECK(files_with(at.path, "old secret").empty());
  CHECK(again.get("a") == "1111");
}

TEST_CASE("a file that is mostly replaced values is written anew when it is opened") {
  Place at;
  {
    DirectoryVault vault(*at.disk, at.path);
    for (int i = 0; i < 40; ++i) vault.put("a", Bytes(100'000, static_cast<char>('a' + i % 26)));
  }
  REQUIRE(fs::file_size(at.path + "/vault.log") > 4'000'000);
  CHECK(DirectoryVault(*at.disk, at.path).get("a") == Bytes(100'000, 'n'));
  CHECK(fs::file_size(at.path + "/vault.log") < 102'000);
  CHECK(DirectoryVault(*at.disk, at.path).get("a") == Bytes(100'000, 'n'));
}

TEST_CASE("a vault that others may enter is not opened, nor one that somebody has open") {
  Place at;
  {
    const DirectoryVault vault(*at.disk, at.path);
    CHECK_THROWS_AS(DirectoryVault(*at.disk, at.path), world::Locked);
    constexpr auto others = fs::perms::group_all | fs::perms::others_all;
    CHECK((fs::status(at.path).permissions() & others) == fs::perms::none);
    CHECK((fs::status(at.path + "/vault.log").permissions() & others) == fs::perms::none);
  }
  for (const auto right : {fs::perms::group_read, fs::perms::group_exec, fs::perms::others_write}) {
    fs::permissions(at.path, fs::perms::owner_all | right);
    CHECK_THROWS_WITH(DirectoryVault(*at.disk, at.path), Catch::Contains("chmod 700"));
  }
}

TEST_CASE("a copy holds the same, in a folder of its own") {
  Place at;
  DirectoryVault vault(*at.disk, at.path);
  vault.put_many({{"a", "1"}, {"b", "2"}});
  vault.copy_to(at.folder / "copy");
  vault.put("c", "3");
  const DirectoryVault copy(*at.disk, at.folder / "copy");
  CHECK(names_in(copy, "") == std::vector<std::string>{"a", "b"});
  CHECK(copy.get("b") == "2");
}

TEST_CASE("folders overlap when one lies in the other, however they are written") {
  test::TempFolder at;
  fs::create_directories(at / "data/log");
  fs::create_symlink(at / "data", at / "link");
  CHECK(vault::folders_overlap(at / "data/log", at / "data/log/"));
  CHECK(vault::folders_overlap(at / "data", at / "data/log"));
  CHECK(vault::folders_overlap(at / "data/log/vault", at / "data/log"));
  CHECK(vault::folders_overlap(at / "link/log/vault", at / "data/log"));
  CHECK(vault::folders_overlap(at / "data/x/../log", at / "data/log"));
  CHECK_FALSE(vault::folders_overlap(at / "data/log", at / "data/logs"));
  CHECK_FALSE(vault::folders_overlap(at / "vault", at / "data"));
}

TEST_CASE("the canary looks into every file, also over the edge of a block") {
  test::TempFolder at;
  const auto disk = world::real_disk();
  fs::create_directories(at / "deep/.hidden");
  world::replace_file(*disk, at / "deep/.hidden/x", Bytes((1 << 20) - 3, 'x') + "canary");
  world::replace_file(*disk, at / "plain", "no birds here");
  CHECK(files_with(at.path(), "canary") == std::vector<std::string>{at / "deep/.hidden/x"});
  CHECK(files_with(at.path(), "parrot").empty());
}
