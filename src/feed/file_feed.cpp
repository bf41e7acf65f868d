#include "src/feed/file_feed.hpp"

#include <algorithm>

#include "src/feed/event_messages.hpp"
#include "src/json/json.hpp"

namespace aidledger::feed {
namespace {

constexpr json::Limits line_limits{32, 1'000'000, 1 << 20, 256, repaired_bytes};

std::string topic_file(const std::string& folder, const std::string& topic) { return folder + "/" + topic + ".ndjson"; }

void add_line(const Message& message, Bytes& out) {
  if (message.event)
    out += *message.value;
  else
    out += R"({"key":)" + message.key + R"(,"value":)" + message.value.value_or("null") + "}";
  out += '\n';
}

/// The end of a file from a line's beginning on.
struct FileEnd {
  std::uint64_t from = 0;
  Bytes bytes;
};

FileEnd end_of(const world::File& file, std::uint64_t most) {
  const std::uint64_t size = file.size();
  FileEnd end{size - std::min(size, most), {}};
  end.bytes.resize(size - end.from);
  end.bytes.resize(file.pread(end.from, end.bytes.data(), end.bytes.size()));
  if (end.from == 0) return end;
  const auto line = std::min(end.bytes.find('\n'), end.bytes.size() - 1) + 1;
  end.bytes.erase(0, line);
  end.from += line;
  return end;
}

/// How many of the bytes are whole lines that say something.
std::size_t sound_part(BytesView bytes) {
  std::size_t sound = 0;
  for (auto end = bytes.find('\n'); end != BytesView::npos; end = bytes.find('\n', sound)) {
    if (!json::parse(bytes.substr(sound, end - sound), line_limits)) break;
    sound = end + 1;
  }
  return sound;
}

std::optional<EventRef> event_in(BytesView line) {
  const auto tree = json::parse(line, line_limits);
  const Tree* id = tree ? tree->find("id") : nullptr;
  return id == nullptr || id->as_string() == nullptr ? std::nullopt : parse_event_id(*id->as_string());
}

/// The last event among whole lines.
std::optional<EventRef> last_event(BytesView lines) {
  while (!lines.empty()) {
    lines.remove_suffix(1);  // its newline
    const auto before = lines.rfind('\n');
    const auto from = before == BytesView::npos ? 0 : before + 1;
    if (const auto event = event_in(lines.substr(from))) return event;
    lines = lines.substr(0, from);
  }
  return std::nullopt;
}

std::optional<EventRef> last_event_of(const world::File& file) {
  const auto end = end_of(file, repaired_bytes);
  return last_event(BytesView(end.bytes).substr(0, end.bytes.rfind('\n') + 1));
}

}  // namespace

FileFeed::FileFeed(world::Disk& disk, std::string folder, const std::string& ledger)
    : disk_(disk), folder_(std::move(folder)), events_(events_topic(ledger)) {}

std::string FileFeed::path_of(const std::string& topic) const { return topic_file(folder_, topic); }

bool FileFeed::failed(const std::exception& error) {
  failing_ = error.what();
  sheets_.clear();
  return false;
}

bool FileFeed::take_over() {
  try {
    sheets_.clear();
    disk_.make_folder(folder_);
    if (!lock_) lock_ = disk_.lock(folder_ + "/feed.lock");
    for (const auto& topic : {std::string(standing_topic), std::string(subsidy_topic), events_})
      if (disk_.exists(path_of(topic))) repair(topic);
    failing_.clear();
    return true;
  } catch (const world::DiskError& error) {
    return failed(error);
  } catch (const world::Locked& error) {
    return failed(error);
  }
}

/// Lines after the last sound one are of a publish that was never answered `done`: they come again.
void FileFeed::repair(const std::string& topic) {
  auto& it = sheet(topic);
  const auto end = end_of(*it.file, repaired_bytes);
  const std::uint64_t sound = end.from + sound_part(end.bytes);
  if (sound != it.file->size()) it.file->truncate(sound);
  it.file->datasync();
  it.end = sound;
}

Tail FileFeed::tail() {
  try {
    if (!disk_.exists(path_of(events_))) return {true, {}};
    return {true, last_event_of(*sheet(events_).file)};
  } catch (const world::DiskError& error) {
    failed(error);
    return {};
  }
}

Published FileFeed::publish(const std::vector<Message>& messages) {
  std::map<std::string, std::vector<Message>> by_topic;
  for (const auto& message : messages) by_topic[message.topic].push_back(message);
  try {
    for (const auto& [topic, its] : by_topic)
      if (topic != events_) append(topic, its);
    if (by_topic.contains(events_)) append(events_, by_topic[events_]);
    return Published::done;
  } catch (const world::DiskError& error) {
    failed(error);
    return Published::unknown;
  }
}

void FileFeed::append(const std::string& topic, const std::vector<Message>& messages) {
  Bytes lines;
  for (const auto& message : messages) add_line(message, lines);
  auto& it = sheet(topic);
  it.file->pwrite(it.end, lines);
  it.file->datasync();
  it.end += lines.size();
}

FileFeed::Sheet& FileFeed::sheet(const std::string& topic) {
  auto& it = sheets_[topic];
  if (it.file) return it;
  const std::string path = path_of(topic);
  const bool there = disk_.exists(path);
  it.file = disk_.open(path, there ? world::Disk::Mode::write : world::Disk::Mode::create);
  if (!there) disk_.sync_folder(folder_);
  it.end = it.file->size();
  return it;
}

std::optional<EventRef> last_event_in(world::Disk& disk, const std::string& folder, const std::string& ledger) {
  const std::string path = topic_file(folder, events_topic(ledger));
  return disk.exists(path) ? last_event_of(*disk.open(path, world::Disk::Mode::read)) : std::nullopt;
}

}  // namespace aidledger::feed
