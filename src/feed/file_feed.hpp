#pragma once
// The feed as files: <folder>/<topic>.ndjson, appended. A line of the events topic is the event; a line of a table is
// {"key": ..., "value": ...}, where a value of null is a tombstone. A publish is durable, the tables' part of it before
// the events' part, when `done` is answered; whatever it left in part is cut off by take_over.
#include <map>

#include "src/feed/feed_port.hpp"
#include "src/world/disk.hpp"

namespace aidledger::feed {

/// What a publish can have left unsynced lies within so many bytes of the end.
inline constexpr std::uint64_t repaired_bytes = 16 << 20;

class FileFeed : public FeedPort {
 public:
  FileFeed(world::Disk& disk, std::string folder, const std::string& ledger);

  bool take_over() override;
  Tail tail() override;
  Published publish(const std::vector<Message>& messages) override;
  std::string failing() const override { return failing_; }

 private:
  /// An open file, and where its next line begins.
  struct Sheet {
    std::unique_ptr<world::File> file;
    std::uint64_t end = 0;
  };
  Sheet& sheet(const std::string& topic);
  void repair(const std::string& topic);
  void append(const std::string& topic, const std::vector<Message>& messages);
  std::string path_of(const std::string& topic) const;
  bool failed(const std::exception& error);

  world::Disk& disk_;
  std::string folder_, events_;
  std::unique_ptr<world::Lock> lock_;
  std::map<std::string, Sheet> sheets_;
  std::string failing_;
};

/// The last event in a folder, read while somebody else may be writing there; nothing where there is none.
std::optional<EventRef> last_event_in(world::Disk& disk, const std::string& folder, const std::string& ledger);

}  // namespace aidledger::feed
