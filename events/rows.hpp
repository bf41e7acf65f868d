#pragma once
// Rows as rules and projections see them: typed, by key, in layers. A layer holds what was changed above something
// older (another layer, or the store): the decisions of one batch see each other's rows without anything being
// committed, and a rebuild is one layer over nothing.
//
// A row type is a described struct with
//   static constexpr std::uint8_t table;       // its number: stored, never reused (events/tables.hpp)
//   static constexpr bool historic;            // keeps every version, so that known_at can be asked
// and is registered in one .cpp by AIDLEDGER_ROW(Row) (events/row_codec.hpp).
#include <array>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "events/values/bytes.hpp"
#include "events/values/tree.hpp"

namespace aidledger {

struct RowType {
  std::uint8_t table;
  bool historic;
  std::shared_ptr<void> (*decode)(BytesView);  ///< throws DecodeError
  void (*encode)(const void* row, Bytes& out);
  std::shared_ptr<void> (*copy)(const void* row);
  std::shared_ptr<void> (*make)();
};

template <class R>
const RowType& row_type();

/// Key parts are joined by a zero byte, which no id contains: a prefix of parts is a prefix of bytes.
std::string row_key(std::initializer_list<std::string_view> parts);
/// A number as a key part that sorts by value.
std::string key_number(std::uint64_t number);
std::vector<std::string_view> key_parts(std::string_view key);

using RowPtr = std::shared_ptr<const void>;
/// In key order; return false to stop.
using RowVisit = std::function<bool(std::string_view key, const RowPtr& row)>;

class Rows {
 public:
  virtual ~Rows() = default;
  virtual RowPtr find(const RowType& type, std::string_view key) const = 0;
  virtual void scan(const RowType& type, std::string_view prefix, const RowVisit& visit) const = 0;
  /// The same from key `from` (inclusive) on: how a list goes on after a page. Stores seek; the default skips.
  virtual void scan_from(const RowType& type, std::string_view prefix, std::string_view from,
                         const RowVisit& visit) const {
    scan(type, prefix, [&](std::string_view key, const RowPtr& row) { return key < from || visit(key, row); });
  }

  /// The row, or null.
  template <class R>
  std::shared_ptr<const R> get(std::string_view key) const {
    return std::static_pointer_cast<const R>(find(row_type<R>(), key));
  }
  /// Every row whose key starts with `prefix`, in key order; visit(key, row) returns false to stop.
  template <class R, class V>
  void each(std::string_view prefix, V&& visit) const {
    scan(row_type<R>(), prefix,
         [&](std::string_view key, const RowPtr& row) { return visit(key, *static_cast<const R*>(row.get())); });
  }
  template <class R, class V>
  void each_from(std::string_view prefix, std::string_view from, V&& visit) const {
    scan_from(row_type<R>(), prefix, from,
              [&](std::string_view key, const RowPtr& row) { return visit(key, *static_cast<const R*>(row.get())); });
  }
};

/// Rows of nothing.
const Rows& no_rows();

class Layer : public Rows {
 public:
  explicit Layer(const Rows& below) : below_(&below) {}
  /// A layer over a layer is made from a `const Rows&`: `Layer(layer)` would read like one and be a copy.
  Layer(const Layer&) = delete;
  Layer& operator=(const Layer&) = delete;

  RowPtr find(const RowType& type, std::string_view key) const override;
  void scan(const RowType& type, std::string_view prefix, const RowVisit& visit) const override;

  /// The row to change, made (empty) where there is none.
  template <class R>
  R& edit(std::string_view key) {
    return *static_cast<R*>(edit(row_type<R>(), key));
  }
  /// Sets the row, whatever was there before: cheaper than edit where nothing older matters, since nothing is read.
  template <class R>
  void put(std::string_view key, R row) {
    put(row_type<R>(), key, std::make_shared<R>(std::move(row)));
  }
  template <class R>
  void erase(std::string_view key) {
    erase(row_type<R>(), key);
  }

  struct Change {
    const RowType* type;
    std::string key;
    RowPtr row;  ///< null = gone
  };
  /// Calls visit(change) for what changed since the last call (each row once, as it is now), in order of table and key.
  void take_changes(const std::function<void(const Change&)>& visit);
  /// Calls visit(change) for what changed since the last take_fresh or take_changes; take_changes will still give it.
  void take_fresh(const std::function<void(const Change&)>& visit);
  /// Every row of this layer, in no order.
  void each_row(const std::function<void(const Change&)>& visit) const;
  /// Takes over what a layer above this one changed. `above` must have been made over this layer and is empty
  /// afterwards.
  void absorb(Layer& above);
  /// Reads go to something else below from now on, with equal contents.
  void rebase(const Rows& below) { below_ = &below; }
  std::size_t size() const;

 private:
  struct Entry {
    std::string key;
    std::shared_ptr<void> row;  ///< null = erased
    bool changed = false;
    bool fresh = false;
  };
  /// The rows of one table: entries in order of arrival, which never move, found by an open-addressed index. A rebuild
  /// lives in here.
  class Table {
   public:
    const RowType* type = nullptr;
    std::deque<Entry> entries;
    std::vector<Entry*> changed;

    const Entry* find(std::string_view key) const;
    /// The entry, made where there is none; `made` tells.
    Entry& at(std::string_view key, bool& made);

   private:
    struct Slot {
      std::uint32_t hash = 0;
      std::uint32_t entry = 0;  ///< index + 1; 0 = free
    };
    void grow();
    std::size_t slot_of(std::string_view key, std::uint32_t hash) const;
    std::vector<Slot> slots_;
  };
  void* edit(const RowType& type, std::string_view key);
  void put(const RowType& type, std::string_view key, std::shared_ptr<void> row);
  void erase(const RowType& type, std::string_view key);
  Table& table_of(const RowType& type);
  Entry& touch(const RowType& type, std::string_view key);
  void mark(Table& table, Entry& entry);

  const Rows* below_;
  std::array<std::unique_ptr<Table>, 256> tables_;  ///< by table number
  std::vector<std::pair<Table*, Entry*>> fresh_;
};

}  // namespace aidledger
