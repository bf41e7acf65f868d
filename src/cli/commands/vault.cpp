#include "src/cli/commands/groups.hpp"
#include "src/cli/render.hpp"

namespace aidledger::cli {
namespace {

Exit make_kek(const Arguments& arguments, Session& session) {
  print_object(session, session.hands().make_kek(arguments.text("FILE")));
  if (!session.json())
    session.note(
        "every node needs a copy of this file, and so does whoever restores a backup of the topic; "
        "without it nothing in the vault opens");
  return Exit::ok;
}

Exit rewrap(const Arguments&, Session& session) {
  Progress progress(session.terminal());
  const auto done = session.hands().rewrap_vault(session.settings(), progress);
  progress.clear();
  print_object(session, done);
  if (!session.json())
    session.note(
        "nodes need the older key no more; it still opens what the brokers' files hold for another day, "
        "and older backups: keep it secret");
  return Exit::ok;
}

Exit publish(const Arguments& arguments, Session& session) {
  Progress progress(session.terminal());
  const auto done = session.hands().publish_vault(session.settings(), arguments.text("FOLDER"), progress);
  progress.clear();
  print_object(session, done);
  return Exit::ok;
}

}  // namespace

Commands vault_commands() {
  return {{"vault make-kek",
           "make the key that wraps the vault which nodes share in Kafka",
           {{"aidledger vault make-kek /etc/aidledger/3101.kek", "then: kek_file in every node's settings"}},
           {positional("FILE", "a file that is not there yet; its owner alone may read it")},
           make_kek},
          {"vault rewrap",
           "wrap the shared vault by a new key, while nodes go on",
           {{"aidledger vault rewrap --kek-file new.kek --older-kek-file old.kek", ""}},
           {},
           rewrap,
           "First make the new key, give it to every node as older_kek_file and start them anew, then as kek_file with "
           "the old one as older_kek_file. Interrupted anywhere, it can be begun again. Then older_kek_file can go."},
          {"vault publish",
           "put a backup of the vault into its topic in Kafka, where that was lost",
           {{"aidledger vault publish /mnt/backup/2026-11-24-vault", ""}},
           {positional("FOLDER", "the folder of the vault that `backup` made")},
           publish,
           "The topic must be empty, or a part of this copy: interrupted anywhere, it can be begun again. Who was "
           "erased since the backup is destroyed again by every node that starts or runs."}};
}

}  // namespace aidledger::cli
