#include "src/first_start.hpp"

#include <sys/stat.h>

#include <filesystem>
#include <future>

#include "src/json/json.hpp"
#include "src/rules/policy.hpp"
#include "src/vault/tokens.hpp"
#include "src/world/digest.hpp"

namespace aidledger {
namespace fs = std::filesystem;
namespace {

/// First local date of the shipped versions: before any case that the ledger can know of; the first version reaches
/// back without limit anyway.
constexpr std::string_view shipped_from = "2022-01-01";
constexpr std::string_view operator_id = "operator", shipped_prefix = "ship-";

Tree policy_action(const std::string& stem, std::string text) {
  const auto at = stem.find('@');
  return Tree::object()
      .set("policy", stem.substr(0, at))
      .set("version", stem.substr(at + 1))
      .set("effective_from", shipped_from)
      .set("text", std::move(text))
      .set("legal_basis", "shipped default; sources stand in the text");
}

Tree calendar_action(const std::string& year, std::string text) {
  return Tree::object().set("calendar", "cn-mainland").set("year", std::stoi(year)).set("text", std::move(text));
}

std::vector<fs::path> files_in(const std::string& folder, const std::string& extension) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(folder))
    if (entry.path().extension() == extension) files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  return files;
}

void adopt(Node& node, std::string_view action, const fs::path& file, const Tree& data,
           std::optional<Instant> recorded_at) {
  const std::string hash = to_hex(view_of(world::sha256(world::read_file(node.disk(), file.string())))).substr(0, 16);
  const auto answer = ask_and_wait(
      node, operator_asks(node, action, data,
                          std::string(shipped_prefix) + file.stem().string().substr(0, 40) + "-" + hash, recorded_at));
  const bool known = answer.kind == ledger::Answer::Kind::refused && answer.refusal.name == "version-exists";
  if (answer.kind != ledger::Answer::Kind::accepted && !known)
    throw CannotStart("the shipped file " + file.string() + " was not adopted: " + answer.refusal.sentence + " " +
                      answer.refusal.detail + answer.detail);
}

/// Nothing is adopted yet, or the adoption of something shipped is what is recorded last.
bool is_first_start(const ledger::View& view, const Record& last) {
  bool any_adopted = false;
  view.rows().each<rules::PolicyRow>({}, [&](auto, const rules::PolicyRow&) { return any_adopted = true, false; });
  return !any_adopted || (last.body.principal == operator_id && last.body.action_id.starts_with(shipped_prefix));
}

}  // namespace

std::string find_config_folder() {
  const fs::path program = fs::read_symlink("/proc/self/exe").parent_path();
  for (const fs::path& folder :
       {fs::path("config"), program / "../../config", program / "../share/aidledger", fs::path("/usr/share/aidledger")})
    if (fs::exists(folder / "policies")) return folder.lexically_normal().string();
  throw CannotStart(
      "the folder config/ with the shipped policies and calendars was not found; start in the project's folder");
}

void adopt_shipped(Node& node, const std::string& config_folder, std::optional<Instant> recorded_at) {
  for (const auto& file : files_in(config_folder + "/policies", ".toml"))
    adopt(node, "adopt-policy", file, policy_action(file.stem().string(), world::read_file(node.disk(), file.string())),
          recorded_at);
  for (const auto& file : files_in(config_folder + "/holidays", ".json"))
    adopt(node, "adopt-calendar", file,
          calendar_action(file.stem().string(), world::read_file(node.disk(), file.string())), recorded_at);
}

int last_shipped_year(const std::string& config_folder) {
  return std::stoi(files_in(config_folder + "/holidays", ".json").back().stem().string());
}

void check_shipped_for(const NodeSettings& settings) {
  if (settings.create && !fs::exists(settings.data + "/log")) find_config_folder();
}

void finish_first_start(Node& node) {
  if (node.ledger().health().halt != ledger::Halt::none) return;
  const auto view = node.ledger().view();
  if (is_first_start(view, *node.ledger().record(view.next_seq() - 1)))
    adopt_shipped(node, find_config_folder(), std::nullopt);
}

ledger::Answer ask_and_wait(Node& node, ledger::Asked asked) {
  // Shared: who is woken by the answer may be gone before set_value returns.
  const auto promise = std::make_shared<std::promise<ledger::Answer>>();
  asked.answer = [promise](const ledger::Answer& answer) { promise->set_value(answer); };
  node.ledger().ask(std::move(asked));
  return promise->get_future().get();
}

ledger::Asked operator_asks(Node& node, std::string_view action, const Tree& data, std::string action_id,
                            std::optional<Instant> recorded_at) {
  ledger::Asked asked;
  asked.principal = {
      std::string(operator_id), std::string(operator_id), {Role::operator_}, node.opened().ledger, {}, {}, {}, {}};
  asked.request.type = rules::find_action(action);
  Problems problems;
  asked.request.action = asked.request.type->read(data, "", problems);
  if (!problems.empty()) throw CannotStart(problems.front().pointer + ": " + problems.front().text);
  asked.request.principal = operator_id;
  asked.request.action_id = std::move(action_id);
  asked.request.occurred_at = recorded_at.value_or(node.clock().now());
  asked.request.actor = {"operator", {Role::operator_}, {}, {}, {}};
  asked.canonical = json::canonical(Tree::object().set("type", action).set("data", data));
  asked.simulated_now = recorded_at;
  return asked;
}

void write_token(Node& node, const std::string& path, const std::string& person, const std::vector<Role>& roles) {
  vault::Grant grant;
  grant.person = person;
  grant.roles = roles;
  grant.ledger = node.opened().ledger;
  grant.created = node.clock().now();
  grant.expires = {grant.created.us + vault::longest_token_days * 86'400'000'000LL};
  const std::string token = vault::Tokens(node.vault(), node.random()).add(grant);
  const ::mode_t before = ::umask(0077);
  world::replace_file(node.disk(), path, token + "\n");
  ::umask(before);
  ::chmod(path.c_str(), 0600);
}

bool ensure_operator_token(Node& node, const std::string& path) {
  if (node.disk().exists(path)) {
    std::string token = world::read_file(node.disk(), path);
    while (!token.empty() && token.back() == '\n') token.pop_back();
    const auto grant = vault::Tokens(node.vault(), node.random()).find(token);
    if (grant && grant->valid_at(node.clock().now())) return false;
  }
  write_token(node, path, "operator", {Role::operator_});
  return true;
}

}  // namespace aidledger
