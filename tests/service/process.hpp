#pragma once
// A process that follows several ledgers in a folder, asked at its door without sockets.
#include <catch2/catch.hpp>

#include <condition_variable>
#include <future>

#include "src/http/handler.hpp"
#include "src/json/json.hpp"
#include "src/ledgers.hpp"
#include "src/settings/ledgers.hpp"
#include "tests/support/temp_folder.hpp"

namespace aidledger::test {

using Flags = std::map<std::string, std::string>;

/// The settings of `north` and `south` in a folder.
inline settings::Settings settings_in(const std::string& folder, const Flags& more = {}) {
  settings::Sources sources;
  sources.flags = {
      {"data", folder + "/data"}, {"vault", folder + "/vault"}, {"ledger", "north,south"}, {"log.segment_mib", "4"}};
  for (const auto& [key, value] : more) sources.flags[key] = value;
  return *settings::Settings::from(sources);
}

struct Answered {
  int status = 0;
  Tree body;
  std::string stale;  ///< the field that marks a read that may be behind
};

class Process {
 public:
  explicit Process(settings::Settings settings, ServeWish wish = {})
      : settings_(std::move(settings)), ledgers_(follow(settings_, wish, telling(), *metrics_)) {
    ledgers_.open("the test's door", [this](const std::string& line) { hear(line); }, [this] { hear("none left"); });
  }

  /// Returns the first line that begins in one of these ways, once it has been said.
  std::string heard(const std::vector<std::string>& beginnings) {
    std::unique_lock lock(mutex_);
    std::string found;
    said_.wait(lock, [&] {
      for (const auto& line : lines_)
        for (const auto& begin : beginnings)
          if (line.starts_with(begin)) return found = line, true;
      return false;
    });
    return found;
  }
  /// How many lines that were said so far begin so.
  std::size_t times_heard(const std::string& beginning) {
    const std::lock_guard lock(mutex_);
    return static_cast<std::size_t>(
        std::ranges::count_if(lines_, [&](const std::string& line) { return line.starts_with(beginning); }));
  }
  void serving(const std::vector<std::string>& ledgers) {
    for (const auto& ledger : ledgers) {
      const auto said = heard({"serving ledger " + ledger + " ", "the ledger " + ledger + " could not", "none left"});
      REQUIRE_THAT(said, Catch::StartsWith("serving"));
    }
  }

  std::string operator_token(const std::string& ledger) const {
    const auto of = settings::settings_of(settings_, ledger);
    std::string token = world::read_file(*world::real_disk(), operator_token_path(of));
    token.pop_back();
    return token;
  }
  /// A token made by the ledger's operator.
  std::string token(const std::string& ledger, const std::string& person, const std::string& role) {
    const auto made = post("/v1/tokens", operator_token(ledger),
                           Tree::object().set("person", person).set("roles", Tree::list().push(role)));
    REQUIRE(made.status == 201);
    return *made.body.at_path("data.token")->as_string();
  }

  Answered get(const std::string& target, const std::string& token) { return ask(http::Verb::get, target, token, {}); }
  Answered post(const std::string& target, const std::string& token, const Tree& body) {
    return ask(http::Verb::post, target, token, json::print(body));
  }
  /// Takes over an undertaker: an action that an operator may ask.
  Answered act(const std::string& ledger, const std::string& token, const std::string& undertaker) {
    return post("/v1/ledgers/" + ledger + "/actions", token,
                action("import-undertaker", undertaker,
                       Tree::object().set("undertaker", undertaker).set("source", "elsewhere")));
  }
  static Tree action(const std::string& type, const std::string& id, Tree data) {
    return Tree::object()
        .set("type", type)
        .set("action_id", id)
        .set("occurred_at", "2025-01-01T00:00:00Z")
        .set("data", std::move(data));
  }
  std::string figures() { return metrics_->text(); }
  Ledgers& ledgers() { return ledgers_; }

 private:
  Telling telling() {
    return {[this](const std::string& line) { hear(line); }, {}};
  }
  void hear(const std::string& line) {
    const std::lock_guard lock(mutex_);
    lines_.push_back(line);
    said_.notify_all();
  }
  Answered ask(http::Verb verb, const std::string& target, const std::string& token, const std::string& body) {
    auto admission = handler_.admit({.verb = verb,
                                     .target = target,
                                     .authorization = token.empty() ? "" : "Bearer " + token,
                                     .content_type = "application/json"});
    if (admission.answer) return read(*admission.answer);
    std::promise<http::Response> answered;
    handler_.handle(admission.visit, body, [&](const http::MakeResponse& make) { answered.set_value(make()); });
    return read(answered.get_future().get());
  }
  static Answered read(const http::Response& response) {
    auto body = json::parse(response.body.empty() ? "null" : response.body);
    Answered answered{response.status, body ? std::move(*body) : Tree(), {}};
    for (const auto& [name, value] : response.headers)
      if (name == http::stale_field.name) answered.stale = value;
    return answered;
  }

  std::mutex mutex_;
  std::condition_variable said_;
  std::vector<std::string> lines_;
  settings::Settings settings_;
  std::unique_ptr<http::Metrics> metrics_ = http::prometheus_metrics();
  std::unique_ptr<world::Clock> clock_ = world::system_clock();
  std::unique_ptr<world::Random> random_ = world::system_random();
  Ledgers ledgers_;
  http::Handler handler_{
      {ledgers_,
       *metrics_,
       *clock_,
       *random_,
       [this](std::string_view ledger, std::function<void()> task) { ledgers_.read(ledger, std::move(task)); },
       {},
       {}},
      {}};
};

}  // namespace aidledger::test
