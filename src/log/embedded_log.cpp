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
  std::function<void()> wake;
  {
    const std::lock_guard lock(mutex_);
    group.swap(waiting_);
    wake = wake_;
  }
  const Appended outcome = write(group);
  if (outcome == Appended::done) wake();
  for (const auto& [batch, done] : group) done(outcome);
  appended_since_ = mark_waits_;
  mark_when_quiet();
}

Appended EmbeddedLog::write(const std::vector<Waiting>& group) {
  std::string wrong;
  try {
    for (const auto& [batch, done] : group) {
      const auto frame = parse(batch);
      const bool loser = frame && frame->first_seq < files_.tail().next_seq;
      if (!loser) files_.append(batch);
    }
    files_.sync();
  } catch (const world::DiskError& error) {
    files_.drop_unsynced();
    wrong = error.what();
  }
  const std::lock_guard lock(mutex_);
  failing_ = wrong;
  return wrong.empty() ? Appended::done : Appended::unknown;
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
