#pragma once
// A command is declared once: its words, what it does, examples, parameters, and the function that does it. Parsing,
// help, suggestions and completions all come from the declaration. A new command is one file in commands/ and one line
// in commands/all.cpp.
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "src/cli/outcome.hpp"

namespace aidledger::cli {

class Session;

struct Parameter {
  enum class Form { positional, option, flag };
  Form form = Form::flag;
  std::string name;     ///< "CASE", "--undertaker", "--overdue"
  std::string value;    ///< what an option takes, for the help: "U"
  std::string meaning;  ///< one line
  bool required = false;
  bool many = false;  ///< a positional or option that may come more than once
};

Parameter positional(std::string name, std::string meaning);
Parameter optional_positional(std::string name, std::string meaning);
Parameter many_positionals(std::string name, std::string meaning);
Parameter option(std::string name, std::string value, std::string meaning);
Parameter required_option(std::string name, std::string value, std::string meaning);
Parameter many_options(std::string name, std::string value, std::string meaning);
Parameter flag(std::string name, std::string meaning);

/// What was typed, by parameter name.
class Arguments {
 public:
  bool has(std::string_view name) const { return values_.contains(name); }
  /// Empty where it was not given.
  std::string text(std::string_view name) const;
  std::vector<std::string> all(std::string_view name) const;
  /// A number from 0 on; a Failure of usage where it is none.
  std::optional<std::uint64_t> number(std::string_view name) const;
  void put(const std::string& name, std::vector<std::string> values) { values_[name] = std::move(values); }

 private:
  std::map<std::string, std::vector<std::string>, std::less<>> values_;
};

struct Example {
  std::string line, meaning;
};

struct Command {
  std::string words;    ///< "case list"
  std::string summary;  ///< one line, lower case, no full stop
  std::vector<Example> examples;
  std::vector<Parameter> parameters;
  std::function<Exit(const Arguments&, Session&)> run;
  std::string more = {};  ///< paragraphs below the parameters
};

/// All of them, in the order of the overview.
const std::vector<Command>& all_commands();

}  // namespace aidledger::cli
