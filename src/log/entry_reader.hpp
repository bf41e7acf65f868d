#pragma once
// Goes over the entries of one segment file in order, reading ahead in large pieces and checking every CRC.
#include "events/values/bytes.hpp"
#include "src/world/disk.hpp"

namespace aidledger::log {

class EntryReader {
 public:
  enum class Step {
    entry,  ///< bytes() and next() are those of the entry found
    end,    ///< zeros, or the limit
    bad,    ///< something else than an entry: wrong() says what
  };

  /// Reads from `offset` (the start of an entry) and never beyond `limit`. `ahead` = bytes read at once.
  EntryReader(const world::File& file, std::uint32_t number, std::uint64_t offset, std::uint64_t limit,
              std::size_t ahead);

  Step step();
  /// Where the entry found begins, or where the end or the bad bytes are.
  std::uint64_t offset() const { return offset_; }
  std::uint64_t next() const { return next_; }
  /// The frame; valid until the next step.
  BytesView bytes() const { return bytes_; }
  const char* wrong() const { return wrong_; }

 private:
  Step bad(const char* wrong);
  BytesView have(std::uint64_t offset, std::size_t count);

  const world::File& file_;
  std::uint32_t number_;
  std::uint64_t offset_ = 0;
  std::uint64_t next_;
  std::uint64_t limit_;
  std::size_t ahead_;
  Bytes buffer_;
  std::uint64_t buffer_at_ = 0;
  BytesView bytes_;
  const char* wrong_ = "";
};

}  // namespace aidledger::log
