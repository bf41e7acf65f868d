// Keys sort as their bytes do, however much they have in common.
#include "events/values/key_order.hpp"

#include <catch2/catch.hpp>
#include <random>
#include <set>

using namespace aidledger;

namespace {

/// A key of a few letters from few, so that many begin alike and many end inside others.
std::string some_key(std::mt19937& random) {
  constexpr char letters[] = {'\0', '\1', 'a', '\x7f', '\xff'};
  std::string key(random() % 3, 'p');
  for (auto left = random() % 24; left > 0; --left) key += letters[random() % 8 == 0 ? random() % sizeof letters : 2];
  return key;
}

std::vector<std::string> sorted(std::vector<std::string> keys) {
  std::vector<std::size_t> places(keys.size());
  for (std::size_t i = 0; i < keys.size(); ++i) places[i] = i;
  sort_by_key(places, [&](std::size_t place) { return BytesView(keys[place]); });
  std::vector<std::string> out;
  for (const auto place : places) out.push_back(keys[place]);
  return out;
}

}  // namespace

TEST_CASE("keys sort bytewise, a key before those that it begins") {
  std::mt19937 random(11);
  for (const std::size_t count : {0U, 1U, 2U, 16U, 17U, 300U, 5'000U}) {
    std::set<std::string> wanted;
    for (std::size_t i = 0; i < count; ++i) wanted.insert(some_key(random));
    std::vector<std::string> keys(wanted.begin(), wanted.end());
    std::shuffle(keys.begin(), keys.end(), random);
    CHECK(sorted(keys) == std::vector<std::string>(wanted.begin(), wanted.end()));
  }
}

TEST_CASE("keys that differ only in their last byte sort by it") {
  std::vector<std::string> keys;
  for (int last = 0; last < 256; ++last) keys.push_back(std::string(40, 'k') + static_cast<char>(255 - last));
  auto wanted = keys;
  std::sort(wanted.begin(), wanted.end());
  CHECK(sorted(keys) == wanted);
}
