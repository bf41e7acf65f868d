#include "src/cli/commands/groups.hpp"
#include "src/cli/render.hpp"

namespace aidledger::cli {
namespace {

/// Shows what was done, or would be; a dry run says how to do it.
Exit told(Session& session, const Tree& answer, const std::string& how) {
  if (session.json() || answer.find("plan") == nullptr) {
    print_object(session, answer);
  } else {
    for (const auto& line : *answer.find("plan")->as_list()) session.say(*line.as_string());
    Tree rest = Tree::object();
    for (const auto& member : *answer.as_object())
      if (member.name != "plan") rest.set(member.name, member.value);
    print_object(session, rest);
  }
  const auto* done = answer.find("done");
  if (done != nullptr && done->as_bool() != nullptr && !*done->as_bool() && !session.json())
    session.note("nothing was changed; to do it, say the same with " + how);
  return Exit::ok;
}

Exit create(const Arguments& arguments, Session& session) {
  Progress progress(session.terminal());
  const auto answer = session.hands().create_ledger(session.settings(), arguments.has("--yes"), progress);
  progress.clear();
  return told(session, answer, "--yes");
}

Exit move(const Arguments& arguments, Session& session) {
  Progress progress(session.terminal());
  const auto answer = session.hands().move_ledger(session.settings(), arguments.has("--yes"), progress);
  progress.clear();
  return told(session, answer, "--yes");
}

Exit repair(const Arguments& arguments, Session& session) {
  const bool really = arguments.has("--yes");
  if (really && !(arguments.has("--first") && arguments.has("--second")))
    throw Failure(Exit::usage, "two people sign a repair: --first TOKEN-FILE --second TOKEN-FILE");
  Progress progress(session.terminal());
  const auto answer = session.hands().repair_log(session.settings(), really, arguments.text("--first"),
                                                 arguments.text("--second"), progress);
  progress.clear();
  return told(session, answer, "--yes --first TOKEN-FILE --second TOKEN-FILE");
}

Exit pass(const Arguments& arguments, Session& session) {
  const bool really = arguments.has("--yes");
  if (really &&
      !(arguments.has("--first") && arguments.has("--second") && arguments.has("--hash") && arguments.has("--reason")))
    throw Failure(Exit::usage, "two people sign: --first TOKEN-FILE --second TOKEN-FILE --hash HEX --reason TEXT");
  Progress progress(session.terminal());
  const auto answer =
      session.hands().pass_poison(session.settings(), really, arguments.text("--first"), arguments.text("--second"),
                                  arguments.text("--hash"), arguments.text("--reason"), progress);
  progress.clear();
  return told(session, answer, "--yes --hash HEX --reason TEXT --first TOKEN-FILE --second TOKEN-FILE");
}

Parameter yes() { return flag("--yes", "do it; without, only say what would be done"); }

}  // namespace

Commands ledger_commands() {
  const std::string brokers = " --kafka-brokers 10.0.0.1:9092,10.0.0.2:9092";
  return {
      {"ledger create",
       "make a ledger's topics in Kafka and its first records",
       {{"aidledger ledger create --ledger 3101 --kek-file 3101.kek" + brokers, "a dry run"},
        {"aidledger ledger create --ledger 3101 --kek-file 3101.kek" + brokers + " --yes", ""}},
       {yes()},
       create,
       "Prints first_key: every node's kafka.first_key. The key-encryption key is made by: aidledger vault make-kek."},
      {"ledger move",
       "publish an embedded ledger into Kafka, where it goes on",
       {{"aidledger ledger move --data ./data --ledger 3101 --kek-file 3101.kek" + brokers, "a dry run"},
        {"aidledger ledger move --data ./data --ledger 3101 --kek-file 3101.kek" + brokers + " --yes", ""}},
       {yes()},
       move,
       "Stop the service first. Records and their hashes stay as they are; the folder is then not written any more but "
       "as a node of the ledger on Kafka. Interrupted anywhere, the same command goes on."},
      {"ledger repair",
       "after LOG_DIVERGED, put back what the topic lost",
       {{"aidledger ledger repair", "a dry run: how much this node holds that the topic does not"},
        {"aidledger ledger repair --yes --first op.token --second director.token", ""}},
       {yes(), option("--first", "FILE", "token of the first person"),
        option("--second", "FILE", "token of the second person")},
       repair,
       "Stop the node that holds most (see /readyz of each) and run it there, then likewise on every other one; then\n"
       "start them again."},
      {"ledger pass-poison",
       "after POISON, pass over the record that cannot be decoded",
       {{"aidledger ledger pass-poison", "a dry run: which record it is, and its hash"},
        {"aidledger ledger pass-poison --yes --hash 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08 "
         "--reason 'see report 12' --first op.token --second director.token",
         ""}},
       {yes(), option("--hash", "HEX", "the record's hash, as both have seen it"), option("--reason", "TEXT", "why"),
        option("--first", "FILE", "token of the first person"),
        option("--second", "FILE", "token of the second person")},
       pass,
       "Stop this folder's service first. What that record said is lost to every reader alike; what was decided behind "
       "it stands."}};
}

}  // namespace aidledger::cli
