#include "src/cli/asking.hpp"
#include "src/cli/commands/groups.hpp"
#include "src/cli/render.hpp"

namespace aidledger::cli {
namespace {

Exit verify(const Arguments&, Session& session) {
  if (!session.hands().verify) throw Failure(Exit::usage, "this build cannot verify");
  Progress progress(session.terminal());
  const auto found = session.hands().verify(session.settings(), progress);
  progress.clear();
  print_object(session, found);
  const auto* intact = found.find("intact");
  return intact != nullptr && intact->as_bool() != nullptr && *intact->as_bool() ? Exit::ok : Exit::check_failed;
}

Exit rebuild(const Arguments&, Session& session) {
  if (!session.hands().rebuild) throw Failure(Exit::usage, "this build cannot rebuild");
  Progress progress(session.terminal());
  const auto done = session.hands().rebuild(session.settings(), progress);
  progress.clear();
  print_object(session, done);
  return Exit::ok;
}

Exit backup(const Arguments& arguments, Session& session) {
  print_answer(session, session.post("/v1/backup", Tree::object().set("folder", arguments.text("FOLDER"))));
  if (!session.json())
    session.note("keep the ledger and the vault of a backup in different places: together they open personal data");
  return Exit::ok;
}

Exit restore(const Arguments& arguments, Session& session) {
  if (!session.hands().restore) throw Failure(Exit::usage, "this build cannot restore");
  Progress progress(session.terminal());
  const auto done = session.hands().restore(session.settings(), arguments.text("FOLDER"), progress);
  progress.clear();
  print_object(session, done);
  return Exit::ok;
}

}  // namespace

Commands upkeep_commands() {
  return {
      {"verify",
       "check every record: chain, frames, rows",
       {{"aidledger verify", "the ledger in ./data"},
        {"aidledger verify --data /srv/3101 --json", "another folder, result as JSON"}},
       {},
       verify,
       "Leaves with 1 where something is damaged, and says file, seq and what to do. The rows of a long ledger are\n"
       "made anew in <data>/rows.verify meanwhile, which takes as much room as they do."},
      {"rebuild",
       "throw the rows away and fold them again from the ledger files",
       {{"aidledger rebuild --data ./data", "stop the service first"}},
       {},
       rebuild},
      {"backup",
       "copy ledger and vault, consistent, while the service runs",
       {{"aidledger backup /mnt/backup/2026-11-24", "the vault goes to /mnt/backup/2026-11-24-vault"}},
       {positional("FOLDER",
                   "a folder on the service's machine that is not there yet; the vault goes beside it, FOLDER-vault")},
       backup},
      {"restore",
       "bring a backup back into empty folders, verified before it serves",
       {{"aidledger restore /mnt/backup/2026-11-24 --data ./data", "then: aidledger serve"}},
       {positional("FOLDER", "the folder that `backup` made")},
       restore}};
}

}  // namespace aidledger::cli
