// Without libFuzzer: each sample as it is, cut short, and with bytes changed, in the same ways in every run.
#include <algorithm>
#include <cstdio>
#include <cstdlib>

#include "tests/fuzz/fuzz.hpp"

namespace {

using aidledger::Bytes;
using aidledger::BytesView;

/// Places looked at in one sample: in a long one every second, third ...
constexpr std::size_t most_places = 400;

void spoil(const Bytes& sample) {
  const std::size_t step = std::max<std::size_t>(1, sample.size() / most_places);
  for (std::size_t at = 0; at < sample.size(); at += step) {
    aidledger::fuzz::look_at(BytesView(sample).substr(0, at));
    for (const int change : {0x01, 0x20, 0x80, 0xff}) {
      Bytes changed = sample;
      changed[at] = static_cast<char>(changed[at] ^ change);
      aidledger::fuzz::look_at(changed);
    }
    Bytes longer = sample;
    longer.insert(at, 1, sample[at]);
    aidledger::fuzz::look_at(longer);
  }
}

}  // namespace

void aidledger::fuzz::must(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "must hold: %s\n", what);
  std::exit(1);
}

int main() {
  for (const auto& sample : aidledger::fuzz::samples()) {
    aidledger::fuzz::look_at(sample);
    spoil(sample);
  }
}
