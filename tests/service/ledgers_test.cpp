// Two ledgers in one process: each with its own people, tokens and fate.
#include <sys/resource.h>

#include <csignal>
#include <fstream>
#include <thread>

#include "src/ledger_tasks.hpp"
#include "src/log/frame.hpp"
#include "src/vault/directory_vault.hpp"
#include "src/vault/kek.hpp"
#include "src/vault/tokens.hpp"
#include "tests/service/process.hpp"

using namespace aidledger;
using test::Process;
namespace fs = std::filesystem;

namespace {

std::vector<std::string> both() { return {"north", "south"}; }

/// What /readyz says of a ledger.
Tree readiness(Process& process, const std::string& ledger) {
  const auto answered = process.get("/v1/ledgers/" + ledger + "/readyz", "");
  return answered.body.find("ledgers")->as_list()->front();
}

std::int64_t next_seq(Process& process, const std::string& ledger) {
  return *readiness(process, ledger).find("next_seq")->as_int();
}

/// What a newer program would have written behind the last record: it halts whoever does not know it.
void append_of_a_newer_program(const std::string& folder, const std::string& ledger) {
  const auto disk = world::real_disk();
  const auto files = log::LedgerFiles::open(*disk, folder);
  log::Frame frame;
  frame.catalogue = catalogue_version + 1;
  frame.ledger = ledger;
  frame.first_seq = files->head().next_seq;
  frame.prev_hash = files->head().hash;
  const Bytes record = *files->record(frame.first_seq - 1);
  frame.records.push_back(record);
  files->append(log::encode(frame));
  files->sync();
  files->write_mark();
}

/// While it lives no file grows, or is written, beyond so many bytes: for whoever comes there the disk is full.
class SmallDisk {
 public:
  explicit SmallDisk(std::uint64_t bytes) {
    std::signal(SIGXFSZ, SIG_IGN);
    ::getrlimit(RLIMIT_FSIZE, &before_);
    const rlimit small{bytes, before_.rlim_max};
    ::setrlimit(RLIMIT_FSIZE, &small);
  }
  ~SmallDisk() { ::setrlimit(RLIMIT_FSIZE, &before_); }
  SmallDisk(const SmallDisk&) = delete;
  SmallDisk& operator=(const SmallDisk&) = delete;

 private:
  rlimit before_{};
};

/// Spoils the middle of what a ledger's files hold, behind their head.
void damage(const std::string& log) {
  for (const auto& entry : fs::directory_iterator(log)) {
    if (entry.file_size() < 1'000'000) continue;
    std::fstream out(entry.path(), std::ios::in | std::ios::out | std::ios::binary);
    out.seekp(14'000);
    out << std::string(64, '\x55');
  }
}

}  // namespace

TEST_CASE("the key of a node is told while its service has the folder open, as it was before") {
  test::TempFolder folder;
  const auto settings = test::settings_in(folder.path());
  const auto key = [&](const std::string& ledger) { return node_key(settings::settings_of(settings, ledger)); };
  const Tree north = key("north");
  Process process(settings);
  process.serving(both());
  CHECK(key("north") == north);
  CHECK_FALSE(*key("south").find("key_id") == *north.find("key_id"));
}

TEST_CASE("one process takes actions for two ledgers, each in its own folders, and goes on where it was") {
  test::TempFolder folder;
  std::int64_t north = 0, south = 0;
  {
    Process process(test::settings_in(folder.path()));
    process.serving(both());
    for (const auto& ledger : both()) {
      CHECK(process.act(ledger, process.operator_token(ledger), "u-1").status == 201);
      CHECK(fs::exists(folder / "data" + "/" + ledger + "/log"));
      CHECK(fs::exists(folder / "data" + "/" + ledger + "/rows"));
      CHECK(fs::exists(folder / "vault" + "/" + ledger));
    }
    CHECK(process.act("north", process.operator_token("north"), "u-2").status == 201);
    north = next_seq(process, "north"), south = next_seq(process, "south");
    CHECK(north == south + 1);
    CHECK(process.figures().find("aidledger_next_seq{ledger=\"north\"} " + std::to_string(north)) != std::string::npos);
    CHECK(process.figures().find("aidledger_next_seq{ledger=\"south\"} " + std::to_string(south)) != std::string::npos);
  }
  Process process(test::settings_in(folder.path()));
  process.serving(both());
  CHECK(next_seq(process, "north") == north);
  CHECK(next_seq(process, "south") == south);
  const auto again = process.act("north", process.operator_token("north"), "u-2");
  CHECK(again.status == 200);
  CHECK(*again.body.find("replayed") == Tree(true));
}

TEST_CASE("a token is of the ledger in whose vault it lies, and opens nothing of the other") {
  test::TempFolder folder;
  Process process(test::settings_in(folder.path()));
  process.serving(both());
  const auto of_north = process.operator_token("north");
  CHECK(process.act("south", of_north, "u-1").status == 403);
  for (const std::string what : {"", "/cases", "/policies", "/calendars", "/nodes", "/erasures", "/events"}) {
    INFO(what);
    CHECK(process.get("/v1/ledgers/south" + what, of_north).status == 403);
  }
  CHECK(process.get("/v1/ledgers/west", of_north).status == 404);
  CHECK(process.get("/v1/ledgers/north/policies", of_north).status == 200);
  const auto seen = process.get("/v1/ledgers", of_north).body;
  REQUIRE(seen.at_path("data.items")->as_list()->size() == 1);
  CHECK(*seen.at_path("data.items")->as_list()->front().find("ledger") == Tree("north"));
}

TEST_CASE("an operator makes no token for another ledger, and one that names it is good for nothing") {
  test::TempFolder folder;
  const auto operator_of = [](const std::string& ledger) {
    return Tree::object().set("person", "p-1").set("roles", Tree::list().push("operator")).set("ledger", ledger);
  };
  {
    Process(test::settings_in(folder.path())).serving(both());
  }
  std::map<std::string, std::string> forged;
  for (const std::string names : {"south", "*"}) {  // as somebody with the north's vault might make them
    const auto disk = world::real_disk();
    const auto random = world::system_random();
    vault::DirectoryVault vault(*disk, folder / "vault/north");
    const auto now = world::system_clock()->now();
    forged[names] = vault::Tokens(vault, *random)
                        .add({{}, "p-2", {Role::operator_}, names, {}, {}, {}, now, {now.us + 3'600'000'000}});
  }
  Process process(test::settings_in(folder.path()));
  process.serving(both());
  CHECK(process.post("/v1/tokens", process.operator_token("north"), operator_of("south")).status == 403);
  CHECK(process.post("/v1/tokens", process.operator_token("north"), operator_of("*")).status == 403);
  CHECK(process.post("/v1/tokens", process.operator_token("north"), operator_of("north")).status == 201);
  for (const auto& ledger : both()) {
    CHECK(process.act(ledger, forged["south"], "u-1").status == 403);
    CHECK(process.get("/v1/ledgers/" + ledger + "/policies", forged["south"]).status == 403);
  }
  CHECK(process.post("/v1/tokens", forged["south"], operator_of("south")).status == 403);
  CHECK(process.act("south", forged["*"], "u-1").status == 403);
  CHECK(process.act("north", forged["*"], "u-1").status == 201);
}

TEST_CASE("a backup is of the caller's ledger") {
  test::TempFolder folder;
  Process process(test::settings_in(folder.path()));
  process.serving(both());
  const auto made =
      process.post("/v1/backup", process.operator_token("south"), Tree::object().set("folder", folder / "backup"));
  REQUIRE(made.status == 201);
  CHECK(*made.body.at_path("data.ledger") == Tree("south"));
}

TEST_CASE("a person erased in one ledger stays in the other") {
  test::TempFolder folder;
  Process process(test::settings_in(folder.path()));
  process.serving(both());
  std::map<std::string, std::string> clerk;
  for (const auto& ledger : both()) {
    clerk[ledger] = process.token(ledger, "clerk", "intake");
    const auto data = Tree::object()
                          .set("undertaker", "u-1")
                          .set("person", "p-1")
                          .set("category", "social-lawyer")
                          .set("organisation", "firm-hua")
                          .set("licence", "L-1")
                          .set("district", "d-1")
                          .set("salaried", false)
                          .set("name", "张伟");
    const auto enrolled = process.post("/v1/ledgers/" + ledger + "/actions", clerk[ledger],
                                       Process::action("enrol-undertaker", "enrol", data));
    INFO(json::print(enrolled.body));
    REQUIRE(enrolled.status == 201);
  }
  const auto erase = [&](const std::string& type, const std::string& token, const Tree& data) {
    return process.post("/v1/ledgers/north/actions", token, Process::action(type, type, data)).status;
  };
  CHECK(erase("propose-erasure", process.token("north", "director", "centre-director"),
              Tree::object().set("proposal", "e-1").set("person", "p-1").set("ground", "asked for")) == 201);
  CHECK(erase("confirm-erasure", process.token("north", "bureau", "bureau"), Tree::object().set("proposal", "e-1")) ==
        201);
  const auto found = [&](const std::string& ledger) {
    const auto answered =
        process.post("/v1/ledgers/" + ledger + "/persons/search", clerk[ledger], Tree::object().set("name", "张伟"));
    return answered.body.at_path("data.items")->as_list()->size();
  };
  CHECK(found("north") == 0);
  CHECK(found("south") == 1);
}

TEST_CASE("a ledger that halts leaves the other alone, and readiness says which it is") {
  test::TempFolder folder;
  {
    Process process(test::settings_in(folder.path()));
    process.serving(both());
    CHECK(process.get("/readyz", "").status == 200);
    CHECK(process.act("north", process.operator_token("north"), "u-1").status == 201);
  }
  append_of_a_newer_program(folder / "data/north/log", "north");
  Process process(test::settings_in(folder.path()));
  process.serving(both());
  CHECK(process.act("north", process.operator_token("north"), "u-2").status == 503);
  CHECK(process.get("/v1/ledgers/north/policies", process.operator_token("north")).status == 200);
  CHECK(process.act("south", process.operator_token("south"), "u-1").status == 201);
  CHECK(process.get("/readyz", "").status == 503);
  CHECK(process.get("/v1/ledgers/south/readyz", "").status == 200);
  CHECK(*readiness(process, "north").find("halt") == Tree("NEEDS_VERSION"));
  CHECK(*readiness(process, "south").find("halt") == Tree(""));
}

TEST_CASE("a read that takes long in one ledger holds up none in the other") {
  test::TempFolder folder;
  Process process(test::settings_in(folder.path()));
  process.serving(both());
  std::promise<void> long_enough;
  process.ledgers().read("north", [done = long_enough.get_future().share()] { done.wait(); });
  CHECK(process.get("/v1/ledgers/south/policies", process.operator_token("south")).status == 200);
  long_enough.set_value();
  CHECK(process.get("/v1/ledgers/north/policies", process.operator_token("north")).status == 200);
}

TEST_CASE("a ledger whose disk is full says so, leaves the other alone, and goes on when there is room") {
  test::TempFolder folder;
  Process process(test::settings_in(folder.path()));
  process.serving(both());
  const auto director = process.token("north", "director", "centre-director");
  const auto adopt_much = [&](int version) {
    return process.post("/v1/ledgers/north/actions", director,
                        Process::action("adopt-policy", "adopt-" + std::to_string(version),
                                        Tree::object()
                                            .set("policy", "house")
                                            .set("version", std::to_string(version))
                                            .set("effective_from", "2025-01-01")
                                            .set("text", "# " + std::string(100'000, 'x') + "\nkey = 1\n")
                                            .set("legal_basis", "house rule")));
  };
  const auto failing = [&] { return *readiness(process, "north").find("log")->as_string(); };
  auto full = std::make_unique<SmallDisk>(1 << 20);
  int version = 1;
  while (adopt_much(version).status == 201) REQUIRE(++version < 20);
  const auto turned_away = adopt_much(version);
  CHECK(turned_away.status == 503);
  CHECK_THAT(*turned_away.body.find("detail")->as_string(),
             Catch::StartsWith("the disk is full: ") && Catch::Contains("File too large"));
  CHECK(process.get("/readyz", "").status == 503);
  CHECK(*readiness(process, "north").find("code") == Tree("DISK_FAILING"));
  process.heard({"ledger north takes no actions: DISK_FAILING: the disk is full: "});
  CHECK(process.act("south", process.operator_token("south"), "u-1").status == 201);
  const auto read = process.get("/v1/ledgers/north/policies", process.operator_token("north"));
  CHECK(read.status == 200);
  full.reset();
  while (!failing().empty()) std::this_thread::yield();
  CHECK(process.get("/readyz", "").status == 200);
  process.heard({"ledger north takes actions"});
  CHECK(adopt_much(version).status == 201);
}

TEST_CASE("what the disk does not take now is said with its reason, and can be asked again") {
  test::TempFolder folder;
  Process process(test::settings_in(folder.path()));
  process.serving(both());
  const auto operator_token = process.operator_token("north");
  const auto add = [&] {
    return process.post("/v1/tokens", operator_token,
                        Tree::object().set("person", "p-1").set("roles", Tree::list().push("auditor")));
  };
  auto full = std::make_unique<SmallDisk>(1);
  const auto no = add();
  full.reset();
  CHECK(no.status == 503);
  CHECK_THAT(*no.body.find("detail")->as_string(), Catch::Contains("vault") && Catch::Contains("File too large"));
  CHECK(add().status == 201);
}

TEST_CASE("of a ledger whose files are damaged the others are told, and served") {
  test::TempFolder folder;
  {
    Process(test::settings_in(folder.path())).serving(both());
  }
  damage(folder / "data/north/log");
  Process process(test::settings_in(folder.path()));
  process.serving({"south"});
  const auto said = process.heard({"the ledger north could not be opened: "});
  CHECK(said.find(folder / "data/north/log") != std::string::npos);
  CHECK(process.get("/readyz", "").status == 503);
  CHECK(*readiness(process, "north").find("why") == Tree(said));
  CHECK(*readiness(process, "north").find("code") == Tree("NOT_OPENED"));
  CHECK(process.get("/v1/ledgers/north", process.operator_token("north")).status == 503);
  CHECK(process.get("/v1/ledgers/south", "nobody's").status == 401);
  CHECK(process.act("south", process.operator_token("south"), "u-1").status == 201);
}

TEST_CASE("while no broker answers the door says what is waited for, and the process can be stopped") {
  test::TempFolder folder;
  const auto disk = world::real_disk();
  const auto random = world::system_random();
  vault::make_kek(*disk, *random, folder / "kek");
  Process process(test::settings_in(folder.path(), {{"log.place", "kafka"},
                                                    {"kafka.brokers", "127.0.0.1:1"},
                                                    {"kek_file", folder / "kek"},
                                                    {"kafka.first_key", std::string(64, '0')}}));
  for (const auto& ledger : both()) {
    process.heard({"ledger " + ledger + " waits for Kafka: "});
    CHECK_THAT(*readiness(process, ledger).find("why")->as_string(), Catch::Contains("waits for Kafka: "));
    CHECK(*readiness(process, ledger).find("code") == Tree("LOG_UNREACHABLE"));
  }
  CHECK(process.get("/healthz", "").status == 200);
  CHECK(process.get("/readyz", "").status == 503);
  CHECK(process.get("/v1/tokens", "anybody's").status == 503);
}

TEST_CASE("where no ledger can be opened nothing is left to serve") {
  test::TempFolder folder;
  Process process(test::settings_in(folder.path()), {.create = false});
  process.heard({"none left"});
  CHECK_THROWS_WITH(std::rethrow_exception(process.ledgers().failure()), Catch::Contains("there is no ledger in"));
}

TEST_CASE("a process ends while the last of its ledgers still says why it could not be opened") {
  test::TempFolder folder;
  const auto metrics = http::prometheus_metrics();
  for (int round = 0; round < 100; ++round) {
    std::promise<void> ends;
    const auto of_south = [ending = ends.get_future().share()](const std::string& line) {
      if (line.starts_with("the ledger south ")) ending.wait();
    };
    Ledgers ledgers(follow(test::settings_in(folder.path()), {.create = false}, {of_south, {}}, *metrics));
    ledgers.open("no door", of_south, [] {});
    while (!ledgers.failure()) std::this_thread::yield();
    ends.set_value();
  }
}

TEST_CASE("the folder of one ledger and the folder of several are not mixed up") {
  test::TempFolder folder;
  const auto one = test::settings_in(folder.path(), {{"ledger", "north"}});
  SECTION("several in a folder that holds one") {
    {
      Process(one).serving({"north"});
    }
    CHECK(fs::exists(folder / "data/log"));
    CHECK_THROWS_WITH(Process(test::settings_in(folder.path())), Catch::Contains("holds one ledger itself"));
    Process(one).serving({"north"});
  }
  SECTION("one in a folder of several") {
    {
      Process(test::settings_in(folder.path())).serving(both());
    }
    Process(one).serving({"north"});  // it is one of them
    Process west(test::settings_in(folder.path(), {{"ledger", "west"}}));
    west.heard({"none left"});
    CHECK_THROWS_WITH(std::rethrow_exception(west.ledgers().failure()), Catch::Contains("is of several ledgers"));
  }
  SECTION("a vault in a ledger's folder") {
    CHECK_THROWS_WITH(Process(test::settings_in(folder.path(), {{"vault", folder / "data/south"}})),
                      Catch::Contains("neither in nor around the folder of the ledger south"));
  }
}
