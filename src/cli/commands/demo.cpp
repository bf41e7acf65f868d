#include "src/cli/asking.hpp"
#include "src/cli/commands/groups.hpp"
#include "src/cli/render.hpp"

namespace aidledger::cli {
namespace {

Exit demo(const Arguments& arguments, Session& session) {
  if (!session.hands().demo) throw Failure(Exit::usage, "this build has no demonstration city");
  DemoWish wish;
  wish.seed = arguments.number("--seed").value_or(wish.seed);
  wish.end_date = arguments.text("--end");
  wish.undertakers = arguments.number("--undertakers").value_or(wish.undertakers);
  wish.cases = arguments.number("--cases").value_or(wish.cases);
  Progress progress(session.terminal());
  const auto made = session.hands().demo(session.settings(), wish, progress);
  progress.clear();
  print_object(session, made);
  return Exit::ok;
}

}  // namespace

Commands demo_commands() {
  return {
      {"demo",
       "fill an empty folder with a demonstration city: a year of casework",
       {{"aidledger demo --data ./data", "6 districts, about 120 undertakers, about 2,000 cases"},
        {"aidledger demo --data ./small --cases 200 --seed 7", "a smaller one, another year"}},
       {option("--seed", "N", "the same seed and end give the same city (default 1)"),
        option("--end", "DATE",
               "the last day of the year (default: yesterday, or the last day whose working days are known)"),
        option("--undertakers", "N", "about so many (default 120)"),
        option("--cases", "N", "about so many (default 2000)")},
       demo,
       "The ledger says in its first record that it is a demonstration. The service must not have the folder open."}};
}

}  // namespace aidledger::cli
