#include "src/cli/program.hpp"

#include <catch2/catch.hpp>
#include <fstream>
#include <sstream>

#include "src/cli/command.hpp"
#include "src/cli/help.hpp"
#include "src/cli/outcome.hpp"
#include "src/json/json.hpp"
#include "src/rules/action.hpp"
#include "tests/cli/shell.hpp"
#include "tests/support/temp_folder.hpp"

namespace aidledger::cli {
namespace {

using test::Shell;

TEST_CASE("without words the overview comes, as a usage error; --help is none") {
  CHECK(Shell()({}).exit == 2);
  const auto help = Shell()({"--help"});
  CHECK(help.exit == 0);
  CHECK(help.out == overview());
  CHECK(help.err.empty());
  CHECK(Shell()({"--version"}).out.starts_with("aidledger "));
}

TEST_CASE("the overview shows examples before the list, and every command on one line") {
  const auto text = overview();
  CHECK(text.find("Examples:") < text.find("Commands:"));
  for (const auto& command : all_commands()) CHECK(text.find("\n  " + command.words + " ") != std::string::npos);
}

TEST_CASE("every command has a summary, an example that names it, and help that begins with the example") {
  for (const auto& command : all_commands()) {
    INFO(command.words);
    CHECK_FALSE(command.summary.empty());
    CHECK_FALSE(command.summary.ends_with("."));
    REQUIRE_FALSE(command.examples.empty());
    CHECK(command.examples.front().line.find(command.words) != std::string::npos);
    const auto help = help_of(command);
    CHECK(help.find("Examples:") < help.find("Usage:"));
    CHECK(help.find("Exit codes: 0 done, 1 a check failed, 2 usage") != std::string::npos);
    std::vector<std::string> words;
    std::istringstream split(command.words);
    for (std::string word; split >> word;) words.push_back(word);
    words.emplace_back("--help");
    CHECK(Shell()(words).out == help);
  }
}

TEST_CASE("the help of one command, whole") {
  std::ifstream golden("tests/cli/golden/deadlines.txt");
  std::ostringstream expected;
  expected << golden.rdbuf();
  CHECK(Shell()({"deadlines", "--help"}).out == expected.str());
}

TEST_CASE("the help of a group lists what is below it") {
  const auto help = Shell()({"case", "--help"});
  CHECK(help.exit == 0);
  CHECK(help.out.find("case timeline") != std::string::npos);
  CHECK(help.out.find("undertaker list") == std::string::npos);
}

TEST_CASE("an unknown command is a usage error that says what was probably meant") {
  const Shell shell;
  CHECK(shell({"caes", "list"}).err ==
        "aidledger: unknown command 'caes' (did you mean 'case'?)\n  aidledger --help lists them\n");
  CHECK(shell({"case", "lsit"}).err ==
        "aidledger: unknown command 'case lsit' (did you mean 'list'?)\n  aidledger case --help lists what there is\n");
  CHECK(shell({"case"}).err == "aidledger: case what?\n  aidledger case --help lists what there is\n");
  CHECK(shell({"frobnicate"}).exit == 2);
  CHECK(shell({"frobnicate"}).err.find("did you mean") == std::string::npos);
}

TEST_CASE("an unknown option is a usage error that says what was probably meant") {
  const auto ran = Shell()({"case", "list", "--overdeu"});
  CHECK(ran.exit == 2);
  CHECK(ran.err ==
        "aidledger: unknown option '--overdeu' (did you mean '--overdue'?)\n"
        "  aidledger case list --help shows examples\n");
  CHECK(ran.out.empty());
}

TEST_CASE("what is required is asked for") {
  CHECK(Shell()({"case", "show"}).exit == 2);
  CHECK(Shell()({"case", "show"}).err.find("CASE is required") != std::string::npos);
  CHECK(Shell()({"import", "x.csv"}).err.find("--map is required") != std::string::npos);
  CHECK(Shell()({"case", "list", "--limit", "many"}).exit == 2);
}

TEST_CASE("config shows every setting and where it comes from") {
  Shell shell;
  shell.environment["AIDLEDGER_HTTP_PORT"] = "9001";
  const auto ran = shell({"config", "--ledger", "3101"});
  CHECK(ran.exit == 0);
  for (const auto& option : settings::options()) CHECK(ran.out.find(std::string(option.key)) != std::string::npos);
  CHECK(ran.out.find("AIDLEDGER_HTTP_PORT") != std::string::npos);
  CHECK(ran.out.find("--ledger") != std::string::npos);
  CHECK(shell({"config", "--json"}).out.find("\"origin\": \"AIDLEDGER_HTTP_PORT\"") != std::string::npos);
}

TEST_CASE("a mistake in the settings file stops every command, naming its place") {
  test::TempFolder folder;
  std::ofstream(folder / "bad.toml") << "[http]\nprot = 1\n";
  const auto ran = Shell()({"config", "--config", folder / "bad.toml"});
  CHECK(ran.exit == 2);
  CHECK(ran.err.find("bad.toml:2:1: unknown key 'http.prot' (did you mean 'http.port'?)") != std::string::npos);
}

TEST_CASE("verify leaves with 1 where something is damaged") {
  Shell shell;
  std::string looked_at;
  bool intact = true;
  shell.hands.verify = [&](const settings::Settings& settings, Progress&) {
    looked_at = settings.text("data");
    return Tree::object().set("intact", intact).set("records", 12);
  };
  CHECK(shell({"verify", "--data", "/srv/x"}).exit == 0);
  CHECK(looked_at == "/srv/x");
  intact = false;
  const auto ran = shell({"verify"});
  CHECK(ran.exit == 1);
  CHECK(ran.out.find("records  12") != std::string::npos);
}

TEST_CASE("with several ledgers a command says which; with one named it works in that one's folders") {
  test::TempFolder folder;
  Shell shell;
  shell.environment["AIDLEDGER_LEDGER"] = "north,south";
  shell.environment["AIDLEDGER_DATA"] = folder.path();
  std::string looked_at;
  shell.hands.verify = [&](const settings::Settings& settings, Progress&) {
    looked_at = settings.text("data");
    return Tree::object().set("intact", true);
  };
  for (const auto& words :
       {std::vector<std::string>{"verify"}, {"case", "list"}, {"token", "list"}, {"backup", "/b"}}) {
    const auto ran = shell(words);
    CHECK(ran.exit == 2);
    CHECK(ran.err == "aidledger: which ledger? There are north, south\n  name one with --ledger north\n");
  }
  CHECK(shell({"verify", "--ledger", "south"}).exit == 0);
  CHECK(looked_at == folder / "south");
  CHECK(shell({"case", "list", "--ledger", "south"}).err.find(folder / "south/operator.token") != std::string::npos);
  CHECK(shell({"config"}).exit == 0);
  std::filesystem::create_directories(folder / "north/log");
  CHECK(shell({"verify", "--data", folder / "north", "--ledger", "north"}).exit == 0);
  CHECK(looked_at == folder / "north");

  shell.environment.erase("AIDLEDGER_LEDGER");
  std::filesystem::create_directories(folder / "east/log");
  CHECK(shell({"verify"}).err.find("which ledger? There are east, north") != std::string::npos);
}

TEST_CASE("facts of a folder are listed without a service, one per line, and stop at the limit") {
  Shell shell;
  shell.hands.events = [](const settings::Settings&, std::uint64_t from, const std::function<bool(const Tree&)>& line) {
    const auto event = Tree::object().set("type", "CaseOpened").set("occurred_at", "2026-02-10T01:00:00.000000Z");
    for (std::uint64_t seq = from; line(Tree::object().set("seq", seq).set("event", event));) ++seq;
  };
  shell.environment.erase("AIDLEDGER_SERVER");
  const auto ran = shell({"events", "--data", "/srv/x", "--from", "7", "--limit", "2"});
  CHECK(ran.exit == 0);
  CHECK(ran.out == "       7  2026-02-10T01:00:00  CaseOpened\n       8  2026-02-10T01:00:00  CaseOpened\n");
  CHECK(shell({"events", "--data", "/srv/x", "--limit", "1", "--json"}).out.starts_with("{\"seq\":0,\"event\":{"));
}

TEST_CASE("a folder that is typed and a service that the environment names are not mixed up") {
  Shell shell;
  int on_the_folder = 0;
  shell.hands.add_token = [&](const settings::Settings&, const Tree&) { return ++on_the_folder, Tree::object(); };
  const std::vector<std::string> words{"token", "add", "--data", "/srv/x", "--person", "p", "--roles", "intake"};
  shell.environment["AIDLEDGER_SERVER"] = "http://ledger.example";
  const auto ran = shell(words);
  CHECK(ran.exit == 2);
  CHECK_THAT(ran.err, Catch::Contains("--data names a folder, and AIDLEDGER_SERVER the service at http://ledger.exampl"
                                      "e") &&
                          Catch::Contains("leave AIDLEDGER_SERVER empty"));
  CHECK(on_the_folder == 0);
  shell.environment["AIDLEDGER_SERVER"] = "";
  CHECK(shell(words).exit == 0);
  CHECK(on_the_folder == 1);
}

TEST_CASE("the catalogue of facts needs no service") {
  const auto all = Shell()({"events", "catalogue"});
  CHECK(all.exit == 0);
  CHECK(all.out.find("LedgerOpened") != std::string::npos);
  CHECK(Shell()({"events", "catalogue", "LedgerOpened"}).out.find("record 0") != std::string::npos);
  CHECK(Shell()({"events", "catalogue", "NoSuchFact"}).exit == 3);
}

TEST_CASE("the actions and their fields are shown without a service; a slip is recognised") {
  CHECK(Shell()({"act", "list"}).out.find("adopt-calendar") != std::string::npos);
  const auto shown = Shell()({"act", "show", "adopt-calendar"});
  CHECK(shown.exit == 0);
  CHECK(shown.out.find("year") != std::string::npos);
  CHECK(Shell()({"act", "adopt-calender"}).err.find("did you mean 'adopt-calendar'?") != std::string::npos);
}

TEST_CASE("the example of every action is read as it stands, with nothing sealed in it") {
  for (const auto& type : rules::all_actions()) {
    const auto shown = Shell()({"act", "show", std::string(type.name)}).out;
    INFO(shown);
    const auto example = json::parse(shown.substr(shown.find("example\n") + 8));
    REQUIRE(example);
    Problems problems;
    type.read(*example->find("data"), "/data", problems);
    CHECK(problems.empty());
    CHECK(shown.find("\"sealed\"") == std::string::npos);
  }
}

/// The words of a typed line; single quotes hold one together.
std::vector<std::string> words_of(const std::string& line) {
  std::vector<std::string> words(1);
  bool quoted = false;
  for (const char c : line) {
    if (c == '\'')
      quoted = !quoted;
    else if (c == ' ' && !quoted)
      words.emplace_back();
    else
      words.back() += c;
  }
  return words;
}

TEST_CASE("every example of a command is one that the program takes") {
  for (const auto& command : all_commands())
    for (const auto& example : command.examples) {
      if (example.line.starts_with("source ")) continue;  // the shell's command, around ours
      auto words = words_of(example.line);
      REQUIRE(words.front() == "aidledger");
      words.erase(words.begin());
      const auto said = Shell()(words).err;
      INFO(example.line << "\n" << said);
      CHECK(said.find("unknown") == std::string::npos);
      CHECK(said.find("--help shows examples") == std::string::npos);
    }
}

TEST_CASE("a command whose work fails says so and leaves with the failure's code") {
  Shell shell;
  shell.hands.rebuild = [](const settings::Settings&, Progress&) -> Tree {
    throw Failure(Exit::conflict, "the folder is in use by process 7", "stop it first");
  };
  const auto ran = shell({"rebuild"});
  CHECK(ran.exit == 4);
  CHECK(ran.err == "aidledger: the folder is in use by process 7\n  stop it first\n");
}

TEST_CASE("the completion script names every command") {
  const auto ran = Shell()({"completion"});
  CHECK(ran.exit == 0);
  CHECK(ran.out.find("timeline") != std::string::npos);
}

}  // namespace
}  // namespace aidledger::cli
