#include "src/ledger/verifier.hpp"

#include <algorithm>

#include "src/world/digest.hpp"

namespace aidledger::ledger {
namespace {

constexpr std::size_t read_bytes = 4 << 20;
constexpr std::size_t most_findings = 100;

void note(Verified& out, Seq seq, std::string what) {
  if (out.findings.size() < most_findings) out.findings.push_back({seq, std::move(what)});
}

/// The rows that the records give: in memory, and beyond that in a store of their own.
class RowsGiven {
 public:
  explicit RowsGiven(const VerifyPorts& ports) : ports_(ports), folding_(no_rows()) {}

  Folding& folding() { return folding_; }
  void make_room(const Head& head) {
    if (folding_.pending_rows() <= ports_.rows_in_memory) return;
    put_away(head);
    folding_.begin_over(*put_away_);
  }
  /// In order of their keys; the folding is over.
  void each(const Head& head, const store::RowSink& sink) {
    if (scratch_ == nullptr) return folding_.take_changes(sink);
    put_away(head);
    scratch_->scan({}, {}, [&](BytesView key, BytesView value) { return sink(key, value), true; });
  }

 private:
  void put_away(const Head& head) {
    if (scratch_ == nullptr) {
      scratch_ = &ports_.scratch();
      put_away_.emplace(*scratch_);
    }
    scratch_->ingest([&](const store::RowSink& sink) { folding_.take_changes(sink); }, encode_head(head));
    put_away_->forget_all();
  }

  const VerifyPorts& ports_;
  store::RowStore* scratch_ = nullptr;
  std::optional<CachedRows> put_away_;
  Folding folding_;
};

bool fold_all(const VerifyPorts& ports, const Bench& bench, RowsGiven& rows, Head& head, Verified& out,
              const std::function<void(Seq)>& progress) {
  const auto passed = [&](Poisoned& poisoned) {
    look_behind(poisoned, ports.log, bench);
    return poisoned.passed.value_or(false);
  };
  for (auto entries = ports.log.read(head.position, read_bytes); !entries.empty();
       entries = ports.log.read(head.position, read_bytes)) {
    for (const auto& entry : entries) {
      const Verdict verdict = judge(head, entry.batch, bench);
      if (verdict.judgement == Judgement::halt)
        return note(out, head.next_seq, std::string(code_of(verdict.halt)) + ": " + verdict.why), false;
      head.position = entry.next;
      if (verdict.judgement == Judgement::void_)
        ++out.voids;
      else
        fold_passing(verdict.frame, entry.next, rows.folding(), head, {}, passed);
      rows.make_room(head);
    }
    out.records = head.next_seq;
    out.head = head.hash;
    if (progress) progress(head.next_seq);
  }
  return true;
}

std::string name_of_key(BytesView key) { return "row " + to_hex(key.substr(0, std::min<std::size_t>(key.size(), 48))); }

/// Stored rows one after another, read some at a time.
class Cursor {
 public:
  explicit Cursor(const store::RowReader& rows) : rows_(rows) { read_on({}); }

  bool over() const { return at_ == read_.size(); }
  const std::pair<Bytes, Bytes>& row() const { return read_[at_]; }
  void next() {
    if (++at_ == read_.size()) read_on(read_.back().first + '\0');
  }

 private:
  void read_on(const Bytes& from) {
    read_.clear(), at_ = 0;
    rows_.scan({}, from, [&](BytesView key, BytesView value) {
      read_.emplace_back(key, value);
      return read_.size() < rows_at_once;
    });
  }

  static constexpr std::size_t rows_at_once = 10'000;
  const store::RowReader& rows_;
  std::vector<std::pair<Bytes, Bytes>> read_;
  std::size_t at_ = 0;
};

/// Both in key order: what is missing, what is too much, what differs.
class Comparison {
 public:
  Comparison(const store::RowReader& rows, Verified& out) : stored_(rows), out_(out) {}

  void take(BytesView key, BytesView value) {
    while (!stored_.over() && stored_.row().first < key) pass_over();
    if (stored_.over() || stored_.row().first != key)
      return note(out_, out_.records, name_of_key(key) + " is missing; run: aidledger rebuild");
    if (stored_.row().second != value)
      note(out_, out_.records, name_of_key(key) + " is not what the records give; run: aidledger rebuild");
    next();
  }
  void end() {
    while (!stored_.over()) pass_over();
  }

 private:
  void pass_over() {
    note(out_, out_.records, name_of_key(stored_.row().first) + " follows from no record; run: aidledger rebuild");
    next();
  }
  void next() {
    ++out_.rows_compared;
    stored_.next();
  }

  Cursor stored_;
  Verified& out_;
};

}  // namespace

Verified verify(const VerifyPorts& ports, const std::string& ledger, const std::function<void(Seq)>& progress) {
  Verified out;
  Head head;
  RowsGiven given(ports);
  Bench bench;
  bench.ledger = ledger;
  bench.hash_at = [&](Seq seq) {  // for judging losers
    const auto bytes = ports.records.record(seq);
    return bytes ? world::sha256(*bytes) : Hash{};
  };
  try {
    if (!fold_all(ports, bench, given, head, out, progress)) return out;
  } catch (const Poison& poison) {
    note(out, poison.seq, std::string("POISON: ") + poison.what());
    return out;
  }
  if (ports.rows == nullptr) return out;
  Comparison comparison(*ports.rows, out);
  given.each(head, [&](BytesView key, std::optional<BytesView> value) {
    if (value) comparison.take(key, *value);
  });
  comparison.end();
  return out;
}

}  // namespace aidledger::ledger
