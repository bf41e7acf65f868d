#pragma once
// The simulation's only source of chance: splitmix64, so that one number gives one run on every machine.
#include <cstdint>

#include "src/world/digest.hpp"
#include "src/world/world.hpp"

namespace aidledger::simulation {

class Random : public world::Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed) {}

  std::uint64_t next() {
    std::uint64_t z = state_ += 0x9e3779b97f4a7c15;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
    z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
    return z ^ (z >> 31);
  }
  /// 0 .. below - 1.
  std::uint64_t below(std::uint64_t limit) { return limit == 0 ? 0 : next() % limit; }
  std::int64_t between(std::int64_t least, std::int64_t most) {
    return least + static_cast<std::int64_t>(below(static_cast<std::uint64_t>(most - least + 1)));
  }
  bool chance(unsigned per_thousand) { return below(1000) < per_thousand; }
  template <class List>
  auto& pick(List& list) {
    return list[below(list.size())];
  }
  Bytes bytes(std::size_t count) override {
    Bytes out;
    for (std::size_t i = 0; i < count; ++i) out += static_cast<char>(next() & 0xff);
    return out;
  }

 private:
  std::uint64_t state_;
};

}  // namespace aidledger::simulation
