#include "src/cli/asking.hpp"

#include <fstream>
#include <istream>
#include <ostream>

#include "src/cli/render.hpp"
#include "src/json/json.hpp"
#include "src/world/world.hpp"

namespace aidledger::cli {
namespace {

std::string text_at(const Tree& tree, std::string_view path) {
  const auto* value = tree.at_path(path);
  return value == nullptr ? "" : one_line(*value);
}

std::string events_text(const Tree& answer) {
  std::string text;
  const auto* events = answer.find("events");
  if (events == nullptr || events->as_list() == nullptr) return text;
  for (const auto& event : *events->as_list()) {
    const auto name = text_at(event, "type");
    text += "\n  " + (name.empty() ? text_at(event, "name") : name);
    if (const auto* data = event.find("data")) text += "  " + one_line(*data);
  }
  return text;
}

std::string accepted_text(const Tree& answer) {
  return "recorded as seq " + text_at(answer, "receipt.seq") + " of " + text_at(answer, "receipt.ledger") + " at " +
         text_at(answer, "receipt.recorded_at");
}

}  // namespace

std::vector<Parameter> action_options() {
  return {option("--action-id", "ID", "the action's id: asked again with it, nothing is done twice"),
          option("--occurred-at", "TIME", "when it happened (RFC 3339 with zone); default: now")};
}

Tree action_of(const std::string& name, Tree data, const Arguments& arguments) {
  const auto now = world::system_clock()->now();
  const auto id = arguments.text("--action-id"), occurred = arguments.text("--occurred-at");
  Tree action = Tree::object();
  action.set("type", name);
  action.set("action_id", id.empty() ? world::uuid_v7(now, *world::system_random()) : id);
  action.set("occurred_at", occurred.empty() ? to_text(now) : occurred);
  action.set("data", std::move(data));
  return action;
}

Exit send(Session& session, const Tree& action) {
  try {
    const auto answer = session.post(session.ledger_path() + "/actions", action);
    if (!session.print_json(answer)) session.terminal().out << accepted_text(answer) << events_text(answer) << "\n";
    return Exit::ok;
  } catch (Failure& failure) {
    if (failure.code == Exit::unavailable && !failure.hint.empty())
      failure.hint += " (--action-id " + text_at(action, "action_id") + ")";
    throw;
  }
}

Exit print_line_answer(Session& session, std::size_t number, const Tree& answer) {
  const auto* status = answer.find("status");
  const auto code = status != nullptr && status->as_int() != nullptr ? static_cast<unsigned>(*status->as_int()) : 200u;
  const auto* accepted = answer.find("answer");
  if (session.json()) session.terminal().out << json::print(answer) << "\n";
  if (code >= 200 && code < 300) {
    if (!session.json())
      session.say("line " + std::to_string(number) + ": " + accepted_text(accepted != nullptr ? *accepted : answer));
    return Exit::ok;
  }
  const auto* problem = answer.find("problem");
  const auto failure = failure_of(code, problem != nullptr ? *problem : answer);
  session.note("line " + std::to_string(number) + ": " + failure.what());
  return failure.code;
}

std::string read_text(Session& session, const std::string& file, std::size_t most) {
  std::ifstream opened;
  if (file != "-") {
    opened.open(file, std::ios::binary);
    if (!opened) throw Failure(Exit::usage, file + ": no such file, or it cannot be read");
  }
  std::istream& in = file == "-" ? session.terminal().in : opened;
  std::string text, piece(64 * 1024, '\0');
  while (in.read(piece.data(), static_cast<std::streamsize>(piece.size())), in.gcount() > 0) {
    text.append(piece, 0, static_cast<std::size_t>(in.gcount()));
    if (text.size() > most) throw Failure(Exit::usage, file + " is longer than " + std::to_string(most) + " bytes");
  }
  return text;
}

std::vector<Parameter> read_options(bool list) {
  std::vector<Parameter> options{
      option("--known-at", "WHEN", "what the ledger knew then: an RFC 3339 time, or seq:N"),
      option("--min-seq", "N", "wait until record N is read"),
  };
  if (list) options.push_back(option("--limit", "N", "at most N lines (default: all)"));
  return options;
}

Query read_query(const Arguments& arguments) {
  return {{"known_at", arguments.text("--known-at")}, {"min_seq", arguments.text("--min-seq")}};
}

std::uint64_t limit_of(const Arguments& arguments) { return arguments.number("--limit").value_or(0); }

}  // namespace aidledger::cli
