#include "tests/simulation/topic_log.hpp"

#include <array>
#include <utility>

namespace aidledger::simulation {
namespace {

constexpr std::array<std::size_t, 3> reads_at_once{1, 8, 1'000};

}  // namespace

TopicLog::TopicLog(Topic& topic, Strand& strand, Fate& fate)
    : topic_(topic),
      strand_(strand),
      fate_(fate),
      reader_(topic.add_reader([this] { see_more(); })),
      visible_(topic.landed().size()),
      read_at_once_(topic.random().pick(reads_at_once)) {
  if (topic.random().chance(topic.faults().stale)) show_old_end();
}

TopicLog::~TopicLog() { topic_.remove_reader(reader_); }

void TopicLog::append(Bytes batch, std::function<void(log::Appended)> done) {
  fate_.call("before an append");
  if (batch != std::exchange(last_appended_, batch) && !at_end({read_to_})) topic_.decided_blindly();
  auto& random = topic_.random();
  const auto faults = topic_.faults();
  auto outcome = log::Appended::done;
  const std::int64_t delay = random.between(200, 5'000) + slower_by_us_;
  if (cut_off_at_us_ || random.chance(faults.lost)) {
    outcome = log::Appended::unknown;
  } else if (random.chance(faults.late)) {
    outcome = log::Appended::unknown;
    topic_.land_later(delay + random.between(1'000, 60'000'000), std::move(batch));
  } else {
    if (random.chance(faults.unknown_but_there)) outcome = log::Appended::unknown;
    if (random.chance(faults.twice)) topic_.land_later(delay + random.between(0, 100'000), batch);
    topic_.land_later(delay, std::move(batch));
  }
  strand_.after(delay + random.between(0, 2'000), [done = std::move(done), outcome] { done(outcome); });
  fate_.call("after an append");
}

std::vector<log::Entry> TopicLog::read(log::Position from, std::size_t) {
  std::vector<log::Entry> out;
  if (cut_off_at_us_ || diverged_) return out;
  reading_ = true;
  read_to_ = from.value;
  for (; read_to_ < visible_ && out.size() < read_at_once_; ++read_to_)
    out.push_back({{read_to_ + 1}, topic_.landed()[read_to_].batch, topic_.time_of(topic_.landed()[read_to_])});
  if (!out.empty()) last_read_ = out.back().batch;
  return out;
}

std::optional<log::Entry> TopicLog::entry_at(log::Position position) {
  if (position.value >= shown_end()) return std::nullopt;
  return log::Entry{{position.value + 1}, topic_.landed()[position.value].batch, {}};
}

/// Of the days before a leader was frozen, until it hears of its successor.
void TopicLog::show_old_end() {
  auto& random = topic_.random();
  old_end_ = topic_.landed().size() - random.below(std::min<std::size_t>(topic_.landed().size(), 5));
  strand_.after(random.between(1'000'000, 15'000'000), [this] { old_end_.reset(); });
}

const Topic& TopicLog::asked() const {
  if (cut_off_at_us_) throw log::LogFailure(log::Remedy::retry, failing());
  return topic_;
}

/// With what was read here, as the production log does now and then.
void TopicLog::compare() {
  const auto& landed = topic_.landed();
  if (read_to_ > landed.size())
    diverged_ = "the log ends before what was read here";
  else if (!last_read_.empty() && landed[read_to_ - 1].batch != last_read_)
    diverged_ = "the log holds another batch than the one that was read here";
}

bool TopicLog::at_end(log::Position position) { return reading_ && position.value >= visible_ && end_confirmed(); }

bool TopicLog::end_confirmed() const {
  const auto fresh = [&](std::int64_t at_us) { return topic_.schedule().now_us() - at_us <= log::end_known_for_us; };
  if (cut_off_at_us_) return fresh(*cut_off_at_us_);
  return visible_ >= topic_.landed().size() || fresh(topic_.landed()[visible_].at_us);
}

void TopicLog::cut_off(std::int64_t for_us) {
  if (cut_off_at_us_) return;
  cut_off_at_us_ = topic_.schedule().now_us();
  strand_.after(for_us, [this] {
    cut_off_at_us_.reset();
    sees(topic_.landed().size());
  });
}

void TopicLog::see_more() {
  auto& random = topic_.random();
  const std::int64_t lag = random.chance(topic_.faults().lag) ? random.between(10'000, 20'000'000)
                                                              : random.between(0, 1'000) + slower_by_us_;
  strand_.after(lag, [this, upto = topic_.landed().size()] {
    if (!cut_off_at_us_) sees(upto);
  });
}

void TopicLog::sees(std::size_t upto) {
  visible_ = std::min(std::max(visible_, upto), topic_.landed().size());
  compare();
  if (wake_) wake_();
}

}  // namespace aidledger::simulation
