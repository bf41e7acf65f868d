#include <ostream>

#include "events/catalogue.hpp"
#include "src/cli/asking.hpp"
#include "src/cli/commands/groups.hpp"
#include "src/cli/render.hpp"
#include "src/json/json.hpp"

namespace aidledger::cli {
namespace {

constexpr std::uint64_t usual_limit = 50;

std::string text_at(const Tree& event, std::initializer_list<const char*> paths) {
  for (const auto* path : paths)
    if (const auto* value = event.at_path(path); value != nullptr && !value->is_null()) return one_line(*value);
  return "";
}

// One fact per line; columns are fixed so that a stream stays readable.
std::string line_of(const Tree& event) {
  const auto seq = text_at(event, {"seq", "id"});
  auto line = std::string(seq.size() < 8 ? 8 - seq.size() : 0, ' ') + seq;
  line +=
      "  " + text_at(event, {"event.occurred_at", "recorded_at"}).substr(0, 19) + "  " + text_at(event, {"event.type"});
  for (const auto* path : {"event.objects", "event.data"})
    if (const auto part = text_at(event, {path}); !part.empty()) line += "  " + part;
  return line;
}

constexpr unsigned not_there_yet = 504;

std::uint64_t seq_of(const Tree& event) {
  const auto* seq = event.find("seq");
  return seq == nullptr || seq->as_int() == nullptr ? 0 : static_cast<std::uint64_t>(*seq->as_int());
}

using TakeEvent = std::function<bool(const Tree&)>;

// One look at the feed from `next` on; false when `take` wants no more. `wait`: for record `next`, as long as the
// service lets us wait.
bool read_feed(Session& session, std::uint64_t& next, bool wait, const TakeEvent& take) {
  bool going = true;
  const auto number = std::to_string(next);
  const auto target =
      with_query(session.ledger_path() + "/events", {{"from", number}, {"min_seq", wait ? number : ""}});
  const auto answer = session.client().lines(target, [&](std::string_view line) {
    const auto event = json::parse(line);
    if (!event) return true;
    next = seq_of(*event) + 1;
    return going = take(*event);
  });
  session.heed(answer);
  if (answer.status != 200 && !(wait && answer.status == not_there_yet)) body_of(answer);
  return going;
}

Exit list_events(const Arguments& arguments, Session& session) {
  auto next = arguments.number("--from").value_or(0);
  const bool follow = arguments.has("--follow");
  const auto most = arguments.number("--limit").value_or(follow || session.json() ? 0 : usual_limit);
  auto& terminal = session.terminal();
  std::uint64_t shown = 0;
  const auto print = [&](const Tree& event) {
    if (session.json())
      terminal.out << json::print(event) << "\n";
    else
      terminal.out << (terminal.out_is_terminal ? fitted(line_of(event), terminal.width) : line_of(event)) << "\n";
    if (follow) terminal.out.flush();
    return ++shown != most && terminal.out.good();
  };
  if (session.on_folder()) {
    if (!session.hands().events) throw Failure(Exit::usage, "this build cannot read a folder");
    session.hands().events(session.settings(), next, print);
  } else {
    bool going = read_feed(session, next, false, print);
    while (follow && going) going = read_feed(session, next, true, print);
  }
  if (shown == most && most != 0 && !session.json()) session.note("there may be more: --from and --limit choose");
  return Exit::ok;
}

Exit show_catalogue(const Arguments& arguments, Session& session) {
  auto catalogue = catalogue_tree();
  const auto wanted = arguments.text("NAME");
  const Tree* list = catalogue.as_list() != nullptr ? &catalogue : catalogue.find("events");
  if (list == nullptr) return print_object(session, catalogue), Exit::ok;
  if (wanted.empty()) {
    print_list(
        session, list_answer(*list),
        {{"TAG", {"tag"}}, {"NAME", {"name"}}, {"FAMILY", {"family"}}, {"MEANING", {"meaning"}}, {"TYPE", {"type"}}},
        "no facts");
    return Exit::ok;
  }
  for (const auto& event : *list->as_list())
    if (const auto* name = event.find("name"); name != nullptr && *name == Tree(wanted))
      return print_object(session, event), Exit::ok;
  throw Failure(Exit::not_found, "no fact of the name " + wanted, "aidledger events catalogue lists them");
}

}  // namespace

Commands event_commands() {
  return {{"events",
           "the facts of a ledger, in order",
           {{"aidledger events", "the first " + std::to_string(usual_limit)},
            {"aidledger events --from 4000 --limit 20", "twenty from record 4000 on"},
            {"aidledger events --data ./data --json",
             "all of a folder that no service has open, one JSON object per line"}},
           {option("--from", "SEQ", "the first record (default 0)"), option("--limit", "N", "at most N facts; 0 = all"),
            flag("--follow", "go on with what is recorded from now on")},
           list_events},
          {"events catalogue",
           "every kind of fact there can be, with its fields",
           {{"aidledger events catalogue", "all of them"},
            {"aidledger events catalogue GradeFinalised", "the fields of one"}},
           {optional_positional("NAME", "only this one, whole")},
           show_catalogue}};
}

}  // namespace aidledger::cli
