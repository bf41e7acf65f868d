#pragma once
// The vault that all nodes of a ledger share: a compacted topic is its truth, every value wrapped by a key-encryption
// key (kek.hpp), all of it in memory as well. Any node opens what any node put, and a node whose disk is lost loses no
// name. (The key that signs a node's batches is that node's own and lies in its local vault, never here.)
//
// Memory follows the topic's order and nothing else: a put counts when it has been read back. Names are given one
// value, once, or destroyed; so nothing depends on who is first, and a late copy of an entry, or one wrapped anew,
// changes nothing. The one exception, secrets that have to be the same for all, are candidates of which the first
// counts.
//
// Others' entries are seen: at every look of follow(), within look_us; at a put of our own; after a miss, at once, but
// no more often than misses_per_second allows. While the topic cannot be read, what is known goes on being served:
// state() says since when.
//
// A topic that was lost or made anew is taken for what it is: what is known goes on being served, and nothing is put
// until the topic holds all of it again (`aidledger vault publish`).
//
// An erasure is out of sight when erase returns, and its tombstones are in the topic, or owed: follow() writes them as
// soon as it can, and after a restart the ledger tells of every erasure anew. When the brokers' files have forgotten
// it, too: topic_settings.hpp.
#include <chrono>
#include <mutex>

#include "src/vault/keyed_topic.hpp"
#include "src/vault/topic_view.hpp"
#include "src/vault/vault.hpp"

namespace aidledger::vault {

inline constexpr std::int64_t look_us = 250'000;
/// So long whoever has missed something waits for others' entries, at most.
inline constexpr auto longest_look = std::chrono::milliseconds(300);
inline constexpr std::int64_t misses_per_second = 10, misses_at_once = 20;
inline constexpr const char* silence_breaker = "@";    ///< the name of a tombstone that destroys nothing
inline constexpr std::size_t entries_at_once = 1'000;  ///< of a rewrap, a move

struct TopicVaultSettings {
  std::string ledger;
  KekRing keks;
  bool may_be_new = false;  ///< only where the ledger itself is being made
  /// After such a silence a node writes an entry without meaning: brokers close a file, and then forget what was
  /// destroyed in it, only when something comes behind it. The first look of a node writes one, too.
  std::int64_t silence_us = 1'800'000'000;
};

struct TopicVaultState {
  std::int64_t read_at_us = 0;  ///< monotonic; when the topic was last read to its end
  std::string trouble;          ///< why it cannot be read, or some entries not be opened; empty when all is well
  std::size_t owed = 0;         ///< destroyed names whose tombstones are not in the topic yet
  std::uint64_t forged = 0;     ///< entries that nobody with a key held here wrote for this ledger: an alarm
};

class TopicVault : public Vault {
 public:
  /// Reads the topic to its end. Throws std::runtime_error, saying what to do: when it cannot be read; when entries
  /// take a key that is not held; when it holds another ledger's vault; when it holds none and one must be there, for
  /// then new secrets would be made and every person look erased.
  TopicVault(KeyedTopic& topic, world::Random& random, world::Clock& clock, TopicVaultSettings settings);

  void put(const std::string& name, BytesView value) override { put_many({{name, Bytes(value)}}); }
  void put_many(const std::vector<std::pair<std::string, Bytes>>& entries) override;
  Bytes put_once(const std::string& name, BytesView value) override;
  std::optional<Bytes> get(const std::string& name) const override { return view_.get(name); }
  void erase(const std::string& name) override { erase_many({name}); }
  void erase_many(const std::vector<std::string>& names) override;
  void list(const std::string& prefix,
            const std::function<bool(const std::string& name, BytesView value)>& visit) const override {
    view_.list(prefix, visit);
  }
  bool look_again() override;

  /// Reads on every look_us, writes what is owed, and tells of names that came (for Sealer::erase_late). On `tasks`,
  /// which has to be gone before this is; it should be a thread of its own, for a look waits for the brokers.
  void follow(world::Tasks& tasks, std::function<void(const std::vector<std::string>& names)> came);
  TopicVaultState state() const;
  /// From now on look_again reads on `tasks`, a thread of its own, so that a broker that is slow or frozen holds up
  /// whoever has missed something for longest_look, once. As long as look_again is called, `tasks` has to be there.
  void look_apart(world::Tasks& tasks) { apart_ = &tasks; }

  /// Wraps by the current key what an older one of the ring wraps; nodes that hold both go on meanwhile. Interrupted
  /// anywhere, it can be begun again. Returns how many entries it wrapped: the work is done when it returns 0. The
  /// older key goes on opening what the brokers' files have not forgotten, and backups.
  std::size_t rewrap();

 private:
  std::string lacks() const;
  void write(KeyedTopic::Entries entries);
  void read_on();
  bool looked();
  bool looked_apart();
  bool may_look();
  void pay();
  void look(world::Tasks& tasks, const std::function<void(const std::vector<std::string>&)>& came);
  void check_opened() const;
  Bytes wrapped(const std::string& name, BytesView value) const;

  KeyedTopic& topic_;
  world::Random& random_;
  world::Clock& clock_;
  const TopicVaultSettings settings_;
  TopicView view_;
  std::mutex writing_, reading_;  ///< one in put, one in read_to_end
  mutable std::mutex telling_;    ///< of what follows
  std::int64_t read_at_us_ = 0;
  std::optional<std::int64_t> last_entry_us_;  ///< when one came that was not there at the start
  std::string trouble_;
  bool slow_ = false;  ///< a look was given up, and none has ended since
  world::Tasks* apart_ = nullptr;
  std::int64_t allowance_us_, allowance_at_us_;  ///< of misses; each takes a part of it, time gives it back
};

}  // namespace aidledger::vault
