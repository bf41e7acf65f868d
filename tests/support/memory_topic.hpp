#pragma once
// A compacted topic in memory, for one node or several: each reads it through a KeyedTopic of its own. It can be
// compacted at any moment, be away, and keep a put in doubt.
#include <mutex>
#include <set>
#include <stdexcept>
#include <utility>
#include <vector>

#include "src/vault/keyed_topic.hpp"

namespace aidledger::test {

/// What the brokers hold.
class MemoryTopic {
 public:
  struct Entry {
    std::uint64_t offset;
    std::string name;
    std::optional<Bytes> value;
  };

  void append(std::string name, std::optional<Bytes> value) {
    const std::lock_guard lock(mutex_);
    entries_.push_back({next_++, std::move(name), std::move(value)});
  }
  /// What is replaced goes, and tombstones too when they are old enough; offsets stay.
  void compact(bool tombstones_too = true) {
    const std::lock_guard lock(mutex_);
    std::set<std::string> later;
    std::vector<Entry> left;
    for (auto one = entries_.rbegin(); one != entries_.rend(); ++one)
      if (later.insert(one->name).second && (one->value || !tombstones_too)) left.push_back(*one);
    entries_.assign(left.rbegin(), left.rend());
  }
  std::vector<Entry> from(std::uint64_t offset) const {
    const std::lock_guard lock(mutex_);
    std::vector<Entry> out;
    for (const auto& one : entries_)
      if (one.offset >= offset) out.push_back(one);
    return out;
  }
  std::uint64_t end() const {
    const std::lock_guard lock(mutex_);
    return next_;
  }
  /// Lost, and made anew: empty, its offsets from the beginning.
  void make_anew() {
    const std::lock_guard lock(mutex_);
    entries_.clear();
    next_ = 0;
  }
  bool holds(BytesView bytes) const {
    for (const auto& one : from(0))
      if (one.name.find(bytes) != Bytes::npos || (one.value && one.value->find(bytes) != Bytes::npos)) return true;
    return false;
  }

 private:
  mutable std::mutex mutex_;
  std::vector<Entry> entries_;
  std::uint64_t next_ = 0;
};

/// One node's way to it.
class MemoryTopicClient : public vault::KeyedTopic {
 public:
  /// `before_access`: called at every put and every reading, before it reaches the topic.
  explicit MemoryTopicClient(MemoryTopic& topic, std::function<void()> before_access = {})
      : topic_(topic), before_access_(std::move(before_access)) {}

  void put(Entries entries) override {
    ++puts;
    if (before_access_) before_access_();
    if (away) throw std::runtime_error("the brokers cannot be reached");
    for (auto& [name, value] : entries) {
      if (entries_left == 0) throw std::runtime_error("the process was killed");
      --entries_left;
      topic_.append(std::move(name), std::move(value));
    }
    if (std::exchange(in_doubt, false)) throw std::runtime_error("no answer came from the brokers");
  }
  void read_to_end(const Visit& visit) override {
    ++reads;
    if (before_access_) before_access_();
    if (away) throw std::runtime_error("the brokers cannot be reached");
    const auto end = topic_.end();
    if (end < next_) {
      next_ = 0;
      throw vault::TopicReplaced("the topic ends before what was read of it");
    }
    for (const auto& one : topic_.from(next_))
      if (one.offset < end) visit(one.name, one.value ? std::optional<BytesView>(*one.value) : std::nullopt);
    next_ = end;
  }

  bool away = false;
  bool in_doubt = false;                       ///< the next put arrives, and its answer does not
  std::size_t entries_left = ~std::size_t{0};  ///< so many still arrive
  int puts = 0, reads = 0;

 private:
  MemoryTopic& topic_;
  std::function<void()> before_access_;
  std::uint64_t next_ = 0;
};

}  // namespace aidledger::test
