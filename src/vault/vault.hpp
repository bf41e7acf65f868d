#pragma once
// Keys by name, durable before use: data keys of persons, the ledger's secret keys, tokens, the blind index. A port: a
// local directory (directory_vault.hpp), memory (simulation), with Kafka a compacted topic that all nodes of a ledger
// share (topic_vault.hpp). Values are secrets: never logged, never in an error text. Who uses a vault gives a name one
// value, once: several nodes may put at the same moment, and neither order nor a late copy may matter.
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "events/values/bytes.hpp"

namespace aidledger::vault {

inline constexpr std::size_t max_name = 512;
inline constexpr std::size_t max_value = 1 << 20;

class Vault {
 public:
  virtual ~Vault() = default;
  /// Durable and read back when it returns; throws std::runtime_error otherwise. Replaces what was there. `name`: 1 to
  /// max_name of [A-Za-z0-9._/-], e.g. "person/<id>", "token/<id>", "index/<hex>/<person>"; std::invalid_argument when
  /// it is not.
  virtual void put(const std::string& name, BytesView value) = 0;
  /// The same for several, with one sync for all. A crash before it returns may leave any of them.
  virtual void put_many(const std::vector<std::pair<std::string, Bytes>>& entries) = 0;
  /// The value that this name has for everybody who shares the vault: `value` where nobody was first. Durable and read
  /// back when it returns. For what may be made by several nodes at once and has to be the same for all: secret/<name>.
  virtual Bytes put_once(const std::string& name, BytesView value) {
    if (auto there = get(name)) return *there;
    put(name, value);
    return Bytes(value);
  }
  virtual std::optional<Bytes> get(const std::string& name) const = 0;
  /// After a miss: true when it has looked for what other nodes put, so that asking once more may help. False where
  /// there are no others, where they cannot be reached, or when misses come too fast: whoever invents names must not
  /// make us ask the broker for each.
  virtual bool look_again() { return false; }
  /// Gone durably when it returns, with every earlier value of that name. Erasing what is not there is no error.
  virtual void erase(const std::string& name) = 0;
  virtual void erase_many(const std::vector<std::string>& names) = 0;
  /// All names starting with `prefix`, in order; return false to stop. `visit` must not call the vault.
  virtual void list(const std::string& prefix,
                    const std::function<bool(const std::string& name, BytesView value)>& visit) const = 0;
};

/// Throws std::invalid_argument, naming no value, when a name or a value is not as put wants it.
void check_entries(const std::vector<std::pair<std::string, Bytes>>& entries);

}  // namespace aidledger::vault
