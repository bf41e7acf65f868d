#include <istream>

#include "src/cli/asking.hpp"
#include "src/cli/commands/groups.hpp"
#include "src/cli/render.hpp"

namespace aidledger::cli {
namespace {

// "-" reads the value from stdin, so that it does not stand in the shell's history or the list of processes.
std::string private_value(const std::string& typed, Session& session) {
  if (typed != "-") return typed;
  std::string line;
  std::getline(session.terminal().in, line);
  return line;
}

Exit find_person(const Arguments& arguments, Session& session) {
  Tree body = Tree::object();
  for (const auto& [parameter, name] : {std::pair{"--name", "name"}, std::pair{"--telephone", "telephone"},
                                        std::pair{"--identity-number", "identity_number"}})
    if (arguments.has(parameter)) body.set(name, private_value(arguments.text(parameter), session));
  if (body.as_object()->size() != 1)
    throw Failure(Exit::usage, "say one of --name, --telephone, --identity-number", "- reads the value from stdin");
  const auto found = session.post(session.ledger_path() + "/persons/search", body);
  print_list(session, found,
             {{"PERSON", {"person", "id"}}, {"NAME", {"name"}}, {"UNDERTAKER", {"undertaker"}}, {"CASES", {"cases"}}},
             "nobody is known by that");
  return Exit::ok;
}

Exit propose_erasure(const Arguments& arguments, Session& session) {
  const auto person = arguments.text("PERSON");
  if (!session.confirm("Destroying the key of " + person + " cannot be undone. Propose it?", arguments.has("--yes")))
    return Exit::refused;
  auto data = Tree::object().set("person", person).set("ground", arguments.text("--ground"));
  const auto done = send(session, action_of("propose-erasure", std::move(data), arguments));
  if (!session.json()) session.note("a second person confirms it: aidledger person confirm-erasure PROPOSAL");
  return done;
}

Exit confirm_erasure(const Arguments& arguments, Session& session) {
  const auto proposal = arguments.text("PROPOSAL");
  if (!session.confirm("This destroys the person's key for ever. Confirm " + proposal + "?", arguments.has("--yes")))
    return Exit::refused;
  return send(session, action_of("confirm-erasure", Tree::object().set("proposal", proposal), arguments));
}

Exit list_erasures(const Arguments& arguments, Session& session) {
  print_list(session, session.pages(session.ledger_path() + "/erasures", read_query(arguments), limit_of(arguments)),
             {{"PROPOSAL", {"proposal"}},
              {"PERSON", {"person"}},
              {"STATE", {"state"}},
              {"REQUESTED BY", {"requested_by"}},
              {"CONFIRMED BY", {"confirmed_by"}},
              {"ERASED AT", {"erased_at"}},
              {"GONE FROM DISKS BY", {"gone_from_disks_by"}},
              {"GONE FROM BACKUPS BY", {"gone_from_backups_by"}}},
             "no erasure was asked for");
  return Exit::ok;
}

}  // namespace

Commands person_commands() {
  const auto yes = flag("--yes", "do not ask");
  return {{"person find",
           "a person by name, telephone or identity number",
           {{"aidledger person find --telephone -", "reads the number from stdin: it appears in no history"},
            {"aidledger person find --name 王秀兰", ""}},
           {option("--name", "NAME", "the whole name; - reads it from stdin"),
            option("--telephone", "NUMBER", "- reads it from stdin"),
            option("--identity-number", "NUMBER", "- reads it from stdin")},
           find_person},
          {"person erase",
           "propose to destroy a person's key: names, numbers and narratives become unreadable",
           {{"aidledger person erase P-0042 --ground 'request of 2026-11-20'", ""}},
           with({positional("PERSON", "id of the person"),
                 required_option("--ground", "TEXT", "why, without personal data"), yes},
                action_options()),
           propose_erasure,
           "Two people decide this: one proposes, another confirms. The ledger verifies as before."},
          {"person confirm-erasure",
           "the second person's decision on an erasure",
           {{"aidledger person confirm-erasure 0198f2c1-proposal", ""}},
           with({positional("PROPOSAL", "id of the proposal"), yes}, action_options()),
           confirm_erasure},
          {"person erasures",
           "the erasures: who asked and agreed, when, and by which day each is complete",
           {{"aidledger person erasures --json", ""}},
           read_options(true),
           list_erasures,
           "Complete on disk means: in no file of a node or, with Kafka, of a broker. How long backups are kept is a "
           "setting: erasure.backup_days."}};
}

}  // namespace aidledger::cli
