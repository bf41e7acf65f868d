#include "src/settings/ledgers.hpp"

#include <catch2/catch.hpp>

#include "tests/support/temp_folder.hpp"

namespace aidledger::settings {
namespace {

namespace fs = std::filesystem;

/// A process whose file names north and south.
struct Several {
  Several() {
    sources.file_name = "here.toml";
    sources.file_text = "ledger = \"north, south\"\ndata = \"" + data + "\"\n";
  }
  Settings settings(const std::string& flag = {}) {
    if (!flag.empty()) sources.flags["ledger"] = flag;
    return *Settings::from(sources);
  }
  void lies(const std::string& ledger) const { fs::create_directories(data + ledger + "/log"); }

  test::TempFolder folder;
  std::string data = folder / "data";
  Sources sources;
};

TEST_CASE("several ledgers are named by commas, each once, each fit to be a folder's name") {
  const auto& option = *find_option("ledger");
  for (const std::string good : {"city", "north,south", "north, south , 3101.a"}) CHECK(complaint(option, good) == "");
  CHECK(complaint(option, "..") == "");  // of one, it is no folder's name
  CHECK(complaint(option, "two words").starts_with("must be 1-64"));
  for (const std::string bad : {"north,", ",", "north,..", "north,log", "north,a/b"})
    CHECK(complaint(option, bad).starts_with("must be ids separated by commas"));
  CHECK(complaint(option, "north,south,north") == "names north twice");
  CHECK(split_ledgers("north, south") == std::vector<std::string>{"north", "south"});
}

TEST_CASE("each of several ledgers has folders of its own, one alone has those that are named") {
  Several several;
  const auto south = settings_of(several.settings(), "south");
  CHECK(south.text("ledger") == "south");
  CHECK(south.text("data") == several.data + "/south");
  CHECK(south.vault_folder() == several.data + "-vault/south");
  CHECK(south.at("data").origin == "here.toml:2:1");
  several.sources.file_text = "ledger = \"south\"\nvault = \"v\"\n";
  const auto alone = several.settings();
  CHECK(settings_of(alone, "south").text("data") == "data");
  CHECK(settings_of(alone, "south").vault_folder() == "v");
}

TEST_CASE("a later source chooses one of several, or names another ledger altogether") {
  Several several;
  const auto chosen = several.settings("south");
  CHECK(chosen.several() == std::vector<std::string>{"north", "south"});
  CHECK(settings_of(chosen, "south").text("data") == several.data + "/south");
  const auto other = several.settings("west");
  CHECK(other.several().empty());
  CHECK(settings_of(other, "west").text("data") == several.data);
}

TEST_CASE("where a ledger lies says more than what the settings name") {
  Several several;
  SECTION("it lies in the folder itself") {
    several.lies("");
    CHECK(settings_of(several.settings("south"), "south").text("data") == several.data);
    CHECK(ledgers_below(several.data).empty());
  }
  SECTION("it lies below, beside others") {
    several.sources.file_text = "data = \"" + several.data + "\"\n";
    several.lies("/west");
    several.lies("/east");
    CHECK(settings_of(several.settings("west"), "west").text("data") == several.data + "/west");
    CHECK(settings_of(several.settings("north"), "north").text("data") == several.data);
    CHECK(ledgers_below(several.data) == std::vector<std::string>{"east", "west"});
  }
  SECTION("a name that leads elsewhere leads nowhere") {
    fs::create_directories(several.data);
    several.lies("/..");
    CHECK(settings_of(several.settings(".."), "..").text("data") == several.data);
  }
}

TEST_CASE("keys of ledgers in Kafka are given for each, or one for all") {
  Several several;
  several.sources.flags = {
      {"kafka.first_key", "north=0a,south=0b"}, {"kek_file", "/etc/shared.kek"}, {"feed.folder", "/srv/feed"}};
  const auto south = settings_of(several.settings(), "south"), north = settings_of(several.settings(), "north");
  CHECK(north.text("kafka.first_key") == "0a");
  CHECK(south.text("kafka.first_key") == "0b");
  CHECK(south.text("kek_file") == "/etc/shared.kek");
  CHECK(south.text("feed.folder") == "/srv/feed/south");
  several.sources.flags["kafka.first_key"] = "north=0a";
  CHECK(settings_of(several.settings(), "south").text("kafka.first_key").empty());
}

}  // namespace
}  // namespace aidledger::settings
