#pragma once
// The file under a vault's folder: entries in the order in which they were put, the last of a name counts. What was
// durable once is told apart from what a crash tore by a mark: damage before the mark is named and refused, whatever
// is not whole behind it was never acknowledged and is cut off.
//
//   two slots of 512 bytes, written in turn: magic "AIDLVLT1", end u64 (all bytes before it are durable), CRC-32C u32
//   of these; the slot with the greater end counts
//   from byte 1024 on, entries: CRC-32C u32 of the rest, name length u16, value length u32, name, value
//   (all little-endian)
//
// The mark of a put is written after it, and is durable with the next one: after a power cut the last put alone may
// stand behind its mark.
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "events/values/bytes.hpp"
#include "src/world/disk.hpp"

namespace aidledger::vault {

class VaultFile {
 public:
  using Entries = std::map<std::string, Bytes>;
  using Left = std::function<bool(const std::string& name)>;

  /// Reads an existing file into `entries`, and cuts off what was never acknowledged. Throws std::runtime_error naming
  /// the file and the byte when it is damaged.
  static std::unique_ptr<VaultFile> open(world::Disk& disk, const std::string& folder, Entries& entries);
  /// A new, durable file with those of `entries` that are `left`, under no name that open() finds: see take_name.
  static std::unique_ptr<VaultFile> make(world::Disk& disk, const std::string& folder, const Entries& entries,
                                         const Left& left);
  static bool exists(world::Disk& disk, const std::string& folder);
  /// What the file says of a name while another process may have it open: nothing is cut off or repaired. Nothing
  /// where the name is not there, nor while an erasure replaces the file.
  static std::optional<Bytes> value_in(world::Disk& disk, const std::string& folder, const std::string& name);
  /// Overwrites and removes what a rewriting left behind that never came to its end.
  static void clear_leftovers(world::Disk& disk, const std::string& folder);

  /// Replaces the file that open() finds. After an exception that one is still in force.
  void take_name();
  /// The name is durable when it returns; append does it first where nobody has.
  void sync_name();
  /// All of them durable and read back when it returns. After an exception none of them counts; where the process ends
  /// before the next append, any of them may.
  void append(const std::vector<std::pair<std::string, Bytes>>& entries);
  /// Zeros over everything, as far as the disk lets us: for a file that has been replaced.
  void overwrite();
  /// Bytes of entries, replaced ones included.
  std::uint64_t entry_bytes() const;

 private:
  VaultFile(world::Disk& disk, std::string folder, std::unique_ptr<world::File> file);
  void read(Entries& entries);
  void write_mark();

  world::Disk& disk_;
  std::string folder_;
  std::unique_ptr<world::File> file_;
  std::uint64_t end_;
  int slot_ = 0;             ///< the slot written last
  bool dirty_tail_ = false;  ///< a failed append may have left bytes behind end_
  bool name_synced_ = false;
};

/// Bytes that an entry takes in the file.
std::uint64_t stored_size(BytesView name, BytesView value);

}  // namespace aidledger::vault
