#pragma once
// The rows of one table in memory, under a layer (events/rows.hpp): entries in order of arrival, found by an
// open-addressed index. A rebuild lives in here.
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "events/values/arena.hpp"

namespace aidledger {

struct RowType {
  std::uint8_t table;
  bool historic;
  std::shared_ptr<void> (*decode)(BytesView);  ///< throws DecodeError
  void (*encode)(const void* row, Bytes& out);
  std::shared_ptr<void> (*copy)(const void* row);
  std::shared_ptr<void> (*make)();
};

/// A row as itself or as its bytes; neither = erased.
struct RowEntry {
  std::string_view key;
  std::shared_ptr<void> row;
  std::optional<BytesView> packed;
  bool changed = false;
  bool fresh = false;
  bool gone() const { return !row && !packed; }
};

/// Keys and packed rows are the layer's: the table keeps views of them. A key may have entries that a later one
/// outdates. Entries are indexed when a key is looked for, and a few not at all: most rows of a rebuild are put and
/// never asked for. Not for two threads at once, not even to look.
class RowTable {
 public:
  explicit RowTable(const RowType& of) : type(&of) {}

  const RowType* type;
  std::vector<RowEntry> entries;
  std::vector<std::uint32_t> changed;  ///< places in entries

  /// The newest entry of the key, or nullptr.
  const RowEntry* find(std::string_view key) const;
  /// The place of the key's newest entry, made where there is none; `made` tells, and the key is then kept in `keys`.
  std::uint32_t at(std::string_view key, Arena& keys, bool& made);
  /// The place of a new entry of the key, which outdates whatever there is.
  std::uint32_t add(std::string_view key, Arena& keys);

 private:
  struct Slot {
    std::uint32_t hash = 0;
    std::uint32_t entry = 0;  ///< place + 1; 0 = free
  };
  std::uint32_t place_of(std::string_view key) const;
  void index_rest() const;
  void grow() const;
  std::size_t slot_of(std::string_view key, std::uint32_t hash) const;
  mutable std::vector<Slot> slots_;
  mutable std::size_t indexed_ = 0;  ///< so many entries
};

}  // namespace aidledger
