#include "src/cli/program.hpp"

#include <CLI/CLI.hpp>
#include <cstdlib>
#include <ostream>

#include "src/cli/command.hpp"
#include "src/cli/help.hpp"
#include "src/cli/session.hpp"
#include "src/settings/suggest.hpp"

#ifndef AIDLEDGER_VERSION
#define AIDLEDGER_VERSION "0.1.0"
#endif

namespace aidledger::cli {
namespace {

using Form = Parameter::Form;

std::vector<std::string> split(const std::string& words) {
  std::vector<std::string> out;
  for (std::size_t at = 0; at < words.size();) {
    const auto end = std::min(words.find(' ', at), words.size());
    out.push_back(words.substr(at, end - at));
    at = end + 1;
  }
  return out;
}

bool is_help(const std::string& word) { return word == "--help" || word == "-h"; }
bool is_option(const std::string& word) { return word.size() > 1 && word.front() == '-'; }

// The command that the first words name; how many words it took.
const Command* named_command(const std::vector<std::string>& words, std::size_t& taken) {
  const Command* best = nullptr;
  for (const auto& command : all_commands()) {
    const auto path = split(command.words);
    if (path.size() > words.size() || path.size() <= (best ? taken : 0)) continue;
    if (std::equal(path.begin(), path.end(), words.begin())) best = &command, taken = path.size();
  }
  return best;
}

[[noreturn]] void unknown_command(const std::vector<std::string>& words) {
  std::vector<std::string> firsts, seconds;
  for (const auto& command : all_commands()) {
    const auto path = split(command.words);
    firsts.push_back(path.front());
    if (path.front() == words.front() && path.size() > 1) seconds.push_back(path[1]);
  }
  if (seconds.empty())
    throw Failure(Exit::usage,
                  "unknown command '" + words.front() + "'" + settings::did_you_mean(words.front(), firsts),
                  "aidledger --help lists them");
  const auto hint = "aidledger " + words.front() + " --help lists what there is";
  if (words.size() < 2 || is_option(words[1])) throw Failure(Exit::usage, words.front() + " what?", hint);
  throw Failure(Exit::usage,
                "unknown command '" + words[0] + " " + words[1] + "'" + settings::did_you_mean(words[1], seconds),
                hint);
}

// One command as CLI11 sees it: its own parameters, the common ones, and every setting as a flag.
class Parser {
 public:
  explicit Parser(const Command& command) : command_(command), app_("aidledger " + command.words) {
    app_.set_help_flag();
    for (const auto& parameter : command.parameters) add(parameter);
    add_common("--json"), add_common("--no-color");
    config_ = app_.add_option("--config");
    for (const auto& option : settings::options())
      if (!is_own(settings::flag_name(option)))
        settings_[std::string(option.key)] = app_.add_option(settings::flag_name(option));
  }

  void parse(std::vector<std::string> words) {
    std::reverse(words.begin(), words.end());
    try {
      app_.parse(words);
    } catch (const CLI::ExtrasError&) {
      for (const auto& word : app_.remaining())
        throw Failure(Exit::usage,
                      "unknown " + std::string(is_option(word) ? "option '" : "argument '") + word + "'" + meant(word),
                      help_hint());
    } catch (const CLI::ParseError& error) {
      throw Failure(Exit::usage, error.what(), help_hint());
    }
  }

  Arguments arguments() const {
    Arguments arguments;
    for (const auto& [name, option] : own_)
      if (option->count() > 0) arguments.put(name, option->results());
    return arguments;
  }
  std::map<std::string, std::string> flags() const {
    std::map<std::string, std::string> flags;
    for (const auto& [key, option] : settings_)
      if (option->count() > 0) flags[key] = option->results().back();
    return flags;
  }
  std::string config() const { return config_->count() > 0 ? config_->results().back() : ""; }
  bool has(const std::string& name) const { return own_.at(name)->count() > 0; }

 private:
  void add(const Parameter& parameter) {
    CLI::Option* option =
        parameter.form == Form::flag ? app_.add_flag(parameter.name) : app_.add_option(parameter.name);
    if (parameter.required) option->required();
    if (parameter.many) option->expected(1)->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
    if (parameter.many && parameter.form == Form::positional)
      option->expected(-1);  // CLI11: one or more, here none is fine too
    own_[parameter.name] = option;
  }
  void add_common(const std::string& name) { own_[name] = app_.add_flag(name); }
  bool is_own(const std::string& name) const { return own_.contains(name); }
  std::string help_hint() const { return "aidledger " + command_.words + " --help shows examples"; }
  std::string meant(const std::string& word) const {
    std::vector<std::string> names{"--config", "--help"};
    for (const auto& [name, option] : own_)
      if (is_option(name)) names.push_back(name);
    for (const auto& option : settings::options()) names.push_back(settings::flag_name(option));
    return settings::did_you_mean(word.substr(0, word.find('=')), names);
  }

  const Command& command_;
  CLI::App app_;
  std::map<std::string, CLI::Option*> own_, settings_;
  CLI::Option* config_ = nullptr;
};

settings::Settings settings_of(const Parser& parser, const Environment& environment) {
  settings::Sources sources;
  sources.flags = parser.flags();
  sources.environment = environment;
  if (const auto file = settings::read_settings_file(sources, parser.config()); !file)
    throw Failure(Exit::usage, file.error());
  auto settings = settings::Settings::from(sources);
  if (!settings) throw Failure(Exit::usage, settings.error());
  return std::move(*settings);
}

bool show_help(const std::vector<std::string>& words, std::ostream& out) {
  const bool asked = std::any_of(words.begin(), words.end(), is_help);
  if (words.empty() || is_help(words.front())) return out << overview(), true;
  std::size_t taken = 0;
  const auto* command = named_command(words, taken);
  if (asked && command != nullptr) return out << help_of(*command), true;
  if (!asked || words.size() > 2) return false;
  for (const auto& each : all_commands())
    if (each.words.starts_with(words.front() + " ")) return out << group_help(words.front()), true;
  return false;
}

Exit run_words(const std::vector<std::string>& words, const Environment& environment, Terminal& terminal,
               const Hands& hands) {
  if (words == std::vector<std::string>{"--version"})
    return terminal.out << "aidledger " AIDLEDGER_VERSION "\n", Exit::ok;
  if (show_help(words, terminal.out)) return words.empty() ? Exit::usage : Exit::ok;
  std::size_t taken = 0;
  const auto* command = named_command(words, taken);
  if (command == nullptr) unknown_command(words);
  Parser parser(*command);
  parser.parse({words.begin() + static_cast<std::ptrdiff_t>(taken), words.end()});
  const auto settings = settings_of(parser, environment);
  if (parser.has("--no-color") || settings.text("output.color") == "never") terminal.color = false;
  Session session(settings, terminal, hands, parser.has("--json"));
  return command->run(parser.arguments(), session);
}

}  // namespace

int run(const std::vector<std::string>& words, const Environment& environment, Terminal& terminal, const Hands& hands) {
  const auto complain = [&](const std::string& what, const std::string& hint) {
    terminal.out.flush();
    terminal.err << "aidledger: " << what << "\n";
    if (!hint.empty()) terminal.err << "  " << hint << "\n";
  };
  try {
    return static_cast<int>(run_words(words, environment, terminal, hands));
  } catch (const Failure& failure) {
    complain(failure.what(), failure.hint);
    return static_cast<int>(failure.code);
  } catch (const std::exception& error) {
    complain(error.what(), "");
    return static_cast<int>(Exit::unavailable);
  }
}

int run(int argc, char** argv, const Hands& hands) {
  const auto environment = [](const std::string& name) -> std::optional<std::string> {
    const char* value = std::getenv(name.c_str());
    return value == nullptr ? std::nullopt : std::optional<std::string>(value);
  };
  auto terminal = standard_terminal();
  return run(std::vector<std::string>(argv + 1, argv + argc), environment, terminal, hands);
}

}  // namespace aidledger::cli
