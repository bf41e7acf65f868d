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
#include <functional>

#include "events/row_table.hpp"

namespace aidledger {

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
  /// Sets the row, whatever was there before: cheaper than edit where nothing older matters. Nothing is read, and the
  /// row is kept as its bytes: best for rows that are seldom looked at again.
  template <class R>
  void put(std::string_view key, const R& row) {
    put(row_type<R>(), key, &row);
  }
  template <class R>
  void erase(std::string_view key) {
    erase(row_type<R>(), key);
  }

  /// One row that changed. Valid during the visit.
  class Change {
   public:
    Change(const RowType& of, const RowEntry& entry) : type(of), key(entry.key), entry_(entry) {}
    const RowType& type;
    std::string_view key;
    bool gone() const { return entry_.gone(); }
    /// Appends the row's bytes; not of a row that is gone.
    void encode_to(Bytes& out) const;

   private:
    const RowEntry& entry_;
  };
  using Visit = std::function<void(const Change&)>;
  /// What changed since the last call (each row once, as it is now), in order of table and key.
  void take_changes(const Visit& visit);
  /// What changed since the last take_fresh or take_changes; take_changes will still give it.
  void take_fresh(const Visit& visit);
  /// Takes over what a layer above this one changed. `above` must have been made over this layer and is empty
  /// afterwards.
  void absorb(Layer& above);
  /// Reads go to something else below from now on, with equal contents.
  void rebase(const Rows& below) { below_ = &below; }
  std::size_t size() const;

 private:
  void* edit(const RowType& type, std::string_view key);
  void put(const RowType& type, std::string_view key, const void* row);
  void erase(const RowType& type, std::string_view key);
  const RowTable* find_table(std::uint8_t number) const;
  RowTable& table_of(const RowType& type);
  RowEntry& set(const RowType& type, std::string_view key);
  void mark(RowTable& table, std::uint32_t place);

  const Rows* below_;
  std::array<std::uint8_t, 256> place_of_{};  ///< by table number: 1 + its place in tables_; 0 = none yet
  std::vector<std::unique_ptr<RowTable>> tables_;
  std::vector<std::pair<RowTable*, std::uint32_t>> fresh_;
  Arena kept_;     ///< keys, and rows that were put
  Bytes scratch_;  ///< of put
};

}  // namespace aidledger
