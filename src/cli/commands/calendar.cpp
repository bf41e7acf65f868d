#include "src/cli/asking.hpp"
#include "src/cli/commands/groups.hpp"
#include "src/cli/render.hpp"
#include "src/json/json.hpp"

namespace aidledger::cli {
namespace {

constexpr std::size_t longest_calendar = 128 * 1024;

Exit list_calendars(const Arguments& arguments, Session& session) {
  print_list(session, session.pages(session.ledger_path() + "/calendars", read_query(arguments), limit_of(arguments)),
             {{"CALENDAR", {"calendar"}},
              {"YEAR", {"year"}, Show::number},
              {"DAYS NAMED", {"days"}, Show::number},
              {"SEQ", {"seq"}, Show::number}},
             "no calendar is adopted");
  return Exit::ok;
}

Exit adopt_calendar(const Arguments& arguments, Session& session) {
  const auto file = arguments.text("FILE");
  const auto text = read_text(session, file, longest_calendar);
  const auto parsed = json::parse(text);
  if (!parsed)
    throw Failure(Exit::usage, file + ": line " + std::to_string(parsed.error().line) + ": " + parsed.error().text);
  const auto* year = parsed->find("year");
  if (year == nullptr || year->as_int() == nullptr)
    throw Failure(Exit::usage, file + ": no \"year\": is this a holiday-cn file?");
  const auto named = arguments.text("--calendar");
  auto data =
      Tree::object().set("calendar", named.empty() ? "cn-mainland" : named).set("year", *year).set("text", text);
  return send(session, action_of("adopt-calendar", std::move(data), arguments));
}

}  // namespace

Commands calendar_commands() {
  return {{"calendar list",
           "the years whose working days are known",
           {{"aidledger calendar list", ""}},
           read_options(true),
           list_calendars},
          {"calendar adopt",
           "adopt a year of days off and make-up working days",
           {{"aidledger calendar adopt 2027.json", "clocks that waited for that year get their dates"}},
           with({positional("FILE", "JSON as of holiday-cn: {\"year\": 2027, \"days\": [...]}"),
                 option("--calendar", "NAME", "the calendar's name; default: cn-mainland")},
                action_options()),
           adopt_calendar}};
}

}  // namespace aidledger::cli
