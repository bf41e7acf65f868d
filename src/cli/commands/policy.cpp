#include <ostream>

#include "src/cli/asking.hpp"
#include "src/cli/commands/groups.hpp"
#include "src/cli/render.hpp"
#include "src/settings/toml.hpp"

namespace aidledger::cli {
namespace {

constexpr std::size_t longest_policy = 128 * 1024;

Exit list_policies(const Arguments& arguments, Session& session) {
  print_list(session, session.pages(session.ledger_path() + "/policies", read_query(arguments), limit_of(arguments)),
             {{"POLICY", {"policy", "ref.name", "name"}},
              {"VERSION", {"version", "ref.version"}},
              {"FROM", {"effective_from"}},
              {"UNTIL", {"repealed_from"}},
              {"SEQ", {"seq"}, Show::number},
              {"RESTS ON", {"legal_basis"}}},
             "no policy is adopted");
  return Exit::ok;
}

// "ladder@2.toml" says both.
std::pair<std::string, std::string> name_and_version(const std::string& file) {
  auto base = file.substr(file.rfind('/') == std::string::npos ? 0 : file.rfind('/') + 1);
  if (base.ends_with(".toml")) base.resize(base.size() - 5);
  const auto at = base.find('@');
  if (at == std::string::npos || at == 0 || at + 1 == base.size())
    throw Failure(Exit::usage, file + ": a policy's file is called <name>@<version>.toml");
  return {base.substr(0, at), base.substr(at + 1)};
}

Exit adopt_policy(const Arguments& arguments, Session& session) {
  const auto file = arguments.text("FILE");
  const auto [name, version] = name_and_version(file);
  const auto text = read_text(session, file, longest_policy);
  if (const auto parsed = settings::parse_toml(text, file); !parsed) throw Failure(Exit::usage, parsed.error());
  auto data =
      Tree::object().set("policy", name).set("version", version).set("effective_from", arguments.text("--from"));
  data.set("text", text).set("legal_basis", arguments.text("--basis"));
  return send(session, action_of("adopt-policy", std::move(data), arguments));
}

Exit check_policy(const Arguments& arguments, Session& session) {
  const auto file = arguments.text("FILE");
  const auto parsed = settings::parse_toml(read_text(session, file, longest_policy), file);
  if (!parsed) throw Failure(Exit::check_failed, parsed.error());
  print_object(session, *parsed);
  return Exit::ok;
}

}  // namespace

Commands policy_commands() {
  return {{"policy list",
           "the policies adopted, with their first days",
           {{"aidledger policy list", ""}},
           read_options(true),
           list_policies},
          {"policy adopt",
           "adopt a version of a policy, with its whole text",
           {{"aidledger policy adopt ladder@2.toml --from 2027-01-01 --basis 'decision 12/2026'", ""}},
           with({positional("FILE", "<name>@<version>.toml"),
                 required_option("--from", "DATE", "the first local date on which it holds"),
                 required_option("--basis", "TEXT", "the law or decision that it rests on")},
                action_options()),
           adopt_policy},
          {"policy check",
           "read a policy's file and say what is wrong with it",
           {{"aidledger policy check ladder@2.toml", ""}},
           {positional("FILE", "the file")},
           check_policy}};
}

}  // namespace aidledger::cli
