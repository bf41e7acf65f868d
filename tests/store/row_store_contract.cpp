#include "tests/store/row_store_contract.hpp"

#include <catch2/catch.hpp>
#include <map>
#include <random>
#include <stdexcept>

namespace aidledger::test {
namespace {

using Rows = std::vector<std::pair<Bytes, Bytes>>;

Rows rows_of(const store::RowReader& reader, BytesView prefix = {}, BytesView from = {}) {
  Rows rows;
  reader.scan(prefix, from, [&](BytesView key, BytesView value) {
    rows.emplace_back(key, value);
    return true;
  });
  return rows;
}

void commits_and_reads(store::RowStore& rows) {
  CHECK(rows.position().empty());
  CHECK(rows_of(rows).empty());
  rows.commit({{"case/1", "open"}, {"case/2", "open"}}, "p1");
  CHECK(rows.get("case/1") == "open");
  CHECK_FALSE(rows.get("case/3"));
  CHECK(rows.position() == "p1");

  rows.commit({{"case/1", "closed"}, {"case/2", std::nullopt}, {"case/4", ""}}, "p2");
  CHECK(rows.get("case/1") == "closed");
  CHECK_FALSE(rows.get("case/2"));
  CHECK(rows.get("case/4") == "");
  CHECK(rows.position() == "p2");

  rows.commit({}, "p3");
  CHECK(rows.position() == "p3");
  rows.commit({{"k", "first"}, {"k", std::nullopt}, {"k", "last"}}, "p4");
  CHECK(rows.get("k") == "last");
}

void scans(store::RowStore& rows) {
  rows.commit({{"a", "1"}, {"b/1", "2"}, {"b/2", "3"}, {"b/3", "4"}, {"c", "5"}, {"\xff\xff", "6"}, {"\1", "0"}}, "p");
  CHECK(rows_of(rows).size() == 7);
  CHECK(rows_of(rows).front().first == "\1");
  CHECK(rows_of(rows, "b/") == Rows{{"b/1", "2"}, {"b/2", "3"}, {"b/3", "4"}});
  CHECK(rows_of(rows, "b/", "b/2") == Rows{{"b/2", "3"}, {"b/3", "4"}});
  CHECK(rows_of(rows, "b/", "b/2\x01") == Rows{{"b/3", "4"}});
  CHECK(rows_of(rows, "b/", "a").size() == 3);
  CHECK(rows_of(rows, "b/", "c").empty());
  CHECK(rows_of(rows, "\xff") == Rows{{"\xff\xff", "6"}});
  CHECK(rows_of(rows, "nothing").empty());
  int seen = 0;
  rows.scan("b/", {}, [&](BytesView, BytesView) { return ++seen < 2; });
  CHECK(seen == 2);
  rows.scan("b/", {}, [&](BytesView key, BytesView) {  // the visitor may use the store
    rows.commit({{Bytes(key) + "/seen", "x"}}, "q");
    return rows.get(key).has_value();
  });
  CHECK(rows_of(rows, "b/").size() == 6);
}

void snapshots_stay(store::RowStore& rows) {
  rows.commit({{"a", "1"}, {"b", "1"}}, "p1");
  const auto first = rows.snapshot();
  rows.commit({{"a", "2"}, {"b", std::nullopt}, {"c", "2"}}, "p2");
  const auto second = rows.snapshot();
  rows.ingest(store::each_of({{"a", "3"}, {"d", "3"}}), "p3");
  const auto third = rows.snapshot();
  rows.clear();
  CHECK(rows_of(*first) == Rows{{"a", "1"}, {"b", "1"}});
  CHECK(first->get("b") == "1");
  CHECK(first->position() == "p1");
  CHECK(rows_of(*second) == Rows{{"a", "2"}, {"c", "2"}});
  CHECK_FALSE(second->get("b"));
  CHECK(second->position() == "p2");
  CHECK(rows_of(*third) == Rows{{"a", "3"}, {"c", "2"}, {"d", "3"}});
  CHECK(third->position() == "p3");
  CHECK(rows_of(rows).empty());
  CHECK(rows.position().empty());
  rows.commit({{"e", "4"}}, "p4");
  CHECK(rows_of(rows) == Rows{{"e", "4"}});
  rows.flush();
}

void ingests(store::RowStore& rows) {
  Rows many;
  for (int i = 0; i < 5000; ++i)
    many.emplace_back("row/" + std::to_string(100'000 + i), Bytes(200, static_cast<char>('a' + i % 26)));
  rows.commit({{"row/100007", "old"}, {"other", "kept"}}, "p1");
  std::vector<store::RowChange> changes{{"aside", std::nullopt}};
  for (const auto& [key, value] : many) changes.push_back({key, value});
  rows.commit({{"aside", "goes"}}, "p1");
  rows.ingest(store::each_of(changes), "p2");
  CHECK_FALSE(rows.get("aside"));
  CHECK(rows_of(rows, "row/") == many);
  CHECK(rows.get("other") == "kept");
  CHECK(rows.position() == "p2");
  rows.commit({{"row/100007", "new"}}, "p3");
  CHECK(rows.get("row/100007") == "new");
  rows.ingest(store::each_of({}), "p4");
  CHECK(rows.position() == "p4");
  CHECK_THROWS_AS(rows.ingest(store::each_of({{"b", ""}, {"a", ""}}), "p5"), std::invalid_argument);
  CHECK_THROWS_AS(rows.ingest(store::each_of({{"a", ""}, {"a", ""}}), "p5"), std::invalid_argument);
}

void refuses_reserved_keys(store::RowStore& rows) {
  const Bytes reserved("\0position", 9);
  CHECK_THROWS_AS(rows.commit({{"", "x"}}, "p"), std::invalid_argument);
  CHECK_THROWS_AS(rows.commit({{reserved, "x"}}, "p"), std::invalid_argument);
  CHECK_THROWS_AS(rows.ingest(store::each_of({{reserved, "x"}}), "p"), std::invalid_argument);
  CHECK_THROWS_AS(rows.get(reserved), std::invalid_argument);
  CHECK(rows.position().empty());
  CHECK(rows_of(rows).empty());
}

void behaves_like_a_map(store::RowStore& rows) {
  std::mt19937 random(7);
  std::map<Bytes, Bytes> expected;
  for (int round = 0; round < 300; ++round) {
    std::vector<store::RowChange> changes;
    for (int i = 0; i < 10; ++i) {
      const Bytes key =
          std::to_string(random() % 20 + 1) + (random() % 4 == 0 ? "" : '\0' + std::to_string(random() % 10));
      if (random() % 3 == 0) {
        changes.push_back({key, std::nullopt});
        expected.erase(key);
      } else {
        changes.push_back({key, std::to_string(random())});
        expected[key] = *changes.back().value;
      }
    }
    rows.commit(changes, std::to_string(round));
    if (round % 50 == 0) {
      rows.flush();
      CHECK(rows_of(rows) == Rows(expected.begin(), expected.end()));
    }
  }
  CHECK(rows_of(rows) == Rows(expected.begin(), expected.end()));
}

}  // namespace

void check_row_store(const OpenStore& open) {
  SECTION("commits rows and position in one step") { commits_and_reads(*open()); }
  SECTION("scans in key order, within a prefix, from a key on") { scans(*open()); }
  SECTION("a snapshot keeps what it saw, even over a clear") { snapshots_stay(*open()); }
  SECTION("ingests sorted rows with the position") { ingests(*open()); }
  SECTION("keys of the store's own are refused") { refuses_reserved_keys(*open()); }
  SECTION("behaves like a map") { behaves_like_a_map(*open()); }
}

}  // namespace aidledger::test
