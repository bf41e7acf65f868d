#pragma once
// Room for many small pieces of bytes that go all at once: they never move, and cost no allocation each.
#include <memory>
#include <vector>

#include "events/values/bytes.hpp"

namespace aidledger {

class Arena {
 public:
  /// A copy of `bytes` that lives as long as the arena.
  BytesView keep(BytesView bytes);
  /// Forgets everything that was kept.
  void clear();

 private:
  void add_block(std::size_t least);

  std::vector<std::unique_ptr<char[]>> blocks_;
  char* next_ = nullptr;
  std::size_t left_ = 0;
  std::size_t block_bytes_ = 0;
};

}  // namespace aidledger
