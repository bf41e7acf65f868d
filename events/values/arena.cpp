#include "events/values/arena.hpp"

#include <algorithm>
#include <cstring>

namespace aidledger {
namespace {

// Blocks double: a layer of one action stays small, a rebuild asks rarely.
constexpr std::size_t first_block_bytes = 1024, largest_block_bytes = 1 << 20;

}  // namespace

BytesView Arena::keep(BytesView bytes) {
  if (bytes.size() > left_) add_block(bytes.size());
  char* const at = next_;
  if (!bytes.empty()) std::memcpy(at, bytes.data(), bytes.size());
  next_ += bytes.size();
  left_ -= bytes.size();
  return {at, bytes.size()};
}

void Arena::clear() { *this = Arena(); }

void Arena::add_block(std::size_t least) {
  block_bytes_ = std::clamp(2 * block_bytes_, first_block_bytes, largest_block_bytes);
  left_ = std::max(least, block_bytes_);
  blocks_.push_back(std::make_unique_for_overwrite<char[]>(left_));
  next_ = blocks_.back().get();
}

}  // namespace aidledger
