// Rows that are kept decoded: they are what is stored, as soon as whoever commits has told what changed.
#include "src/ledger/cached_rows.hpp"

#include <catch2/catch.hpp>

#include "events/row_codec.hpp"
#include "src/store/memory_row_store.hpp"

namespace aidledger {
struct CountRow {
  static constexpr std::uint8_t table = 0xe2;
  static constexpr bool historic = false;
  std::int32_t count = 0;
  static void fields(auto&& f) { f("count", &CountRow::count, "a number"); }
};
AIDLEDGER_ROW(CountRow)
}  // namespace aidledger

using namespace aidledger;
using namespace aidledger::ledger;

namespace {

struct Kept {
  std::unique_ptr<store::RowStore> store = store::memory_row_store();
  CachedRows rows{*store};

  void commit(const std::string& key, std::optional<int> count) {
    const auto bytes = count ? std::optional(encode(CountRow{*count})) : std::nullopt;
    const std::vector<store::RowChange> changes{{current_key(CountRow::table, key), bytes}};
    store->commit(changes, "somewhere");
    rows.forget(changes);
  }
  int count(const std::string& key) const {
    const auto row = rows.get<CountRow>(key);
    return row ? row->count : -1;
  }
};

}  // namespace

TEST_CASE("a row that changed is read anew, one that went is gone, one that came is there") {
  Kept kept;
  CHECK(kept.count("a") == -1);
  kept.commit("a", 1);
  CHECK(kept.count("a") == 1);
  kept.commit("a", 2);
  CHECK(kept.count("a") == 2);
  kept.commit("a", std::nullopt);
  CHECK(kept.count("a") == -1);
}

TEST_CASE("a row that nobody told of is the one read before, until all are forgotten") {
  Kept kept;
  kept.commit("a", 1);
  const auto before = kept.rows.get<CountRow>("a");
  CHECK(kept.rows.get<CountRow>("a") == before);
  kept.store->commit({{current_key(CountRow::table, "a"), encode(CountRow{2})}}, "elsewhere");
  CHECK(kept.count("a") == 1);
  kept.rows.forget_all();
  CHECK(kept.count("a") == 2);
  CHECK(before->count == 1);
}

TEST_CASE("that there is no row is not looked up again, until one comes") {
  Kept kept;
  CHECK(kept.count("a") == -1);
  kept.store->commit({{current_key(CountRow::table, "a"), encode(CountRow{1})}}, "elsewhere");
  CHECK(kept.count("a") == -1);
  kept.commit("a", 2);
  CHECK(kept.count("a") == 2);
}

TEST_CASE("more rows than are kept are all right") {
  Kept kept;
  const int many = static_cast<int>(most_cached_rows) + 100;
  for (int i = 0; i < many; ++i) kept.commit("r" + std::to_string(i), i);
  int wrong = 0;
  for (int i = 0; i < many; ++i) wrong += kept.count("r" + std::to_string(i)) != i;
  for (int i = 0; i < many; ++i) wrong += kept.count("r" + std::to_string(i)) != i;
  CHECK(wrong == 0);
}
