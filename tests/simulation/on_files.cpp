#include "tests/simulation/on_files.hpp"

#include "tests/simulation/opening.hpp"

namespace aidledger::simulation {
namespace {

constexpr std::uint64_t tail_bytes = 1'000;  ///< about the last batch

/// Whatever a node reads is shown to the outsider as well.
class Watched : public log::SharedLog {
 public:
  Watched(log::SharedLog& log, Chain& chain) : log_(log), chain_(chain) {}
  void append(Bytes batch, std::function<void(log::Appended)> done) override {
    log_.append(std::move(batch), std::move(done));
  }
  std::vector<log::Entry> read(log::Position from, std::size_t max_bytes) override {
    auto entries = log_.read(from, max_bytes);
    for (const auto& entry : entries) chain_.take(entry.batch);
    return entries;
  }
  void on_readable(std::function<void()> wake) override { log_.on_readable(std::move(wake)); }
  bool at_end(log::Position position) override { return log_.at_end(position); }

 private:
  log::SharedLog& log_;
  Chain& chain_;
};

bool is_segment(const std::string& path) { return path.ends_with(".segment"); }

}  // namespace

void OnFiles::start(const Process& process) {
  vault_ = std::make_unique<vault::DirectoryVault>(vault_disk_, "vault");
  files_ = log::LedgerFiles::open(disk_, "log", options_);
  if (files_->head().next_seq == 0 && chain_.records.empty()) {
    files_->append(opening_batch({}, begin_, random_));
    files_->sync();
    files_->write_mark();
  }
  check_kept();
  backup_.clear();
  commits_ = std::make_unique<Strand>(process.schedule, process.node);
  log_ = std::make_unique<log::EmbeddedLog>(*files_, *commits_);
  watched_ = std::make_unique<Watched>(*log_, chain_);
}

/// Longer than before is no loss: the end of what was written and never answered.
void OnFiles::check_kept() {
  const log::Head head = files_->head(), held = chain_.head();
  if (head.next_seq > held.next_seq || head == held) return;
  if (!damaged() || head.next_seq != chain_.last_batch() || head.next_seq < marked_)
    throw Lost{head.next_seq, held.next_seq};
  chain_.cut(head.next_seq);
}

void OnFiles::crash(bool power) {
  commits_.reset();
  watched_.reset();
  log_.reset();
  files_.reset();
  vault_.reset();
  end(disk_, power);
  end(vault_disk_, power);
}

void OnFiles::end_soon() {
  if (random_.chance(800)) return Ground::end_soon();
  vault_disk_.end_at_call(soon());
}

void OnFiles::heal() {
  Ground::heal();
  vault_disk_.fail_call(0, 0);
}

void OnFiles::damage() {
  crash(true);
  std::vector<std::string> segments;
  for (const auto& [path, node] : disk_.names()) {
    backup_[path] = *node;
    if (is_segment(path)) segments.push_back(path);
  }
  if (segments.empty()) return backup_.clear();
  marked_ = 0;
  const std::string& path = random_.chance(700) ? segments.back() : random_.pick(segments);
  auto& node = *disk_.names().at(path);
  for (const auto at : log::mark_slot_at)
    if (const auto mark = log::parse_mark(BytesView(node.now).substr(at, 256), *log::number_of(path.substr(4))))
      marked_ = std::max(marked_, mark->head.next_seq);
  const std::uint64_t used = node.now.find_last_not_of('\0') + 1;
  const std::uint64_t at =
      random_.chance(700) ? used - 1 - random_.below(std::min(used, tail_bytes)) : random_.below(used);
  node.now[at] = static_cast<char>(node.now[at] ^ (1 << random_.below(8)));
  node.durable = node.now;
}

void OnFiles::restore() {
  for (const auto& [path, node] : backup_) {
    auto& there = disk_.names()[path];
    if (!there) there = std::make_shared<test::MemoryDisk::Node>();
    *there = node;
  }
  backup_.clear();
}

}  // namespace aidledger::simulation
