// The vault on a bad disk: power cut at any call, calls that fail, bytes that change. What was acknowledged stays; what
// was erased stays erased.
#include <catch2/catch.hpp>

#include <utility>

#include "src/vault/directory_vault.hpp"
#include "tests/support/memory_disk.hpp"

using namespace aidledger;
using test::MemoryDisk;
using vault::DirectoryVault;

namespace {

const std::string folder = "vault", file = "vault/vault.log";

/// What the vault must answer for a name: any of these; an empty optional is "not there".
using Allowed = std::map<std::string, std::vector<std::optional<Bytes>>>;

/// A life of a vault that writes down what it may be asked for afterwards. While a call runs, the values before and
/// after it are both allowed.
class Life {
 public:
  explicit Life(Allowed& allowed) : allowed_(allowed) {}

  void put_many(DirectoryVault& vault, const std::vector<std::pair<std::string, Bytes>>& all) {
    for (const auto& [name, value] : all) may_become(name, value);
    vault.put_many(all);
    for (const auto& [name, value] : all) allowed_[name] = {value};
  }
  void erase(DirectoryVault& vault, const std::string& name) {
    may_become(name, std::nullopt);
    vault.erase(name);
    allowed_[name] = {std::nullopt};
  }

 private:
  void may_become(const std::string& name, std::optional<Bytes> value) {
    if (!allowed_.contains(name)) allowed_[name] = {std::nullopt};
    allowed_[name].push_back(std::move(value));
  }
  Allowed& allowed_;
};

void live(MemoryDisk& disk, Allowed& allowed) {
  Life life(allowed);
  DirectoryVault vault(disk, folder);
  life.put_many(vault, {{"a", "aaaa"}, {"b", Bytes(1500, 'b')}});
  life.put_many(vault, {{"c", Bytes(700, 'c')}, {"d", Bytes(700, 'd')}, {"e", Bytes(700, 'e')}});
  life.erase(vault, "b");
  life.put_many(vault, {{"a", "AAAA"}});
  life.erase(vault, "d");
  life.put_many(vault, {{"f", "ffff"}});
}

void check_against(const Allowed& allowed, const vault::Vault& vault) {
  for (const auto& [name, values] : allowed) {
    INFO(name);
    CHECK(std::find(values.begin(), values.end(), vault.get(name)) != values.end());
  }
}

bool in_any_file(MemoryDisk& disk, BytesView wanted) {
  return std::any_of(disk.names().begin(), disk.names().end(),
                     [&](const auto& one) { return one.second->now.find(wanted) != Bytes::npos; });
}

int calls_of_a_life() {
  MemoryDisk disk;
  Allowed allowed;
  live(disk, allowed);
  return disk.calls();
}

/// Lives until the n-th call fails with EIO; true when it did.
bool live_until(MemoryDisk& disk, Allowed& allowed, int call) {
  disk.fail_call(call, EIO);
  try {
    live(disk, allowed);
    return false;
  } catch (const world::DiskError&) {
    return true;
  } catch (const world::ProcessEnds&) {
    return true;
  }
}

}  // namespace

TEST_CASE("a power cut at any call loses nothing acknowledged and brings nothing erased back") {
  const int calls = calls_of_a_life();
  for (int call = 1; call <= calls; ++call) {
    for (unsigned seed = 0; seed < 8; ++seed) {
      CAPTURE(call, seed);
      std::mt19937 random(seed);
      MemoryDisk disk;
      Allowed allowed;
      live_until(disk, allowed, call);
      disk.crash(random);
      DirectoryVault vault(disk, folder);
      check_against(allowed, vault);
      vault.put("g", "gggg");
      CHECK(vault.get("g") == "gggg");
      for (const auto& [name, values] : allowed)
        if (values == std::vector<std::optional<Bytes>>{std::nullopt} && name != "f")
          CHECK_FALSE(in_any_file(disk, Bytes(100, name.front())));
    }
  }
}

TEST_CASE("after a call that failed the vault goes on, and what failed can be asked again") {
  const int calls = calls_of_a_life();
  for (int call = 1; call <= calls; ++call) {
    CAPTURE(call);
    MemoryDisk disk;
    Allowed allowed;
    Life life(allowed);
    bool ended = false;
    const auto again = [&](const auto& step) {
      try {
        step();
      } catch (const world::DiskError&) {
        step();
      } catch (const world::ProcessEnds&) {
        ended = true;
      }
    };
    std::unique_ptr<DirectoryVault> vault;
    disk.fail_call(call, ENOSPC);
    again([&] { vault = std::make_unique<DirectoryVault>(disk, folder); });
    if (!ended) again([&] { life.put_many(*vault, {{"a", "aaaa"}, {"b", Bytes(1500, 'b')}}); });
    if (!ended) again([&] { life.erase(*vault, "b"); });
    if (!ended) again([&] { life.put_many(*vault, {{"c", "cc"}}); });
    if (!ended) again([&] { life.erase(*vault, "c"); });
    if (!ended) again([&] { life.put_many(*vault, {{"d", "dd"}}); });
    if (ended) continue;
    check_against(allowed, *vault);
    CHECK_FALSE(in_any_file(disk, Bytes(100, 'b')));
    vault.reset();
    std::mt19937 random(static_cast<unsigned>(call));
    disk.crash(random);
    check_against(allowed, DirectoryVault(disk, folder));
  }
}

TEST_CASE("nothing of a put that failed comes back with a later one") {
  MemoryDisk disk;
  {
    DirectoryVault vault(disk, folder);
    vault.put("a", "1");
    disk.fail_call(1, ENOSPC);
    CHECK_THROWS_AS(vault.put_many({{"b", "2"}, {"c", "3"}, {"d", Bytes(100, 'd')}}), world::DiskError);
    CHECK_FALSE(vault.get("b"));
    vault.put("e", "5");
  }
  const DirectoryVault vault(disk, folder);
  CHECK(vault.get("e") == "5");
  for (const auto* name : {"b", "c", "d"}) CHECK_FALSE(vault.get(name));
}

TEST_CASE("an erasure overwrites the file that it replaces") {
  MemoryDisk disk;
  DirectoryVault vault(disk, folder);
  vault.put("a", "the secret");
  const auto replaced = disk.names().at(file);
  vault.erase("a");
  CHECK(replaced->now == Bytes(replaced->now.size(), '\0'));
  CHECK(replaced->durable == replaced->now);
}

namespace {

/// No descriptor left for opening the folder, for once.
struct NoDescriptor : MemoryDisk {
  void sync_folder(const std::string& path) override {
    if (std::exchange(fail_next, false)) throw world::DiskError("open", path, EMFILE);
    MemoryDisk::sync_folder(path);
  }
  bool fail_next = false;
};

}  // namespace

TEST_CASE("an erasure whose rename is not durable yet is made so by the next call, before anything builds on it") {
  for (unsigned seed = 0; seed < 16; ++seed) {
    CAPTURE(seed);
    std::mt19937 random(seed);
    NoDescriptor disk;
    auto vault = std::make_unique<DirectoryVault>(disk, folder);
    vault->put("a", "1");
    disk.fail_next = true;
    CHECK_THROWS_AS(vault->erase("a"), world::DiskError);
    if (seed % 2 == 0)
      vault->put("b", "2");
    else
      vault->erase("a");
    vault.reset();
    disk.crash(random);
    const DirectoryVault again(disk, folder);
    CHECK_FALSE(again.get("a"));
    CHECK(again.get("b").has_value() == (seed % 2 == 0));
  }
}

TEST_CASE("a changed bit is named or harmless: no wrong value, no acknowledged name that silently went") {
  MemoryDisk disk;
  Allowed allowed;
  live(disk, allowed);
  const Bytes good = disk.bytes(file);
  std::size_t refused = 0;
  for (std::size_t at = 0; at < good.size(); ++at) {
    CAPTURE(at);
    disk.bytes(file) = good;
    disk.bytes(file)[at] = static_cast<char>(disk.bytes(file)[at] ^ (1 << at % 8));
    try {
      check_against(allowed, DirectoryVault(disk, folder));
    } catch (const std::runtime_error& error) {
      ++refused;
      CHECK_THAT(error.what(), Catch::Contains(file) && Catch::Contains("at byte"));
    }
  }
  CHECK(refused > good.size() / 4);
}

TEST_CASE("a file that lost its end is named; so is one that is not a vault's") {
  MemoryDisk disk;
  Allowed allowed;
  live(disk, allowed);
  for (const std::size_t left : {disk.bytes(file).size() - 1, std::size_t{1024}, std::size_t{512}, std::size_t{0}}) {
    disk.bytes(file).resize(left);
    CHECK_THROWS_WITH(DirectoryVault(disk, folder), Catch::Contains("damaged at byte"));
  }
  disk.bytes(file) = Bytes(4096, 'x');
  CHECK_THROWS_WITH(DirectoryVault(disk, folder), Catch::Contains("damaged at byte 0"));
}
