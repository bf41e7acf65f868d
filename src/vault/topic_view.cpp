#include "src/vault/topic_view.hpp"

#include <algorithm>
#include <mutex>
#include <utility>

#include "src/vault/aead.hpp"

namespace aidledger::vault {

std::string without_candidate(std::string_view topic_name) {
  return std::string(topic_name.substr(0, topic_name.find('@')));
}

TopicView::TopicView(std::string ledger, KekRing keks) : ledger_(std::move(ledger)), keks_(std::move(keks)) {}

void TopicView::take(std::string_view name, std::optional<BytesView> wrapped) {
  const std::string key(name);
  const std::unique_lock lock(mutex_);
  if (!wrapped) {
    unopened_.erase(key);
    hidden_.erase(key);
    return remove(key);
  }
  const auto id = kek_id_of(*wrapped);
  const Kek* kek = id ? keks_.find(*id) : nullptr;
  if (id && kek == nullptr) return void(unopened_[key] = to_hex(*id));
  auto value = kek != nullptr ? unwrap(*kek, {ledger_, name}, *wrapped) : std::nullopt;
  if (!value) return void(++forged_);
  unopened_.erase(key);
  if (watched_) arrived_.push_back(key);
  if (const auto held = entries_.find(without_candidate(name)); held != entries_.end() && held->second.value == *value)
    lacking_.erase(held->first);
  if (!hidden_.contains(key)) put(key, {std::move(*value), kek == &keks_.current});
}

void TopicView::put(const std::string& name, Held held) {
  if (name.find('@') != std::string::npos)
    put_candidate(name, std::move(held));
  else
    entries_[name] = std::move(held);
}

void TopicView::remove(const std::string& name) {
  if (name.find('@') != std::string::npos) return remove_candidate(name);
  const auto found = entries_.find(name);
  if (found == entries_.end()) return;
  lacking_.erase(name);
  wipe(found->second.value);
  entries_.erase(found);
}

/// One that comes again (wrapped by another key) keeps its place.
void TopicView::put_candidate(const std::string& name, Held held) {
  const std::string whose = without_candidate(name);
  auto& all = candidates_[whose];
  auto known = std::ranges::find(all, name, &Candidate::name);
  if (known == all.end()) known = all.insert(all.end(), {name, {}});
  known->held = std::move(held);
  entries_[whose] = all.front().held;
}

void TopicView::remove_candidate(const std::string& name) {
  const std::string whose = without_candidate(name);
  auto& all = candidates_[whose];
  std::erase_if(all, [&](const Candidate& one) { return one.name == name; });
  if (!all.empty()) return void(entries_[whose] = all.front().held);
  candidates_.erase(whose);
  entries_.erase(whose);
}

void TopicView::begin_anew() {
  const std::unique_lock lock(mutex_);
  for (const auto& [name, held] : entries_) lacking_.insert(name);
  unopened_.clear();
  forged_ = 0;
}

std::size_t TopicView::lacking() const {
  const std::shared_lock lock(mutex_);
  return lacking_.size();
}

std::optional<Bytes> TopicView::get(const std::string& name) const {
  const std::shared_lock lock(mutex_);
  const auto found = entries_.find(name);
  return found == entries_.end() ? std::nullopt : std::optional(found->second.value);
}

void TopicView::list(const std::string& prefix,
                     const std::function<bool(const std::string& name, BytesView value)>& visit) const {
  const std::shared_lock lock(mutex_);
  for (auto one = entries_.lower_bound(prefix); one != entries_.end() && one->first.starts_with(prefix); ++one)
    if (!visit(one->first, one->second.value)) return;
}

void TopicView::hide(const std::vector<std::string>& names) {
  const std::unique_lock lock(mutex_);
  for (const auto& name : names) {
    if (!entries_.contains(name) && !unopened_.contains(name)) continue;
    remove(name);
    hidden_.insert(name);
  }
}

std::vector<std::string> TopicView::hidden() const {
  const std::shared_lock lock(mutex_);
  return {hidden_.begin(), hidden_.end()};
}

std::vector<std::string> TopicView::arrived() {
  const std::unique_lock lock(mutex_);
  watched_ = true;
  return std::exchange(arrived_, {});
}

std::vector<TopicView::Entry> TopicView::under_older_kek() const {
  const std::shared_lock lock(mutex_);
  std::vector<Entry> out;
  for (const auto& [name, held] : entries_)
    if (!held.current && !candidates_.contains(name)) out.push_back({name, held.value});
  for (const auto& [name, all] : candidates_)
    for (const auto& one : all)
      if (!one.held.current) out.push_back({one.name, one.held.value});
  return out;
}

std::vector<std::string> TopicView::lost_candidates() const {
  const std::shared_lock lock(mutex_);
  std::vector<std::string> out;
  for (const auto& [name, all] : candidates_)
    for (std::size_t i = 1; i < all.size(); ++i) out.push_back(all[i].name);
  return out;
}

std::map<std::string, std::string> TopicView::missing_keks() const {
  const std::shared_lock lock(mutex_);
  std::map<std::string, std::string> out;
  for (const auto& [name, id] : unopened_) out.emplace(id, name);
  return out;
}

std::uint64_t TopicView::forged() const {
  const std::shared_lock lock(mutex_);
  return forged_;
}

bool TopicView::empty() const {
  const std::shared_lock lock(mutex_);
  return entries_.empty();
}

}  // namespace aidledger::vault
