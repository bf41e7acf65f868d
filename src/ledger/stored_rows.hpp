#pragma once
// Typed rows over stored bytes, and how a batch's changes become rows: the current row under its table and key, and for
// historic rows one more per change, under table, key and inverted seq, so that "as known at" is a seek.
#include "events/rows.hpp"
#include "src/store/row_store.hpp"

namespace aidledger::ledger {

/// Rows as they are now.
class StoredRows : public Rows {
 public:
  explicit StoredRows(const store::RowReader& reader) : reader_(&reader) {}
  RowPtr find(const RowType& type, std::string_view key) const override;
  void scan(const RowType& type, std::string_view prefix, const RowVisit& visit) const override {
    scan_from(type, prefix, prefix, visit);
  }
  void scan_from(const RowType& type, std::string_view prefix, std::string_view from,
                 const RowVisit& visit) const override;

 private:
  const store::RowReader* reader_;
};

/// Historic rows as they were known after record `seq`; rows without history as they are now.
class RowsKnownAt : public Rows {
 public:
  RowsKnownAt(const store::RowReader& reader, Seq seq) : reader_(&reader), now_(reader), seq_(seq) {}
  RowPtr find(const RowType& type, std::string_view key) const override;
  void scan(const RowType& type, std::string_view prefix, const RowVisit& visit) const override {
    scan_from(type, prefix, prefix, visit);
  }
  void scan_from(const RowType& type, std::string_view prefix, std::string_view from,
                 const RowVisit& visit) const override;

 private:
  const store::RowReader* reader_;
  StoredRows now_;
  Seq seq_;
};

/// Gives the row that is current now to a sink.
void give_current(const Layer::Change& change, const store::RowSink& sink);

/// Gathers the versions of historic rows.
class Versions {
 public:
  /// After each record: what it changed.
  void note(const Layer::Change& change, Seq seq);
  /// Gives the rows of all that was noted, in order of their keys, and forgets them.
  void take(const store::RowSink& sink);
  std::size_t size() const { return versions_.size(); }

 private:
  struct Version {
    BytesView key, value;
  };
  std::vector<Version> versions_;
  Arena kept_;
  Bytes scratch_;
};

Bytes current_key(std::uint8_t table, std::string_view key);
Bytes history_key(std::uint8_t table, std::string_view key, Seq seq);

}  // namespace aidledger::ledger
