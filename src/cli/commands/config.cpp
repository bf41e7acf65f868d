#include <ostream>

#include "src/cli/commands/groups.hpp"
#include "src/cli/render.hpp"

namespace aidledger::cli {
namespace {

Tree settings_tree(const settings::Settings& settings) {
  Tree list = Tree::list();
  for (const auto& option : settings::options()) {
    const auto& value = settings.at(option.key);
    auto shown = value.text;
    if (option.key == "vault" && shown.empty()) shown = settings.vault_folder();
    if (option.key == "server" && shown.empty()) shown = settings.server();
    list.push(Tree::object()
                  .set("key", option.key)
                  .set("value", shown)
                  .set("origin", value.origin)
                  .set("environment", settings::environment_name(option))
                  .set("flag", settings::flag_name(option))
                  .set("meaning", option.meaning));
  }
  return list;
}

Exit show_config(const Arguments& arguments, Session& session) {
  std::vector<Field> fields{{"KEY", {"key"}}, {"VALUE", {"value"}}, {"COMES FROM", {"origin"}}};
  if (arguments.has("--names"))
    fields.insert(fields.end(), {{"VARIABLE", {"environment"}}, {"FLAG", {"flag"}}});
  else
    fields.push_back({"MEANING", {"meaning"}});
  print_list(session, list_answer(settings_tree(session.all_settings())), fields, "");
  return Exit::ok;
}

}  // namespace

Commands config_commands() {
  return {{"config",
           "every setting in force and where it comes from",
           {{"aidledger config", ""},
            {"aidledger config --names", "the environment variable and flag of each"},
            {"aidledger config --config other.toml", "check a file: a mistake is named with line and column"}},
           {flag("--names", "environment variables and flags instead of meanings")},
           show_config,
           "A flag goes before an environment variable, which goes before the file, which goes before the default."}};
}

}  // namespace aidledger::cli
