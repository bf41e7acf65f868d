#include "src/cli/session.hpp"

#include <sys/stat.h>

#include <cstdlib>
#include <fstream>
#include <istream>
#include <ostream>
#include <utility>

#include "src/cli/table.hpp"
#include "src/json/json.hpp"
#include "src/settings/ledgers.hpp"

namespace aidledger::cli {
namespace {

constexpr std::size_t longest_token_file = 4096;
constexpr std::uint64_t largest_page = 1000;
constexpr json::Limits answer_limits{
    .depth = 64, .nodes = 20'000'000, .string = 4 << 20, .name = 1024, .text = 1ull << 30};

std::string token_file(const settings::Settings& settings) {
  const char* named = std::getenv("AIDLEDGER_TOKEN_FILE");
  return named != nullptr && *named != '\0' ? named : settings.text("data") + "/operator.token";
}

std::string read_token(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::string token(longest_token_file, '\0');
  if (!file)
    throw Failure(Exit::usage, "no token: " + path + " cannot be read",
                  "name the file that holds your token in AIDLEDGER_TOKEN_FILE; `aidledger serve` writes the "
                  "operator's beside the ledger");
  file.read(token.data(), static_cast<std::streamsize>(token.size()));
  token.resize(static_cast<std::size_t>(file.gcount()));
  while (!token.empty() && (token.back() == '\n' || token.back() == '\r' || token.back() == ' ')) token.pop_back();
  if (token.empty() || token.find_first_of(" \r\n") != std::string::npos)
    throw Failure(Exit::usage, path + " does not hold a token: one line, nothing else");
  return token;
}

bool others_can_read(const std::string& path) {
  struct stat status{};
  return ::stat(path.c_str(), &status) == 0 && (status.st_mode & (S_IRWXG | S_IRWXO)) != 0;
}

std::string member(const Tree& tree, std::string_view name) {
  const auto* value = tree.find(name);
  return value != nullptr && value->as_string() != nullptr ? *value->as_string() : "";
}

Exit exit_of(unsigned status, bool is_refusal, const std::string& type) {
  if (type.ends_with("/idempotency-conflict") || type.ends_with("/action-id-mismatch")) return Exit::conflict;
  switch (status) {
    case 404:
    case 410: return Exit::not_found;
    case 401:
    case 403: return Exit::refused;
    case 412: return Exit::conflict;
    case 409: return is_refusal ? Exit::refused : Exit::conflict;
    case 408:
    case 429: return Exit::unavailable;
    default: break;
  }
  if (status >= 500) return Exit::unavailable;
  return is_refusal ? Exit::refused : Exit::usage;
}

std::string hint_of(unsigned status) {
  if (status == 401)
    return "the token is unknown, expired or revoked: AIDLEDGER_TOKEN_FILE names the file it is read from";
  if (status == 504) return "ask again with the same action id: it is never done twice";
  if (status == 503 || status == 429) return "nothing was decided: try again";
  return "";
}

// "/data/case: not an id" for each mistake that the problem lists.
std::string mistakes(const Tree& problem) {
  std::string text;
  const auto* errors = problem.find("errors");
  if (errors == nullptr || errors->as_list() == nullptr) return text;
  for (const auto& error : *errors->as_list()) {
    text += "\n  " + member(error, "pointer") + ": " + printable(member(error, "text"));
  }
  return text;
}

/// The ledgers to choose from: several are named, or none is and several lie there.
std::vector<std::string> choices_of(const settings::Settings& settings) {
  auto named = settings::split_ledgers(settings.text("ledger"));
  if (named.size() > 1) return named;
  const auto& data = settings.text("data");
  if (!settings.is_default("ledger") || settings::holds_one_ledger(data)) return {};
  return settings::ledgers_below(data);
}

std::string joined(const std::vector<std::string>& names) {
  std::string text;
  for (const auto& name : names) text += (text.empty() ? "" : ", ") + name;
  return text;
}

std::string only_ledger(const Tree& answer) {
  const auto& list = items_of(answer);
  if (list.empty()) throw Failure(Exit::not_found, "the service has no ledger");
  if (list.size() > 1) throw Failure(Exit::usage, "the service has several ledgers", "name one with --ledger");
  return member(list.front(), "ledger");
}

}  // namespace

const Tree& data_of(const Tree& answer) {
  const auto* data = answer.find("data");
  return data == nullptr ? answer : *data;
}

const TreeList& items_of(const Tree& answer) {
  static const TreeList none;
  const auto* items = answer.at_path("data.items");
  if (items == nullptr) items = answer.find("items");
  return items == nullptr || items->as_list() == nullptr ? none : *items->as_list();
}

std::string with_query(std::string path, const Query& query) {
  char separator = '?';
  for (const auto& [name, value] : query) {
    if (value.empty()) continue;
    path += separator + name + "=" + url_encoded(value);
    separator = '&';
  }
  return path;
}

Failure failure_of(unsigned status, const Tree& problem) {
  const bool is_refusal = problem.find("number") != nullptr;
  const auto title = member(problem, "title"), detail = member(problem, "detail");
  const auto name = is_refusal ? member(problem, "name") : "";
  auto what = title.empty() ? "the service answered " + std::to_string(status) : title;
  const auto listed = mistakes(problem);
  if (listed.empty() && !detail.empty() && detail != title) {
    if (what.ends_with('.')) what.back() = ':';
    what += " " + detail;
  }
  if (!name.empty()) what = name + ": " + what;
  return {exit_of(status, is_refusal, member(problem, "type")), printable(what) + listed, hint_of(status)};
}

Tree body_of(const HttpAnswer& answer) {
  auto tree = json::parse(answer.body.empty() ? "null" : answer.body, answer_limits);
  if (answer.status >= 200 && answer.status < 300) {
    if (!tree) throw Failure(Exit::unavailable, "the answer is no JSON: is this an aidledger service?");
    return std::move(*tree);
  }
  throw failure_of(answer.status, tree ? *tree : Tree::object());
}

const settings::Settings& Session::settings() {
  if (!one_) {
    if (const auto choices = choices_of(settings_); !choices.empty())
      throw Failure(Exit::usage, "which ledger? There are " + joined(choices),
                    "name one with --ledger " + choices.front());
    one_ = settings::settings_of(settings_, settings_.text("ledger"));
  }
  return *one_;
}

bool Session::on_folder() const {
  const auto& server = settings_.at("server");
  if (settings_.at("data").origin != "--data" || server.origin == "--server") return false;
  if (!server.text.empty())
    throw Failure(
        Exit::usage, "--data names a folder, and " + server.origin + " the service at " + server.text,
        "to ask the service, name it with --server; to work on the folder, leave " + server.origin + " empty");
  return true;
}

std::string Session::ledger_path() {
  const auto& of = settings();
  if (ledger_.empty()) ledger_ = of.is_default("ledger") ? only_ledger(get("/v1/ledgers")) : of.text("ledger");
  return "/v1/ledgers/" + url_encoded(ledger_);
}

Client& Session::client() {
  if (client_ == nullptr) {
    const auto path = token_file(settings());
    client_ = std::make_unique<Client>(settings().server(), read_token(path));
    if (others_can_read(path)) note(path + " can be read by others on this machine: chmod 600 it");
  }
  return *client_;
}

void Session::heed(const HttpAnswer& answer) {
  const auto code = answer.header("aidledger-stale");
  if (code.empty() || std::exchange(heeded_, true)) return;
  note("stale (" + code + "): the log may hold more than this node has read; /readyz says why");
}

Tree Session::get(const std::string& target) {
  const auto answer = client().get(target);
  heed(answer);
  return body_of(answer);
}

Tree Session::post(const std::string& target, const Tree& body, const std::map<std::string, std::string>& headers) {
  const auto answer = client().post(target, json::print(body), "application/json", headers);
  heed(answer);
  return body_of(answer);
}

Tree Session::pages(const std::string& path, Query query, std::uint64_t most) {
  Tree items = Tree::list(), up_to_seq;
  if (most != 0 && most < largest_page) query.emplace_back("limit", std::to_string(most));
  for (std::string cursor;;) {
    auto asked = query;
    asked.emplace_back("cursor", cursor);
    const auto page = get(with_query(path, asked));
    if (up_to_seq.is_null() && page.find("up_to_seq") != nullptr) up_to_seq = *page.find("up_to_seq");
    for (const auto& item : items_of(page)) items.push(item);
    const auto next = member(page, "next");
    const auto have = items.as_list()->size();
    if (next.empty() || next == cursor || (most != 0 && have >= most)) break;
    cursor = next;
  }
  if (most != 0 && items.as_list()->size() > most) items.as_list()->resize(most);
  Tree whole = Tree::object();
  if (!up_to_seq.is_null()) whole.set("up_to_seq", up_to_seq);
  return whole.set("items", std::move(items));
}

bool Session::print_json(const Tree& tree) {
  if (json_) terminal_.out << json::pretty(tree) << "\n";
  return json_;
}

void Session::say(const std::string& line) { terminal_.out << line << "\n"; }
void Session::note(const std::string& message) { terminal_.err << "aidledger: " << message << "\n"; }

bool Session::confirm(const std::string& question, bool yes) {
  if (yes) return true;
  if (!terminal_.err_is_terminal) throw Failure(Exit::usage, question + " Nobody is here to be asked.", "say --yes");
  terminal_.err << question << " [y/N] " << std::flush;
  std::string answer;
  std::getline(terminal_.in, answer);
  return answer == "y" || answer == "Y" || answer == "yes";
}

}  // namespace aidledger::cli
