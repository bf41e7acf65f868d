#include "src/settings/settings.hpp"

#include <catch2/catch.hpp>
#include <fstream>
#include <sstream>

#include "tests/support/temp_folder.hpp"

namespace aidledger::settings {
namespace {

Sources file(const std::string& text) {
  Sources sources;
  sources.file_name = "config/aidledger.toml";
  sources.file_text = text;
  return sources;
}

std::string refusal(const Sources& sources) {
  const auto settings = Settings::from(sources);
  REQUIRE_FALSE(settings);
  return settings.error();
}

TEST_CASE("with nothing said, every setting has its default and says so") {
  const auto settings = Settings::from({});
  REQUIRE(settings);
  CHECK(settings->integer("http.port") == 8471);
  CHECK(settings->text("http.address") == "127.0.0.1");
  CHECK(settings->text("zone") == "Asia/Shanghai");
  CHECK(settings->at("http.port").origin == "default");
  CHECK(settings->server() == "http://127.0.0.1:8471");
}

TEST_CASE("every default is a value that its own option allows") {
  for (const auto& option : options()) CHECK(complaint(option, option.fallback) == "");
}

TEST_CASE("a flag goes before a variable, a variable before the file, the file before the default") {
  auto sources = file("[http]\nport = 1001\n");
  CHECK(Settings::from(sources)->integer("http.port") == 1001);
  CHECK(Settings::from(sources)->at("http.port").origin == "config/aidledger.toml:2:1");

  sources.environment = [](const std::string& name) -> std::optional<std::string> {
    if (name == "AIDLEDGER_HTTP_PORT") return "1002";
    return std::nullopt;
  };
  CHECK(Settings::from(sources)->integer("http.port") == 1002);
  CHECK(Settings::from(sources)->at("http.port").origin == "AIDLEDGER_HTTP_PORT");

  sources.flags["http.port"] = "1003";
  CHECK(Settings::from(sources)->integer("http.port") == 1003);
  CHECK(Settings::from(sources)->at("http.port").origin == "--http-port");
}

TEST_CASE("an unknown key is named with its place and what was probably meant") {
  CHECK(refusal(file("data = \"d\"\n[http]\n  prot = 1\n")) ==
        "config/aidledger.toml:3:3: unknown key 'http.prot' (did you mean 'http.port'?)");
  CHECK(refusal(file("colour_of_money = 1\n")) == "config/aidledger.toml:1:1: unknown key 'colour_of_money'");
  CHECK(refusal(file("[http.port]\nx = 1\n")) == "config/aidledger.toml:1:7: http.port must be an integer");
}

TEST_CASE("a value out of range is refused, naming where it stands") {
  CHECK(refusal(file("[http]\nport = 70000\n")) ==
        "config/aidledger.toml:2:1: http.port must be an integer from 0 to 65535");
  CHECK(refusal(file("[http]\nport = \"8471\"\n")) == "config/aidledger.toml:2:1: http.port must be an integer");
  CHECK(refusal(file("ledger = 3101\n")) == "config/aidledger.toml:1:1: ledger must be a string");
  Sources flags;
  flags.flags["output.level"] = "loud";
  CHECK(refusal(flags) == "--output-level must be one of debug|info|warning|error");
  Sources variable;
  variable.environment = [](const std::string& name) -> std::optional<std::string> {
    if (name == "AIDLEDGER_LEDGER") return "two words";
    return std::nullopt;
  };
  CHECK(refusal(variable) == "AIDLEDGER_LEDGER must be 1-64 of A-Z a-z 0-9 . _ -");
}

TEST_CASE("an address beyond loopback is refused") {
  for (const std::string good : {"127.0.0.1", "127.1.2.3", "::1", "localhost"})
    CHECK(complaint(*find_option("http.address"), good) == "");
  for (const std::string bad : {"0.0.0.0", "::", "192.168.0.7", "127.0.0.1.evil.example", "127.0.0", "127.0.0.256", ""})
    CHECK(complaint(*find_option("http.address"), bad) != "");
}

TEST_CASE("a file that is no TOML is refused with the place of the mistake") {
  CHECK(refusal(file("data = \n")).starts_with("config/aidledger.toml:1:"));
  CHECK(refusal(file("data = \"a\"\ndata = \"b\"\n")).starts_with("config/aidledger.toml:2:"));
}

TEST_CASE("the vault lies beside the data folder unless it is given") {
  Sources sources;
  sources.flags["data"] = "/var/lib/aidledger/";
  CHECK(Settings::from(sources)->vault_folder() == "/var/lib/aidledger-vault");
  sources.flags["vault"] = "/mnt/keys";
  CHECK(Settings::from(sources)->vault_folder() == "/mnt/keys");
}

TEST_CASE("a named file must exist, the usual one need not") {
  test::TempFolder folder;
  Sources sources;
  CHECK_FALSE(read_settings_file(sources, folder / "none.toml"));
  std::ofstream(folder / "mine.toml") << "ledger = \"mine\"\n";
  REQUIRE(read_settings_file(sources, folder / "mine.toml"));
  CHECK(Settings::from(sources)->text("ledger") == "mine");
}

TEST_CASE("config/aidledger.toml documents every key with its default, and no other") {
  std::ifstream input("config/aidledger.toml");
  REQUIRE(input);
  std::ostringstream uncommented;
  std::size_t keys = 0;
  for (std::string line; std::getline(input, line);) {
    const bool setting = line.starts_with("# ") && line.find(" = ") != std::string::npos;
    keys += setting ? 1 : 0;
    uncommented << (setting ? line.substr(2) : line) << "\n";
  }
  const auto settings = Settings::from(file(uncommented.str()));
  REQUIRE(settings);
  CHECK(keys == options().size());
  for (const auto& option : options()) {
    INFO(option.key);
    CHECK(settings->text(option.key) == option.fallback);
    CHECK_FALSE(settings->is_default(option.key));
  }
}

}  // namespace
}  // namespace aidledger::settings
