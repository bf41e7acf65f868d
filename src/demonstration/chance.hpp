#pragma once
// The storyteller's dice: splitmix64, the same everywhere.
#include <array>
#include <cstdint>
#include <span>
#include <string_view>

namespace aidledger::demonstration {

class Chance {
 public:
  explicit Chance(std::uint64_t seed) : state_(seed) {}
  std::uint64_t next() {
    std::uint64_t z = state_ += 0x9e3779b97f4a7c15;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
    z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
    return z ^ (z >> 31);
  }
  int between(int least, int most) {
    return least + static_cast<int>(next() % static_cast<std::uint64_t>(most - least + 1));
  }
  bool percent(int chance) { return between(1, 100) <= chance; }
  template <class T>
  const T& of(std::span<const T> list) {
    return list[next() % list.size()];
  }
  template <class List>
  const auto& one_of(const List& list) {
    return list[next() % std::size(list)];
  }

 private:
  std::uint64_t state_;
};

}  // namespace aidledger::demonstration
