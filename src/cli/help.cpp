#include "src/cli/help.hpp"

#include <algorithm>

#include "src/cli/table.hpp"

namespace aidledger::cli {
namespace {

using Form = Parameter::Form;
using Lines = std::vector<std::pair<std::string, std::string>>;

constexpr std::size_t widest_left = 46;

constexpr std::string_view everywhere = R"(
Everywhere:
  --json            the result as JSON, for programs
  --server URL      the service to talk to
  --data FOLDER     the data folder (its operator.token is used where AIDLEDGER_TOKEN_FILE names no other)
  --ledger ID       the ledger; of several that the settings name, which
  --config FILE     the settings file; every setting is a flag too: `aidledger config` lists them
  --no-color        no colours (NO_COLOR is heeded too)
  --help            this text
)";

constexpr std::string_view exit_codes =
    "Exit codes: 0 done, 1 a check failed, 2 usage, 3 not found, 4 conflict, 5 unavailable or outcome unknown, 6 "
    "refused.\n";

std::string aligned(const Lines& lines) {
  std::size_t left = 0;
  for (const auto& [what, meaning] : lines)
    if (what.size() <= widest_left) left = std::max(left, what.size());
  std::string out;
  for (const auto& [what, meaning] : lines) {
    out += "  " + what;
    if (meaning.empty())
      out += "\n";
    else if (what.size() > left)
      out += "\n" + std::string(left + 4, ' ') + meaning + "\n";
    else
      out += std::string(left - what.size() + 2, ' ') + meaning + "\n";
  }
  return out;
}

std::string written(const Parameter& parameter) {
  switch (parameter.form) {
    case Form::positional: return parameter.name + (parameter.many ? "..." : "");
    case Form::option: return parameter.name + " " + parameter.value;
    case Form::flag: return parameter.name;
  }
  return parameter.name;
}

std::string usage_line(const Command& command) {
  std::string line = "aidledger " + command.words;
  for (const auto& parameter : command.parameters)
    if (parameter.form == Form::positional)
      line += parameter.required ? " " + written(parameter) : " [" + written(parameter) + "]";
    else if (parameter.required)
      line += " " + written(parameter);
  const bool optional_left = std::any_of(command.parameters.begin(), command.parameters.end(),
                                         [](const Parameter& p) { return p.form != Form::positional && !p.required; });
  return line + (optional_left ? " [options]" : "");
}

std::string first_word(const std::string& words) { return words.substr(0, words.find(' ')); }

}  // namespace

std::string overview() {
  Lines lines;
  for (const auto& command : all_commands()) lines.emplace_back(command.words, command.summary);
  return "aidledger: a ledger for the quality control of legal-aid cases.\n\n"
         "Examples:\n"
         "  aidledger serve                       start the service on a new or existing ledger\n"
         "  aidledger case list --overdue         cases that something is overdue in\n"
         "  aidledger explain undertaker U-0007   why an undertaker stands where he stands\n"
         "  aidledger verify                      check every record of the ledger\n\n"
         "Commands:\n" +
         aligned(lines) + "\nExamples and options of each: aidledger COMMAND --help\n" + std::string(exit_codes);
}

std::string group_help(const std::string& word) {
  Lines lines, examples;
  for (const auto& command : all_commands()) {
    if (first_word(command.words) != word) continue;
    lines.emplace_back(command.words, command.summary);
    if (!command.examples.empty())
      examples.emplace_back(command.examples.front().line, command.examples.front().meaning);
  }
  return "Examples:\n" + aligned(examples) + "\nCommands:\n" + aligned(lines) + "\nMore of each: aidledger " + word +
         " COMMAND --help\n";
}

std::string help_of(const Command& command) {
  Lines examples, parameters;
  for (const auto& example : command.examples) examples.emplace_back(example.line, example.meaning);
  for (const auto& parameter : command.parameters)
    parameters.emplace_back(
        written(parameter),
        parameter.meaning + (parameter.many && parameter.form == Form::option ? " (may be repeated)" : ""));
  std::string out = "aidledger " + command.words + ": " + command.summary + ".\n\nExamples:\n" + aligned(examples) +
                    "\nUsage: " + usage_line(command) + "\n";
  if (!parameters.empty()) out += "\n" + aligned(parameters);
  if (!command.more.empty()) out += "\n" + command.more + "\n";
  return out + std::string(everywhere) + "\n" + std::string(exit_codes);
}

std::string bash_completion() {
  std::string out =
      "# source this file, or put it into /etc/bash_completion.d/aidledger\n_aidledger() {\n"
      "  local words=\"${COMP_WORDS[*]:1:COMP_CWORD-1}\" here=\"${COMP_WORDS[COMP_CWORD]}\" choices=\"\"\n"
      "  case \"$words\" in\n";
  std::vector<std::string> firsts;
  for (const auto& command : all_commands()) {
    const auto word = first_word(command.words);
    if (std::find(firsts.begin(), firsts.end(), word) == firsts.end()) firsts.push_back(word);
    std::string names;
    for (const auto& parameter : command.parameters)
      if (parameter.form != Form::positional) names += parameter.name + " ";
    out += "    \"" + command.words + "\"*) choices=\"" + names + "--json --help\" ;;\n";
  }
  for (const auto& word : firsts) {
    std::string below;
    for (const auto& command : all_commands())
      if (command.words.starts_with(word + " ")) below += command.words.substr(word.size() + 1) + " ";
    if (!below.empty()) out += "    \"" + word + "\") choices=\"" + below + "\" ;;\n";
  }
  out += "    \"\") choices=\"";
  for (const auto& word : firsts) out += word + " ";
  return out +
         "\" ;;\n  esac\n  mapfile -t COMPREPLY < <(compgen -W \"$choices\" -- \"$here\")\n}\ncomplete -o default -F "
         "_aidledger aidledger\n";
}

}  // namespace aidledger::cli
