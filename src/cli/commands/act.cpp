#include <ostream>

#include "src/cli/asking.hpp"
#include "src/cli/commands/groups.hpp"
#include "src/cli/render.hpp"
#include "src/json/json.hpp"
#include "src/rules/action.hpp"
#include "src/settings/suggest.hpp"

namespace aidledger::cli {
namespace {

constexpr std::size_t longest_action = 1 << 20;
constexpr std::size_t longest_stream = 256u << 20;
constexpr std::size_t lines_at_once = 1000;

const rules::ActionType& action_type(const std::string& name) {
  if (const auto* type = rules::find_action(name)) return *type;
  std::vector<std::string> names;
  for (const auto& type : rules::all_actions()) names.emplace_back(type.name);
  throw Failure(Exit::usage, "unknown action '" + name + "'" + settings::did_you_mean(name, names),
                "aidledger act list shows them");
}

std::string roles_text(const rules::ActionType& type) {
  std::string text;
  for (const auto role : type.roles) text += (text.empty() ? "" : ", ") + std::string(name_of(role));
  return text;
}

Exit list_actions(const Arguments&, Session& session) {
  Tree list = Tree::list();
  for (const auto& type : rules::all_actions())
    list.push(Tree::object()
                  .set("action", type.name)
                  .set("family", type.family)
                  .set("roles", roles_text(type))
                  .set("meaning", type.meaning));
  print_list(session, list_answer(list),
             {{"ACTION", {"action"}}, {"FAMILY", {"family"}}, {"MAY BE ASKED BY", {"roles"}}, {"MEANING", {"meaning"}}},
             "no actions");
  return Exit::ok;
}

/// An example as it is typed: what is sealed on the way in stands there as text.
Tree typed(const Tree& example) {
  if (example.find("sealed") != nullptr) return "text";
  if (const auto* list = example.as_list()) {
    Tree all = Tree::list();
    for (const auto& each : *list) all.push(typed(each));
    return all;
  }
  if (example.as_object() == nullptr) return example;
  Tree all = Tree::object();
  for (const auto& [name, value] : *example.as_object()) all.set(name, typed(value));
  return all;
}

Exit show_action(const Arguments& arguments, Session& session) {
  const auto& type = action_type(arguments.text("ACTION"));
  auto shown =
      Tree::object().set("action", type.name).set("meaning", type.meaning).set("may be asked by", roles_text(type));
  if (session.print_json(Tree(shown).set("schema", type.schema()))) return Exit::ok;
  auto& out = session.terminal().out;
  out << outline(shown) << "\nfields\n";
  Tree fields = Tree::list();
  const auto schema = type.schema();
  const auto* required = schema.find("required");
  if (const auto* properties = schema.find("properties"); properties != nullptr && properties->as_object() != nullptr)
    for (const auto& [name, property] : *properties->as_object()) {
      bool must = false;
      if (required != nullptr && required->as_list() != nullptr)
        for (const auto& each : *required->as_list()) must = must || each == Tree(name);
      auto field = Tree(property);
      fields.push(field.set("field", name).set("must", must ? "required" : ""));
    }
  out << table_of(*fields.as_list(),
                  {{"FIELD", {"field"}}, {"", {"must"}}, {"TYPE", {"type", "$ref"}}, {"MEANING", {"description"}}})
             .text(session.terminal().out_is_terminal ? session.terminal().width : 0);
  out << "\nexample\n"
      << json::pretty(action_of(std::string(type.name), typed(type.to_tree(type.sample(1).get())), arguments)) << "\n";
  return Exit::ok;
}

// What a field of text is given is text, whatever it looks like: a telephone number. Elsewhere numbers, true, false and
// JSON lists or objects are taken as such, everything else as text.
Tree value_of(const Tree* field, const std::string& name, const std::string& value) {
  if (const auto* type = field == nullptr ? nullptr : field->find("type"); type != nullptr && *type == Tree("string"))
    return value;
  const bool structured = !value.empty() && (value.front() == '[' || value.front() == '{' || value.front() == '"');
  auto parsed = json::parse(value);
  if (structured && !parsed) throw Failure(Exit::usage, name + ": " + parsed.error().text);
  return parsed && !parsed->is_null() ? std::move(*parsed) : Tree(value);
}

// name=value
void set_field(Tree& data, const rules::ActionType& type, const std::string& typed) {
  const auto equals = typed.find('=');
  if (equals == 0 || equals == std::string::npos) throw Failure(Exit::usage, "'" + typed + "' is not NAME=VALUE");
  const auto name = typed.substr(0, equals);
  const auto schema = type.schema();
  const auto* properties = schema.find("properties");
  data.set(name, value_of(properties == nullptr ? nullptr : properties->find(name), name, typed.substr(equals + 1)));
}

Exit send_lines(Session& session, const std::vector<std::string>& lines) {
  Exit worst = Exit::ok;
  for (std::size_t at = 0; at < lines.size(); at += lines_at_once) {
    std::string body;
    const auto end = std::min(at + lines_at_once, lines.size());
    for (std::size_t i = at; i < end; ++i) body += lines[i] + "\n";
    const auto answer = session.client().post(session.ledger_path() + "/actions", body, "application/x-ndjson");
    if (answer.status != 200) body_of(answer);
    std::size_t number = at;
    for (std::size_t begin = 0; begin < answer.body.size();) {
      const auto stop = std::min(answer.body.find('\n', begin), answer.body.size());
      if (auto tree = json::parse(std::string_view(answer.body).substr(begin, stop - begin)))
        worst = std::max(worst, print_line_answer(session, ++number, *tree));
      begin = stop + 1;
    }
    if (number != end)
      throw Failure(Exit::unavailable, "the answers end after line " + std::to_string(number),
                    "send the file again: nothing is done twice");
  }
  return worst;
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  for (std::size_t begin = 0; begin < text.size();) {
    const auto end = std::min(text.find('\n', begin), text.size());
    if (text.find_first_not_of(" \t\r", begin) < end) lines.push_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return lines;
}

Exit act(const Arguments& arguments, Session& session) {
  const auto what = arguments.text("ACTION|FILE");
  const auto fields = arguments.all("NAME=VALUE");
  if (const auto* type = rules::find_action(what)) {
    Tree data = Tree::object();
    for (const auto& field : fields) set_field(data, *type, field);
    return send(session, action_of(what, std::move(data), arguments));
  }
  if (!fields.empty()) action_type(what);
  if (what != "-" && what.find_first_of("./") == std::string::npos) action_type(what);
  const auto text = read_text(session, what, longest_stream);
  if (text.size() <= longest_action)
    if (const auto whole = json::parse(text)) return send(session, *whole);
  return send_lines(session, lines_of(text));
}

}  // namespace

Commands act_commands() {
  return {
      {"act",
       "ask for one action, or many from a file",
       {{"aidledger act record-unreached-call case=LA-2026-0007 channel=telephone", "one action by its fields"},
        {"aidledger act action.json", "one action as JSON; - reads stdin"},
        {"aidledger act actions.ndjson", "many, one JSON object per line: each is answered in order"}},
       with({positional("ACTION|FILE", "name of the action, or a file with JSON or NDJSON, or - for stdin"),
             many_positionals("NAME=VALUE", "fields of the action")},
            action_options()),
       act,
       "An action that was sent twice with the same id is done once and answered twice. Of many, the exit code is the\n"
       "highest of any line."},
      {"act list", "the actions that can be asked for, and by whom", {{"aidledger act list", ""}}, {}, list_actions},
      {"act show",
       "the fields of an action, with an example",
       {{"aidledger act show grant-aid", ""}},
       {positional("ACTION", "its name")},
       show_action}};
}

}  // namespace aidledger::cli
