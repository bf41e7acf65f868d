#include <ostream>

#include "src/cli/commands/groups.hpp"
#include "src/cli/render.hpp"
#include "src/json/json.hpp"

namespace aidledger::cli {
namespace {

constexpr auto again = "run the same import again: it goes on where it was, and nothing is done twice";

HttpAnswer post(Session& session, std::string lines) {
  try {
    auto answer = session.client().post(session.ledger_path() + "/actions", std::move(lines), "application/x-ndjson");
    if (answer.status != 200) body_of(answer);
    return answer;
  } catch (Failure& failure) {
    if (failure.code == Exit::unavailable) failure.hint = again;
    throw;
  }
}

// One POST of NDJSON per call; one answer per line.
ActionSink service_sink(Session& session) {
  return [&session](const std::vector<std::string>& lines) {
    std::string body;
    for (const auto& line : lines) body += line + "\n";
    const auto answer = post(session, std::move(body));
    std::vector<Tree> answers;
    for (std::size_t begin = 0; begin < answer.body.size();) {
      const auto end = std::min(answer.body.find('\n', begin), answer.body.size());
      if (auto tree = json::parse(std::string_view(answer.body).substr(begin, end - begin)))
        answers.push_back(std::move(*tree));
      begin = end + 1;
    }
    if (answers.size() != lines.size()) throw Failure(Exit::unavailable, "not every action was answered", again);
    return answers;
  };
}

Exit import_file(const Arguments& arguments, Session& session) {
  if (!session.hands().import) throw Failure(Exit::usage, "this build cannot import");
  ImportWish wish{arguments.text("--map"),        arguments.text("FILE"),
                  arguments.text("--report"),     arguments.text("--source"),
                  arguments.text("--people-key"), arguments.has("--dry-run"),
                  arguments.has("--keep-hold"),   {}};
  if (!wish.dry_run && !session.on_folder()) wish.sink = service_sink(session);
  Progress progress(session.terminal());
  const auto result = session.hands().import(session.settings(), wish, progress);
  progress.clear();
  print_object(session, result);
  if (const auto* unseen = result.find("unseen"); unseen != nullptr && !session.json())
    session.note("the mapping names what the file does not have: " + one_line(*unseen));
  if (const auto* report = result.find("report"); report != nullptr && !session.json())
    session.note("what could not be taken lies in " + one_line(*report) +
                 ", each line with the reason: mend it and import it");
  return Exit::ok;
}

}  // namespace

Commands import_commands() {
  return {
      {"import",
       "take over the case histories of another system (CSV, XES, XES.gz)",
       {{"aidledger import --map config/imports/permit-receipts.toml --dry-run permits.csv",
         "what would be taken, and what not"},
        {"aidledger import --map M.toml --report rest.csv cases.csv",
         "import; what could not be taken lands in rest.csv"},
        {"aidledger import --data ./data --map M.toml log.xes.gz", "into a folder that no service has open"}},
       {positional("FILE", "the file; its ending says what it is"),
        required_option("--map", "MAP.toml", "which column or activity becomes what"),
        flag("--dry-run", "read and judge everything, record nothing"),
        option("--report", "FILE",
               "every line that could not be taken and why; mend it and import it again (default: FILE.rejected)"),
        option("--source", "NAME", "the histories are of this source: another file of the same shape, other cases"),
        flag("--keep-hold", "more files of this source follow: their clocks are judged after the last one"),
        option("--people-key", "FILE", "a secret of 16 bytes or more, where the mapping says people = \"names\"")},
       import_file,
       "The mapping says in which column (CSV) or attribute (XES) what stands. To write one, copy\n"
       "config/imports/permit-receipts.toml, which explains every key; permits-municipality.toml is one for XES, "
       "and\n"
       "road-traffic-fines.toml has a clock that an activity starts. A key that is not known is a mistake, not a "
       "default.\n"
       "What a mapping does not name becomes a named step of its case, so that a history is whole.\n"
       "Importing again is harmless: what is there already is recognised, by what it says and not by its line number.\n"
       "Deadlines that the histories start are judged when the import has ended, by when things happened."}};
}

}  // namespace aidledger::cli
