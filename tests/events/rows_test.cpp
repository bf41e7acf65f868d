// Rows in layers: what is read, what changed, and that nothing below is touched.
#include <catch2/catch.hpp>
#include <map>
#include <random>

#include "events/row_codec.hpp"

namespace aidledger {
struct NumberRow {
  static constexpr std::uint8_t table = 0xe1;
  static constexpr bool historic = false;
  std::int32_t number = 0;
  static void fields(auto&& f) { f("number", &NumberRow::number, "a number"); }
};
AIDLEDGER_ROW(NumberRow)
}  // namespace aidledger

using namespace aidledger;

namespace {

using Numbers = std::map<std::string, int>;

Numbers numbers_in(const Rows& rows, std::string_view prefix = "", std::string_view from = "") {
  Numbers out;
  std::string before;
  rows.each_from<NumberRow>(prefix, from, [&](std::string_view key, const NumberRow& row) {
    CHECK(before < key);
    before = key;
    out.emplace(key, row.number);
    return true;
  });
  return out;
}

Numbers taken(Layer& layer) {
  Numbers out;
  layer.take_changes([&](const Layer::Change& change) {
    NumberRow row{-1};
    Bytes bytes;
    if (!change.gone()) change.encode_to(bytes), decode(bytes, row);
    out.emplace(change.key, row.number);
  });
  return out;
}

}  // namespace

TEST_CASE("a layer shows its own changes over what is below, and leaves that alone") {
  Layer below(no_rows());
  below.edit<NumberRow>("a").number = 1;
  below.edit<NumberRow>("b").number = 2;
  Layer above(static_cast<const Rows&>(below));
  above.edit<NumberRow>("a").number += 10;
  above.erase<NumberRow>("b");
  above.put("c", NumberRow{3});
  CHECK(numbers_in(above) == Numbers{{"a", 11}, {"c", 3}});
  CHECK(numbers_in(below) == Numbers{{"a", 1}, {"b", 2}});
  CHECK(taken(above) == Numbers{{"a", 11}, {"b", -1}, {"c", 3}});
  CHECK(taken(above).empty());
}

TEST_CASE("put sets a row whatever was there before") {
  Layer below(no_rows());
  below.put("a", NumberRow{1});
  Layer above(static_cast<const Rows&>(below));
  above.put("a", NumberRow{5});
  above.put("a", NumberRow{6});
  CHECK(above.get<NumberRow>("a")->number == 6);
  CHECK(below.get<NumberRow>("a")->number == 1);
}

TEST_CASE("a row that somebody reads keeps what it said") {
  Layer layer(no_rows());
  layer.edit<NumberRow>("a").number = 1;
  const auto read = layer.get<NumberRow>("a");
  layer.edit<NumberRow>("a").number = 2;
  CHECK(read->number == 1);
  CHECK(layer.get<NumberRow>("a")->number == 2);
}

TEST_CASE("a layer takes over what one above it changed") {
  Layer below(no_rows());
  below.edit<NumberRow>("a").number = 1;
  below.edit<NumberRow>("b").number = 2;
  taken(below);
  Layer above(static_cast<const Rows&>(below));
  above.edit<NumberRow>("a").number = 7;
  above.erase<NumberRow>("b");
  below.absorb(above);
  CHECK(numbers_in(below) == Numbers{{"a", 7}});
  CHECK(taken(below) == Numbers{{"a", 7}, {"b", -1}});
  CHECK(above.size() == 0);
}

TEST_CASE("what changed is given once a key, as it was put last, however many there are") {
  for (const int keys : {3, 300}) {
    Layer layer(no_rows());
    Numbers model;
    for (const int round : {1, 2, 3})
      for (int i = 0; i < keys; ++i) {
        const auto key = "k" + std::to_string(i);
        layer.put(key, NumberRow{model[key] = 1000 * round + i});
        if (round == 2) CHECK(layer.get<NumberRow>(key)->number == model[key]);
      }
    int given = 0;
    Numbers out;
    layer.take_changes([&](const Layer::Change& change) {
      NumberRow row;
      Bytes bytes;
      change.encode_to(bytes), decode(bytes, row);
      out[std::string(change.key)] = row.number, ++given;
    });
    CHECK(out == model);
    CHECK(given == keys);
    CHECK(numbers_in(layer) == model);
  }
}

TEST_CASE("a list can be gone through from a key on, inside a prefix") {
  Layer layer(no_rows());
  int number = 0;
  for (const auto* key : {"a1", "b1", "b2", "b3", "c1"}) layer.put(key, NumberRow{++number});
  CHECK(numbers_in(layer, "b") == Numbers{{"b1", 2}, {"b2", 3}, {"b3", 4}});
  CHECK(numbers_in(layer, "b", "b2") == Numbers{{"b2", 3}, {"b3", 4}});
  CHECK(numbers_in(layer, "", "b3") == Numbers{{"b3", 4}, {"c1", 5}});
}

TEST_CASE("two layers agree with a plain map, whatever is done to them") {
  std::mt19937 random(7);
  Layer below(no_rows());
  Layer above(static_cast<const Rows&>(below));
  Numbers model;
  for (int i = 0; i < 20'000; ++i) {
    const std::string key = "k" + std::to_string(random() % 3'000);
    switch (random() % 4) {
      case 0: above.erase<NumberRow>(key), model.erase(key); break;
      case 1: above.put(key, NumberRow{i}), model[key] = i; break;
      default: model[key] = ++above.edit<NumberRow>(key).number; break;
    }
    if (random() % 500 == 0) below.absorb(above);
  }
  CHECK(numbers_in(above) == model);
}
