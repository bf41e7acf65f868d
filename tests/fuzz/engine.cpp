// Between libFuzzer and a target. The samples are where it begins: it comes to a corpus that is empty.
#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>

#include "tests/fuzz/fuzz.hpp"

extern "C" std::size_t LLVMFuzzerMutate(std::uint8_t* data, std::size_t size, std::size_t max_size);

void aidledger::fuzz::must(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "must hold: %s\n", what);
  std::abort();
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  aidledger::fuzz::look_at({reinterpret_cast<const char*>(data), size});
  return 0;
}

/// Now and then a sample takes the place of the input: what a mutation alone would hardly find.
extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size, std::size_t max_size,
                                               unsigned seed) {
  static const auto samples = aidledger::fuzz::samples();
  constexpr unsigned one_in = 100;
  if (size > 1 && seed % one_in != 0) return LLVMFuzzerMutate(data, size, max_size);
  const auto& sample = samples[seed / one_in % samples.size()];
  const std::size_t taken = std::min(sample.size(), max_size);
  std::copy_n(sample.begin(), taken, data);
  return taken;
}
