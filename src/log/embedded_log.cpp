#include "src/log/embedded_log.hpp"

#include <utility>

#include "src/log/frame.hpp"

namespace aidledger::log {

EmbeddedLog::EmbeddedLog(LedgerFiles& files, world::Tasks& commits) : files_(files), commits_(commits) {}

void EmbeddedLog::append(Bytes batch, std::function<void(Appended)> done) {
  bool first = false;
  {
    const std::lock_guard lock(mutex_);
    first = waiting_.empty();
    waiting_.push_back({std::move(batch), std::move(done)});
  }
  if (first) commits_.post([this] { commit(); });
}

std::vector<Entry> EmbeddedLog::read(Position from, std::size_t max_bytes) { return files_.read(from, max_bytes); }

bool EmbeddedLog::at_end(Position position) { return files_.at_end(position); }

void EmbeddedLog::on_readable(std::function<void()> wake) {
  const std::lock_guard lock(mutex_);
  wake_ = std::move(wake);
}

std::string EmbeddedLog::failing() const {
  const std::lock_guard lock(mutex_);
  return failing_;
}

void EmbeddedLog::commit() {
  std::vector<Waiting> group;
  {
    const std::lock_guard lock(mutex_);
    group.swap(waiting_);
  }
  const Appended outcome = write(group);
  if (outcome == Appended::done) reader()();
  for (const auto& [batch, done] : group) done(outcome);
  appended_since_ = mark_waits_;
  mark_when_quiet();
}

/// A batch is written whole before the next one: what was not the first may lie behind one that is on the disk,
/// unsynced.
Appended EmbeddedLog::write(const std::vector<Waiting>& group) {
  bool any_written = false;
  for (const auto& [batch, done] : group) try {
      any_written = put(batch) || any_written;
    } catch (const world::DiskError& error) {
      files_.drop_unsynced();
      fails(error.full() ? std::string("the disk is full: ") + error.what() : error.what());
      if (!error.full() || any_written) return Appended::unknown;
      look_for_room();
      return Appended::no_room;
    }
  try {
    files_.sync();
  } catch (const world::DiskError& error) {
    files_.drop_unsynced();
    fails(error.what());
    return Appended::unknown;
  }
  fails({});
  return Appended::done;
}

/// False for an honest loser, which is not kept.
bool EmbeddedLog::put(const Bytes& batch) {
  const auto frame = parse(batch);
  if (frame && frame->first_seq < files_.tail().next_seq) return false;
  files_.append(batch);
  return true;
}

void EmbeddedLog::fails(const std::string& why) {
  const std::lock_guard lock(mutex_);
  failing_ = why;
}

/// Nobody need ask for anything meanwhile: who sends requests on only where a node is ready would wait for ever.
void EmbeddedLog::look_for_room() {
  if (std::exchange(looks_for_room_, true)) return;
  commits_.after(look_for_room_us, [this] {
    looks_for_room_ = false;
    if (failing().empty()) return;
    try {
      files_.try_room();
    } catch (const world::DiskError&) {
      return look_for_room();
    }
    fails({});
    reader()();
  });
}

std::function<void()> EmbeddedLog::reader() const {
  const std::lock_guard lock(mutex_);
  return wake_;
}

/// One timer at a time; under load it only looks and waits again.
void EmbeddedLog::mark_when_quiet() {
  if (mark_waits_) return;
  mark_waits_ = true;
  commits_.after(quiet_before_mark_us, [this] {
    mark_waits_ = false;
    if (std::exchange(appended_since_, false)) return mark_when_quiet();
    try {
      files_.write_mark();
    } catch (const world::DiskError&) {
      // The mark stays behind; it goes out with the next batch.
    }
  });
}

}  // namespace aidledger::log
