#include "src/ledgers.hpp"

#include <algorithm>

#include "src/settings/ledgers.hpp"
#include "src/vault/directory_vault.hpp"

namespace aidledger {
namespace {

using http::No;

/// Of several, each has a folder of its own, and the vaults' folder lies in none of them.
void check_folders(const settings::Settings& settings, const std::vector<std::string>& ledgers) {
  const std::string& data = settings.text("data");
  const std::string vault = settings.vault_folder();
  if (settings::holds_one_ledger(data))
    throw CannotStart("the folder " + data + " holds one ledger itself, but each of several has a folder of its own: " +
                      "with the service stopped, move what is in " + data + " into " + data + "/ID, and what is in " +
                      vault + " into " + vault + "/ID, ID being that ledger's id");
  for (const auto& ledger : ledgers)
    if (vault::folders_overlap(vault, settings::settings_of(settings, ledger).text("data")))
      throw CannotStart("the vaults (" + vault + ") must lie neither in nor around the folder of the ledger " + ledger +
                        ": they are backed up apart; choose another --vault");
}

/// Of several, each says in lines how far it is: one drawn again would be drawn over another's.
Telling named(const Telling& telling, const std::string& ledger) {
  const Says of_it = [says = telling.says, ledger](const std::string& line) { says(ledger + ": " + line); };
  return {telling.says, said_in_lines(of_it)};
}

http::Readiness readiness_of_absent(const Followed& followed) {
  return {false, Tree::object()
                     .set("ledger", followed.ledger())
                     .set("halt", "")
                     .set("code", followed.away_code())
                     .set("why", followed.away())};
}

}  // namespace

std::vector<std::unique_ptr<Followed>> follow(const settings::Settings& settings, const ServeWish& wish,
                                              const Telling& telling, http::Metrics& metrics) {
  const auto ledgers = settings::split_ledgers(settings.text("ledger"));
  if (ledgers.size() > 1) check_folders(settings, ledgers);
  std::vector<std::unique_ptr<Followed>> followed;
  for (const auto& ledger : ledgers) {
    const Telling of = ledgers.size() > 1 ? named(telling, ledger) : telling;
    followed.push_back(std::make_unique<Followed>(settings::settings_of(settings, ledger), wish, of, metrics));
  }
  return followed;
}

Ledgers::Ledgers(std::vector<std::unique_ptr<Followed>> followed) : followed_(std::move(followed)) {}

/// One that cannot be opened asks all of them whether any is left.
Ledgers::~Ledgers() {
  for (const auto& one : followed_) one->give_up();
  for (const auto& one : followed_) one->join();
}

void Ledgers::open(const std::string& where, const Says& says, const std::function<void()>& none_left) {
  for (const auto& one : followed_)
    one->open(where, [this, says, none_left, one = one.get()] {
      if (followed_.size() > 1) says(one->away());
      if (failure()) none_left();
    });
}

std::exception_ptr Ledgers::failure() const {
  const bool any_left = std::ranges::any_of(followed_, [](const auto& one) { return !one->failure(); });
  return any_left ? nullptr : followed_.front()->failure();
}

void Ledgers::read(std::string_view ledger, std::function<void()> task) {
  Followed* followed = find(ledger);
  if (followed == nullptr) return task();  // which is told no
  followed->read(std::move(task));
}

Followed* Ledgers::find(std::string_view ledger) const {
  const auto found = std::ranges::find_if(followed_, [&](const auto& one) { return one->ledger() == ledger; });
  return found == followed_.end() ? nullptr : found->get();
}

/// Where a token was found before is looked first: elsewhere a vault would read on in its topic in vain.
http::Caller Ledgers::authenticate(std::string_view token) {
  const std::string_view id = token.substr(0, token.find('.'));
  const Followed* home = nullptr;
  {
    const std::lock_guard lock(homes_mutex_);
    if (const auto known = homes_.find(id); known != homes_.end()) home = known->second;
  }
  if (home != nullptr) return home->service()->authenticate(token);
  for (const auto& one : followed_) {
    if (one->service() == nullptr) continue;
    auto caller = one->service()->authenticate(token);
    if (caller == nullptr) continue;
    const std::lock_guard lock(homes_mutex_);
    homes_.emplace(id, one.get());
    return caller;
  }
  return nullptr;
}

std::string Ledgers::away(std::string_view ledger) {
  for (const auto& one : followed_)
    if (ledger.empty() || one->ledger() == ledger)
      if (auto why = one->away(); !why.empty()) return why;
  return {};
}

/// The ledger that is meant, where the path names none: the caller's own.
std::expected<NodeService*, No> Ledgers::service_for(const Principal& caller, std::string_view ledger) const {
  if (caller.ledger.empty() || (!ledger.empty() && ledger != caller.ledger)) {
    No no;
    no.kind = No::Kind::refused;
    no.refusal = rules::refuse(rules::not_allowed, "the token is for another ledger");
    return std::unexpected(std::move(no));
  }
  const Followed* followed = find(caller.ledger);
  if (followed == nullptr || followed->service() == nullptr)
    return std::unexpected(No{.detail = followed == nullptr ? std::string() : followed->away()});
  return followed->service();
}

void Ledgers::act(const http::Caller& caller, http::ActionInput input, std::function<void(http::Acted)> then) {
  auto service = service_for(*caller, input.ledger);
  if (!service) return then(std::unexpected(std::move(service.error())));
  (*service)->act(caller, std::move(input), std::move(then));
}

std::expected<http::Reply, No> Ledgers::call(const http::Call& call) {
  auto service = service_for(*call.caller, call.ledger);
  if (!service) return std::unexpected(std::move(service.error()));
  return (*service)->call(call);
}

std::expected<http::FeedPage, No> Ledgers::feed(const http::FeedQuery& query) {
  auto service = service_for(*query.caller, query.ledger);
  if (!service) return std::unexpected(std::move(service.error()));
  return (*service)->feed(query);
}

void Ledgers::when_readable(std::string_view ledger, Seq seq, std::function<void()> then) {
  const Followed* followed = find(ledger);
  if (followed == nullptr || followed->service() == nullptr) return then();  // what is asked then says why
  followed->service()->when_readable(ledger, seq, std::move(then));
}

std::string Ledgers::stale(std::string_view ledger) {
  const Followed* followed = find(ledger);
  return followed != nullptr && followed->service() != nullptr ? followed->service()->stale(ledger) : std::string();
}

http::Readiness Ledgers::readiness(std::string_view ledger) {
  http::Readiness all{true, Tree::list()};
  for (const auto& one : followed_) {
    if (!ledger.empty() && one->ledger() != ledger) continue;
    auto* service = one->service();
    auto ready = service != nullptr ? service->readiness(ledger) : readiness_of_absent(*one);
    all.ready = all.ready && ready.ready;
    all.detail.push(std::move(ready.detail.set("ready", ready.ready)));
  }
  return all;
}

}  // namespace aidledger
