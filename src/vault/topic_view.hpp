#pragma once
// What a vault's topic says, as far as it has been read: a fold over its entries, in their order. Of the candidates for
// a name that is made once (<name>@<random hex>) the first in the topic's order stands for the name; '@' is no letter
// of names in the vault. May be used from several threads.
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <shared_mutex>
#include <string>
#include <vector>

#include "src/vault/kek.hpp"

namespace aidledger::vault {

class TopicView {
 public:
  TopicView(std::string ledger, KekRing keks);

  /// The next entry of the topic; nullopt is a tombstone. What cannot be opened is counted and changes nothing.
  void take(std::string_view name, std::optional<BytesView> wrapped);

  /// What comes from here on is another topic, from its beginning; what is held stays, and is expected to come again.
  /// What did not open is counted anew.
  void begin_anew();
  /// How many names are held that have not come again, with the same value.
  std::size_t lacking() const;

  std::optional<Bytes> get(const std::string& name) const;
  void list(const std::string& prefix,
            const std::function<bool(const std::string& name, BytesView value)>& visit) const;

  /// Out of sight from here on, whatever comes of these names before their tombstones do. Names that are not there are
  /// passed over.
  void hide(const std::vector<std::string>& names);
  /// Hidden names whose tombstones have not been read yet.
  std::vector<std::string> hidden() const;
  /// From the first call on: names whose entries came since the last one, in order.
  std::vector<std::string> arrived();

  /// Entries as they stand in the topic, candidates under their own names: for wrapping them again.
  struct Entry {
    std::string name;
    Bytes value;
  };
  std::vector<Entry> under_older_kek() const;
  /// Candidates that were not the first.
  std::vector<std::string> lost_candidates() const;

  /// The ids (hex) of keys that are not held here and that entries take, each with the name of one such entry.
  std::map<std::string, std::string> missing_keks() const;
  /// Entries of this ledger's name and of a key held here that do not open: damaged, forged, or another ledger's.
  std::uint64_t forged() const;
  bool empty() const;

 private:
  struct Held {
    Bytes value;
    bool current = true;  ///< wrapped by the current key
  };
  struct Candidate {
    std::string name;
    Held held;
  };
  void put(const std::string& name, Held held);
  void remove(const std::string& name);
  void put_candidate(const std::string& name, Held held);
  void remove_candidate(const std::string& name);

  const std::string ledger_;
  const KekRing keks_;
  mutable std::shared_mutex mutex_;  ///< of what follows
  std::map<std::string, Held> entries_;
  std::map<std::string, std::vector<Candidate>> candidates_;  ///< by the name that they are for, in topic order
  std::map<std::string, std::string> unopened_;               ///< name in the topic: id of the key that it takes
  std::set<std::string> hidden_;
  std::set<std::string> lacking_;
  std::uint64_t forged_ = 0;
  bool watched_ = false;
  std::vector<std::string> arrived_;
};

/// The name that a candidate is for; the name itself where it is none.
std::string without_candidate(std::string_view topic_name);

}  // namespace aidledger::vault
