#include <catch2/catch.hpp>

#include <fstream>

#include "src/import/byte_source.hpp"
#include "src/import/run.hpp"
#include "tests/import/rules_sink.hpp"
#include "tests/support/temp_folder.hpp"

using namespace aidledger;
using namespace aidledger::import;

namespace {

struct Desk {
  std::string put(const std::string& name, const std::string& text) {
    std::ofstream(folder / name) << text;
    return folder / name;
  }
  Tree run(const RunWish& wish) { return run_import(wish, ledger.now, &ledger, {}); }

  test::TempFolder folder;
  RulesSink ledger;
  std::string map = put("map.toml",
                        "[source]\nname='old'\nzone='Asia/Shanghai'\nformat='csv'\n"
                        "[columns]\ncase='c'\nactivity='a'\ntime='t'\nperformer='p'\n");
  std::string file = put("log.csv", "c,a,t,p\n1,Asked,2024-01-02,李 雷\n1,Told,soon,R1\n");
};

}  // namespace

TEST_CASE("an import gives its figures") {
  Desk desk;
  const Tree out = desk.run({desk.map, desk.file, desk.folder / "rejected.csv"});
  CHECK(*out.find("cases") == Tree(1));
  CHECK(*out.find("steps") == Tree(1));
  CHECK(*out.find("taken") == Tree(1));
  CHECK(*out.find("rejected") == Tree(1));
  CHECK(*out.find("report") == Tree(desk.folder / "rejected.csv"));
  CHECK(*out.find("hold") == Tree("closed"));
}

TEST_CASE("columns and activities that only the mapping has are listed: a misspelt one would show nowhere else") {
  Desk desk;
  const auto map = [&](const std::string& more) {
    return desk.put("map.toml",
                    "[source]\nname='old'\nzone='Asia/Shanghai'\nformat='csv'\n"
                    "[columns]\ncase='c'\nactivity='a'\ntime='t'\nperformer='p'\n" +
                        more);
  };
  CHECK(desk.run({map(""), desk.file, ""}).find("unseen") == nullptr);
  const auto out =
      desk.run({map("supervisor='P'\n[[clock]]\nname='x'\nfrom='Asked'\ndays=3\nunit='natural'\nmet_by='Tolt'\n"),
                desk.file, ""});
  REQUIRE(out.find("unseen") != nullptr);
  CHECK(*out.find("unseen") == Tree(TreeList{"column P", "activity Tolt"}));
}

TEST_CASE("a dry run needs no ledger; a hold can be kept for more files of the source") {
  Desk desk;
  RunWish wish{desk.map, desk.file, ""};
  wish.dry_run = true;
  CHECK(run_import(wish, desk.ledger.now, nullptr, {}).find("hold") == nullptr);
  wish.dry_run = false;
  wish.keep_hold = true;
  CHECK(*desk.run(wish).find("hold") == Tree("open"));
  CHECK(desk.ledger.count<ClockHoldClosed>() == 0);
}

TEST_CASE("another source of the same shape has cases of its own") {
  Desk desk;
  desk.run({desk.map, desk.file, ""});
  RunWish wish{desk.map, desk.file, ""};
  wish.source = "older";
  CHECK(*desk.run(wish).find("taken") == Tree(1));
  CHECK(desk.ledger.count<CaseImported>() == 2);
}

TEST_CASE("people called by name leave no name behind, and the key file that this takes must be there") {
  Desk desk;
  const std::string named = desk.put("named.toml",
                                     "[source]\nname='old'\nzone='UTC'\nformat='csv'\n[cases]\npeople='names'\n"
                                     "[columns]\ncase='c'\nactivity='a'\ntime='t'\nperformer='p'\n");
  const std::string file = desk.put("names.csv", "c,a,t,p\n1,Asked,2024-01-02,Zhang.Wei\n");
  RunWish wish{named, file, ""};
  CHECK_THROWS_WITH(desk.run(wish), Catch::Contains("people key"));
  wish.people_key = desk.put("key", "short\n");
  CHECK_THROWS_WITH(desk.run(wish), Catch::Contains("shorter than 16"));
  wish.people_key = desk.put("key", "a secret of this house\n");
  desk.run(wish);
  for (const auto& event : desk.ledger.events)
    if (const auto* step = event.as<CaseStepRecorded>()) CHECK(step->performer.find("Zhang") == std::string::npos);
}

TEST_CASE("what keeps an import from starting says which file and why") {
  Desk desk;
  CHECK_THROWS_WITH(desk.run({desk.folder / "none.toml", desk.file, ""}), Catch::Contains("none.toml"));
  CHECK_THROWS_WITH(desk.run({desk.put("bad.toml", "[source]\n"), desk.file, ""}),
                    Catch::Contains("bad.toml: source.name is missing"));
  CHECK_THROWS_AS(desk.run({desk.map, desk.folder / "none.csv", ""}), InputDamaged);
  const std::string nowhere = desk.put("zone.toml", "[source]\nname='x'\nzone='Mars/Base'\nformat='xes'\n");
  CHECK_THROWS_WITH(desk.run({nowhere, desk.file, ""}), Catch::Contains("Mars/Base"));
}
