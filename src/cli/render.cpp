#include "src/cli/render.hpp"

#include <algorithm>
#include <array>
#include <ostream>

namespace aidledger::cli {
namespace {

std::string grouped(std::int64_t number) {
  auto text = std::to_string(number < 0 ? -number : number);
  for (auto at = static_cast<std::ptrdiff_t>(text.size()) - 3; at > 0; at -= 3)
    text.insert(static_cast<std::size_t>(at), ",");
  return (number < 0 ? "-" : "") + text;
}

std::string two(std::int64_t value) { return (value < 10 ? "0" : "") + std::to_string(value); }

// 2026-02-10T01:00:00.000000Z -> 2026-02-10 01:00Z
std::string minute_text(const std::string& time) {
  if (time.size() < 20 || time[10] != 'T' || time.back() != 'Z') return printable(time);
  return time.substr(0, 10) + " " + time.substr(11, 5) + "Z";
}

std::string value_text(const Tree& value, Show show) {
  const auto* number = value.as_int();
  if (number != nullptr && show == Show::money) return money_text(*number);
  if (number != nullptr && show == Show::rate) return rate_text(*number);
  if (number != nullptr && show == Show::percent) {
    const auto text = rate_text(*number);
    return text.front() == '+' ? text.substr(1) : text;
  }
  if (const auto* text = value.as_string(); text != nullptr && show == Show::time) return minute_text(*text);
  return one_line(value);
}

bool is_scalar(const Tree& value) { return value.as_list() == nullptr && value.as_object() == nullptr; }

bool fits_one_line(const TreeList& list) { return std::all_of(list.begin(), list.end(), is_scalar); }

const Tree* value_of(const Tree& item, const Field& field) {
  for (const auto& path : field.paths)
    if (const auto* value = item.at_path(path); value != nullptr && !value->is_null()) return value;
  return nullptr;
}

/// Members that are amounts and rates wherever they stand.
struct Shown {
  std::string_view name;
  Show show;
};
constexpr auto shown_members = std::to_array<Shown>({{"standard", Show::money},
                                                     {"base", Show::money},
                                                     {"quality_amount", Show::money},
                                                     {"direct_costs", Show::money},
                                                     {"amount", Show::money},
                                                     {"entitlement", Show::money},
                                                     {"delta", Show::money},
                                                     {"rate", Show::rate},
                                                     {"share", Show::percent}});

// A member of an outline in one line: amounts in yuan, times to the minute.
std::string member_text(const std::string& name, const Tree& value) {
  for (const auto& known : shown_members)
    if (known.name == name && value.as_int() != nullptr) return value_text(value, known.show);
  return value_text(value, Show::time);
}

bool says_nothing(const Tree& value) {
  const auto* text = value.as_string();
  const auto* list = value.as_list();
  return value.is_null() || (text != nullptr && text->empty()) || (list != nullptr && list->empty());
}

void outline_into(const Tree& tree, std::size_t indent, std::string& out);

void member_into(const std::string& name, const Tree& value, std::size_t indent, std::size_t left, std::string& out) {
  const std::string margin(indent, ' ');
  const auto* list = value.as_list();
  if (is_scalar(value) || (list != nullptr && fits_one_line(*list))) {
    out += margin + name + std::string(left - display_width(name) + 2, ' ') + member_text(name, value) + "\n";
  } else if (list != nullptr) {
    out += margin + name + "\n";
    for (const auto& element : *list) {
      std::string block;
      outline_into(element, indent + 4, block);
      if (block.size() > indent + 2) block[indent + 2] = '-';
      out += block;
    }
  } else {
    out += margin + name + "\n";
    outline_into(value, indent + 2, out);
  }
}

void outline_into(const Tree& tree, std::size_t indent, std::string& out) {
  if (const auto* object = tree.as_object()) {
    std::size_t left = 0;
    for (const auto& [name, value] : *object)
      if (value.as_object() == nullptr && !says_nothing(value)) left = std::max(left, display_width(name));
    for (const auto& [name, value] : *object)
      if (!says_nothing(value)) member_into(name, value, indent, std::max(left, display_width(name)), out);
  } else if (const auto* list = tree.as_list()) {
    for (const auto& element : *list) outline_into(element, indent, out);
  } else {
    out += std::string(indent, ' ') + one_line(tree) + "\n";
  }
}

}  // namespace

std::string money_text(std::int64_t fen) {
  const auto whole = fen / 100, rest = fen % 100;
  return (fen < 0 && whole == 0 ? "-" : "") + grouped(whole) + "." + two(rest < 0 ? -rest : rest);
}

std::string rate_text(std::int64_t basis_points) {
  const auto rest = (basis_points < 0 ? -basis_points : basis_points) % 100;
  const std::string sign = basis_points > 0 ? "+" : basis_points < 0 && basis_points > -100 ? "-" : "";
  return sign + std::to_string(basis_points / 100) + (rest == 0 ? "" : "." + two(rest)) + " %";
}

namespace {

/// What has a short form of its own: a thing by its id, a fact as seq.index, a policy as name@version. Else empty.
std::string short_form(const Tree& object) {
  if (object.as_object()->size() != 2) return {};
  const auto* first = &object.as_object()->front();
  const auto pair = [&](std::string_view one, std::string_view two, const char* between) {
    return first[0].name == one && first[1].name == two ? one_line(first[0].value) + between + one_line(first[1].value)
                                                        : std::string();
  };
  if (object.find("kind") != nullptr && object.find("id") != nullptr) return one_line(*object.find("id"));
  const auto fact = pair("seq", "index", ".");
  return fact.empty() ? pair("name", "version", "@") : fact;
}

/// Inside something else: its bounds are shown.
std::string part(const Tree& value) {
  if (value.as_list() != nullptr) return "[" + one_line(value) + "]";
  return value.as_object() != nullptr && short_form(value).empty() ? "(" + one_line(value) + ")" : one_line(value);
}

}  // namespace

std::string one_line(const Tree& value) {
  if (const auto* text = value.as_string()) return printable(*text);
  if (const auto* number = value.as_int()) return std::to_string(*number);
  if (const auto* yes = value.as_bool()) return *yes ? "yes" : "no";
  std::string out;
  if (const auto* list = value.as_list()) {
    for (const auto& element : *list) out += (out.empty() ? "" : ", ") + part(element);
  } else if (const auto* object = value.as_object()) {
    if (auto brief = short_form(value); !brief.empty()) return brief;
    for (const auto& [name, member] : *object)
      if (!says_nothing(member)) out += (out.empty() ? "" : " ") + printable(name) + "=" + part(member);
  }
  return out;
}

std::string cell(const Tree& item, const Field& field) {
  const auto* value = value_of(item, field);
  if (value == nullptr) return "";
  return value_text(*value, field.show);
}

Table table_of(const TreeList& items, const std::vector<Field>& fields) {
  std::vector<const Field*> shown;
  for (const auto& field : fields)
    if (std::any_of(items.begin(), items.end(), [&](const Tree& item) { return value_of(item, field) != nullptr; }))
      shown.push_back(&field);
  std::vector<Table::Column> columns;
  for (const auto* field : shown)
    columns.push_back({field->title, field->show != Show::text && field->show != Show::time});
  Table table(columns);
  for (const auto& item : items) {
    std::vector<std::string> cells;
    for (const auto* field : shown) cells.push_back(cell(item, *field));
    table.add(std::move(cells));
  }
  return table;
}

std::string outline(const Tree& tree) {
  std::string out;
  outline_into(tree, 0, out);
  return out;
}

void print_list(Session& session, const Tree& answer, const std::vector<Field>& fields, const std::string& nothing) {
  if (session.print_json(answer)) return;
  const auto& items = items_of(answer);
  if (items.empty()) return session.note(nothing);
  const auto& terminal = session.terminal();
  terminal.out << table_of(items, fields).text(terminal.out_is_terminal ? terminal.width : 0);
  if (const auto* seq = answer.find("up_to_seq"); seq != nullptr && terminal.out_is_terminal)
    session.note(std::to_string(items.size()) + " lines, true up to seq " + one_line(*seq));
}

void print_answer(Session& session, const Tree& answer) {
  if (session.print_json(answer)) return;
  Tree data = data_of(answer);
  if (auto* members = data.as_object())
    std::erase_if(*members, [](const TreeMember& m) { return m.name == "as_of_seq"; });
  const bool single = data.as_object() != nullptr && data.as_object()->size() == 1;
  session.terminal().out << outline(single ? data.as_object()->front().value : data);
  if (const auto* seq = answer.find("up_to_seq")) session.say("true up to seq " + one_line(*seq));
}

Tree list_answer(Tree items) { return Tree::object().set("items", std::move(items)); }

void print_object(Session& session, const Tree& object) {
  if (!session.print_json(object)) session.terminal().out << outline(object);
}

}  // namespace aidledger::cli
