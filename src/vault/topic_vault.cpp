#include "src/vault/topic_vault.hpp"

#include <algorithm>
#include <future>
#include <memory>
#include <stdexcept>
#include <utility>

namespace aidledger::vault {
namespace {

constexpr std::string_view made_once = "secret/";
constexpr std::size_t candidate_bytes = 8;
constexpr std::int64_t cost_of_miss_us = 1'000'000 / misses_per_second,
                       most_allowance_us = misses_at_once * cost_of_miss_us;

void check_not_made_once(const std::string& name) {
  if (name.starts_with(made_once))
    throw std::invalid_argument("what is made once for all is neither put nor destroyed: " + name);
}

KeyedTopic::Entries tombstones(const std::vector<std::string>& names) {
  KeyedTopic::Entries out;
  for (const auto& name : names) out.emplace_back(name, std::nullopt);
  return out;
}

std::string ids_of(const KekRing& keks) {
  std::string out = to_hex(keks.current.id());
  for (const auto& one : keks.older) out += ", " + to_hex(one.id());
  return out;
}

}  // namespace

TopicVault::TopicVault(KeyedTopic& topic, world::Random& random, world::Clock& clock, TopicVaultSettings settings)
    : topic_(topic),
      random_(random),
      clock_(clock),
      settings_(std::move(settings)),
      view_(settings_.ledger, settings_.keks),
      allowance_us_(most_allowance_us),
      allowance_at_us_(clock.monotonic_us()) {
  read_on();
  last_entry_us_.reset();
  check_opened();
}

void TopicVault::check_opened() const {
  if (const auto missing = view_.missing_keks(); !missing.empty())
    throw std::runtime_error("the vault's topic holds entries (" + missing.begin()->second +
                             ") that take the key-encryption key " + missing.begin()->first + ", and this node holds " +
                             ids_of(settings_.keks) + " only: name the file of the ledger's own key");
  if (view_.empty() && view_.forged() > 0)
    throw std::runtime_error("the vault's topic does not open for the ledger " + settings_.ledger +
                             ": it is another ledger's");
  bool there = false;
  view_.list(std::string(made_once), [&](const std::string&, BytesView) { return there = true, false; });
  if (!there && !settings_.may_be_new)
    throw std::runtime_error("the vault's topic holds no vault of the ledger " + settings_.ledger +
                             ": with a new one every person would look erased; put the vault's backup into it: "
                             "aidledger vault publish FOLDER");
}

// Writing.

Bytes TopicVault::wrapped(const std::string& name, BytesView value) const {
  return wrap(settings_.keks.current, {settings_.ledger, name}, random_, value);
}

/// Why nothing may be put: a topic that was made anew is put back whole first, by what is held here.
std::string TopicVault::lacks() const {
  const std::size_t lacking = view_.lacking();
  if (lacking == 0) return {};
  return "the vault's topic was made anew and lacks " + std::to_string(lacking) +
         " entries that this node holds: aidledger backup on this node, then aidledger vault publish";
}

void TopicVault::write(KeyedTopic::Entries entries) {
  if (const auto why = lacks(); !why.empty()) throw std::runtime_error(why);
  {
    const std::lock_guard writing(writing_);
    topic_.put(std::move(entries));
  }
  read_on();
}

void TopicVault::put_many(const std::vector<std::pair<std::string, Bytes>>& entries) {
  check_entries(entries);
  KeyedTopic::Entries out;
  for (const auto& [name, value] : entries) {
    check_not_made_once(name);
    out.emplace_back(name, wrapped(name, value));
  }
  write(std::move(out));
}

/// What is known of it stays so: a node that has read the vault starts, though no broker answers any more.
Bytes TopicVault::put_once(const std::string& name, BytesView value) {
  check_entries({{name, Bytes(value)}});
  if (auto known = get(name)) return std::move(*known);
  read_on();
  if (auto there = get(name)) return *there;
  const std::string candidate = name + "@" + to_hex(random_.bytes(candidate_bytes));
  write({{candidate, wrapped(candidate, value)}});
  auto first = get(name);
  if (!first) throw std::runtime_error("the vault's topic did not give back " + name);
  return std::move(*first);
}

void TopicVault::erase_many(const std::vector<std::string>& names) {
  for (const auto& name : names) check_not_made_once(name);
  view_.hide(names);
  try {
    pay();
  } catch (const std::runtime_error& error) {
    const std::lock_guard telling(telling_);
    trouble_ = error.what();
  }
}

/// Tombstones for all that is hidden, and something behind them when the topic has been silent for too long.
void TopicVault::pay() {
  auto entries = tombstones(view_.hidden());
  {
    const std::lock_guard telling(telling_);
    if (!last_entry_us_ || clock_.monotonic_us() - *last_entry_us_ >= settings_.silence_us)
      entries.emplace_back(silence_breaker, std::nullopt);
  }
  if (!entries.empty()) write(std::move(entries));
}

std::size_t TopicVault::rewrap() {
  read_on();
  const auto lost = view_.lost_candidates();
  if (!lost.empty()) write(tombstones(lost));  // before the first moves behind them in the topic's order
  const auto old = view_.under_older_kek();
  for (std::size_t at = 0; at < old.size(); at += entries_at_once) {
    KeyedTopic::Entries entries;
    for (std::size_t i = at; i < std::min(at + entries_at_once, old.size()); ++i)
      entries.emplace_back(old[i].name, wrapped(old[i].name, old[i].value));
    write(std::move(entries));
  }
  return old.size();
}

// Reading.

void TopicVault::read_on() {
  const std::lock_guard reading(reading_);
  bool any = false;
  try {
    topic_.read_to_end([&](std::string_view name, std::optional<BytesView> value) {
      any = true;
      view_.take(name, value);
    });
  } catch (const std::runtime_error& error) {
    if (dynamic_cast<const TopicReplaced*>(&error) != nullptr) view_.begin_anew();
    const std::lock_guard telling(telling_);
    trouble_ = error.what();
    throw;
  }
  const std::string lacks = this->lacks();
  const std::lock_guard telling(telling_);
  trouble_ = lacks;
  slow_ = false;
  read_at_us_ = clock_.monotonic_us();
  if (any) last_entry_us_ = read_at_us_;
}

bool TopicVault::look_again() { return may_look() && (apart_ != nullptr ? looked_apart() : looked()); }

bool TopicVault::may_look() {
  const std::lock_guard telling(telling_);
  const std::int64_t now = clock_.monotonic_us();
  allowance_us_ = std::min(allowance_us_ + now - std::exchange(allowance_at_us_, now), most_allowance_us);
  if (allowance_us_ < cost_of_miss_us || !trouble_.empty() || slow_) return false;
  allowance_us_ -= cost_of_miss_us;
  return true;
}

bool TopicVault::looked() {
  try {
    read_on();
    return true;
  } catch (const std::runtime_error&) {
    return false;  // state() says why
  }
}

bool TopicVault::looked_apart() {
  const auto looked = std::make_shared<std::promise<bool>>();
  auto answer = looked->get_future();
  apart_->post([this, looked] { looked->set_value(this->looked()); });
  if (answer.wait_for(longest_look) == std::future_status::ready) return answer.get();
  const std::lock_guard telling(telling_);
  slow_ = true;
  return false;
}

void TopicVault::follow(world::Tasks& tasks, std::function<void(const std::vector<std::string>&)> came) {
  view_.arrived();
  tasks.post([this, &tasks, came = std::move(came)] { look(tasks, came); });
}

void TopicVault::look(world::Tasks& tasks, const std::function<void(const std::vector<std::string>&)>& came) {
  try {
    read_on();
    if (const auto names = view_.arrived(); !names.empty()) came(names);
    pay();
  } catch (const std::runtime_error& error) {
    const std::lock_guard telling(telling_);
    trouble_ = error.what();
  }
  tasks.after(look_us, [this, &tasks, came] { look(tasks, came); });
}

TopicVaultState TopicVault::state() const {
  TopicVaultState out;
  {
    const std::lock_guard telling(telling_);
    out.read_at_us = read_at_us_;
    out.trouble = trouble_;
  }
  if (const auto missing = view_.missing_keks(); out.trouble.empty() && !missing.empty())
    out.trouble = "entries take the key-encryption key " + missing.begin()->first + ", which this node does not hold";
  out.owed = view_.hidden().size();
  out.forged = view_.forged();
  return out;
}

}  // namespace aidledger::vault
