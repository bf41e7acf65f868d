#include <fcntl.h>
#include <unistd.h>

#include <ostream>

#include "src/cli/asking.hpp"
#include "src/cli/commands/groups.hpp"
#include "src/cli/render.hpp"

namespace aidledger::cli {
namespace {

Tree list_of(const std::string& text) {
  Tree list = Tree::list();
  for (std::size_t at = 0; at < text.size();) {
    const auto end = std::min(text.find(',', at), text.size());
    if (end > at) list.push(text.substr(at, end - at));
    at = end + 1;
  }
  return list;
}

// For its owner alone, and never over a file that is there.
int create_secret(const std::string& path) {
  const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR);
  if (file < 0) throw Failure(Exit::usage, path + " is there already or cannot be made: name a new file");
  return file;
}

void write_secret(int file, const std::string& path, const std::string& text) {
  std::size_t written = 0;
  while (written < text.size()) {
    const auto count = ::write(file, text.data() + written, text.size() - written);
    if (count <= 0) break;
    written += static_cast<std::size_t>(count);
  }
  const bool kept = written == text.size() && ::fsync(file) == 0;
  ::close(file);
  if (!kept)
    throw Failure(Exit::unavailable, path + " could not be written: revoke the token that was made, then add another");
}

Tree wanted_token(const Arguments& arguments, Session& session) {
  auto body = Tree::object().set("person", arguments.text("--person")).set("roles", list_of(arguments.text("--roles")));
  if (!session.settings().is_default("ledger")) body.set("ledger", session.settings().text("ledger"));
  for (const auto* name : {"undertaker", "district", "organisation"})
    if (const auto given = arguments.text("--" + std::string(name)); !given.empty()) body.set(name, given);
  if (const auto days = arguments.number("--days")) body.set("days", *days);
  return body;
}

Exit add_token(const Arguments& arguments, Session& session) {
  const auto body = wanted_token(arguments, session), path = Tree(arguments.text("--out"));
  const auto& out = *path.as_string();
  const int file = out.empty() ? -1 : create_secret(out);
  Tree made;
  try {
    made = session.on_folder() && session.hands().add_token ? session.hands().add_token(session.settings(), body)
                                                            : data_of(session.post("/v1/tokens", body));
  } catch (...) {
    if (file >= 0) ::close(file), ::unlink(out.c_str());
    throw;
  }
  const auto* token = made.find("token");
  if (file < 0 || token == nullptr || token->as_string() == nullptr) {
    print_object(session, made);
    if (!session.json()) session.note("the token is shown this once: keep it in a file only its owner can read");
    return Exit::ok;
  }
  write_secret(file, out, *token->as_string() + "\n");
  Tree shown = Tree::object();
  for (const auto& [name, value] : *made.as_object())
    if (name != "token") shown.set(name, value);
  print_object(session, shown.set("file", out));
  return Exit::ok;
}

Exit list_tokens(const Arguments&, Session& session) {
  print_list(session, session.get("/v1/tokens"),
             {{"TOKEN", {"id"}},
              {"PERSON", {"person"}},
              {"ROLES", {"roles"}},
              {"LEDGER", {"ledger"}},
              {"UNDERTAKER", {"undertaker"}},
              {"DISTRICT", {"district"}},
              {"EXPIRES", {"expires"}, Show::time},
              {"REVOKED", {"revoked"}}},
             "no tokens");
  return Exit::ok;
}

Exit revoke_token(const Arguments& arguments, Session& session) {
  const auto id = arguments.text("TOKEN");
  const auto answer = body_of(session.client().remove("/v1/tokens/" + url_encoded(id)));
  if (!session.print_json(answer)) session.say("token " + id + " is revoked: requests with it are refused from now on");
  return Exit::ok;
}

}  // namespace

Commands token_commands() {
  return {{"token add",
           "give a person or service a token",
           {{"aidledger token add --person p-wang --roles centre-director --out director.token",
             "into a file of its own (0600)"},
            {"aidledger token add --person p-li --roles undertaker --undertaker U-0007", "own cases only; shown once"}},
           {required_option("--person", "ID", "the person or service behind it, an id"),
            required_option("--roles", "R,R",
                            "intake, assigner, supervisor, undertaker, evaluator, evaluation-lead, centre-director, "
                            "auditor, operator ..."),
            option("--undertaker", "U", "the person's own undertaker id: scope of own cases"),
            option("--district", "D", "the district"), option("--organisation", "O", "the organisation"),
            option("--days", "N", "how long it is valid, in days"),
            option("--out", "FILE", "write the token to this new file instead of showing it")},
           add_token},
          {"token list", "the tokens there are, never the secrets", {{"aidledger token list", ""}}, {}, list_tokens},
          {"token revoke",
           "end a token, within a second",
           {{"aidledger token revoke 7d2e41", ""}},
           {positional("TOKEN", "its id, as token list shows it")},
           revoke_token}};
}

}  // namespace aidledger::cli
