#include "src/log/kafka_tail.hpp"

#include <chrono>

namespace aidledger::log {
namespace {

using std::chrono::milliseconds;

/// Fetched ahead of the reader; librdkafka keeps up to 32 MiB more (kafka_properties.cpp).
constexpr std::size_t ahead_bytes = 8 << 20;
constexpr int question_ms = 5'000;
/// Shorter: whoever waits for at_end should hear soon that nobody answers.
constexpr int watch_ms = 2'000;
constexpr milliseconds watch_every{1'000};
/// So often, and whenever the connection was lost, what was read last is compared with what the topic has there.
constexpr std::uint64_t compare_every = 10;

std::int64_t now_us() {
  const auto now = std::chrono::steady_clock::now().time_since_epoch();
  return std::chrono::duration_cast<std::chrono::microseconds>(now).count();
}

Entry entry_of(const rd_kafka_message_t& message) {
  return {{static_cast<std::uint64_t>(message.offset) + 1}, Bytes(value_of(message)), appended_at(message)};
}

}  // namespace

KafkaTail::KafkaTail(const KafkaSettings& settings)
    : settings_(settings),
      consumer_(KafkaClient::Kind::consumer, settings_, ledger_consumer()),
      events_(rd_kafka_queue_get_consumer(consumer_.handle()), rd_kafka_queue_destroy),
      asker_(KafkaClient::Kind::asker, settings_, ledger_consumer()),
      window_(ahead_bytes),
      fetches_([this] { fetch(); }),
      watches_([this] { watch(); }) {}

KafkaTail::~KafkaTail() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  room_.notify_all();
  question_.notify_all();
  rd_kafka_queue_yield(events_.get());
  fetches_.join();
  watches_.join();
}

std::vector<Entry> KafkaTail::read(Position from, std::size_t max_bytes) {
  std::vector<Entry> entries;
  bool jumped = false;
  {
    const std::lock_guard lock(mutex_);
    const bool waits = window_.jump_waits();
    entries = window_.read(from, max_bytes);
    jumped = !waits && window_.jump_waits();
    ask_now_ |= jumped;
  }
  room_.notify_all();
  if (jumped) {
    rd_kafka_queue_yield(events_.get());
    question_.notify_all();
  }
  return entries;
}

bool KafkaTail::at_end(Position position) const {
  const std::lock_guard lock(mutex_);
  return window_.at_end(position, now_us());
}

Position KafkaTail::known_end() const {
  const std::lock_guard lock(mutex_);
  return window_.known_end();
}

void KafkaTail::on_change(std::function<void()> wake) {
  const std::lock_guard lock(waking_);
  wake_ = std::move(wake);
}

void KafkaTail::reaches(Position end) {
  const std::lock_guard lock(mutex_);
  window_.reaches(end);
}

std::optional<std::string> KafkaTail::diverged() const {
  const std::lock_guard lock(mutex_);
  return window_.diverged();
}

std::string KafkaTail::trouble() const {
  const auto fetching = consumer_.trouble();
  return fetching.empty() ? asker_.trouble() : fetching;
}

void KafkaTail::update(const std::function<void(KafkaWindow&)>& change) {
  {
    const std::lock_guard lock(mutex_);
    change(window_);
  }
  const std::lock_guard lock(waking_);
  wake_();
}

void KafkaTail::fetch() {
  for (;;) {
    std::optional<Position> jump;
    {
      std::unique_lock lock(mutex_);
      room_.wait(lock, [this] { return stopping_ || window_.jump_waits() || window_.wants_more(); });
      if (stopping_) return;
      jump = window_.take_jump();
    }
    if (jump) assign(consumer_.handle(), settings_.topic, jump->value);
    if (const auto message = poll(consumer_.handle(), 100)) take(*message);
  }
}

void KafkaTail::take(const rd_kafka_message_t& message) {
  std::int64_t low = 0;
  std::int64_t high = 0;
  switch (message.err) {
    case RD_KAFKA_RESP_ERR_NO_ERROR:
      consumer_.answered();
      rd_kafka_get_watermark_offsets(consumer_.handle(), settings_.topic.c_str(), 0, &low, &high);
      return update([&](KafkaWindow& window) {
        window.add(entry_of(message), {high > 0 ? static_cast<std::uint64_t>(high) : 0}, now_us());
      });
    case RD_KAFKA_RESP_ERR__PARTITION_EOF:
      consumer_.answered();
      return update([&](KafkaWindow& window) { window.ends({static_cast<std::uint64_t>(message.offset)}, now_us()); });
    case RD_KAFKA_RESP_ERR__AUTO_OFFSET_RESET:
    case RD_KAFKA_RESP_ERR_OFFSET_OUT_OF_RANGE: {
      const std::lock_guard lock(mutex_);
      window_.out_of_range();
      ask_now_ = true;
      question_.notify_all();
      return;
    }
    default: consumer_.in_trouble(message.err);
  }
}

void KafkaTail::watch() {
  for (;;) {
    {
      std::unique_lock lock(mutex_);
      question_.wait_for(lock, watch_every, [this] { return stopping_ || ask_now_; });
      if (stopping_) return;
      ask_now_ = false;
    }
    try {
      ask_once();
    } catch (const LogFailure&) {
      doubtful_ = true;  // trouble() says it
    }
  }
}

void KafkaTail::ask_once() {
  Position covered;
  std::optional<KafkaWindow::Sample> last;
  {
    const std::lock_guard lock(mutex_);
    covered = window_.covered();
    last = window_.last();
    doubtful_ |= window_.is_out_of_range();
  }
  Watermarks marks;
  {
    const std::lock_guard lock(asking_);
    marks = asker_.watermarks(settings_.topic, watch_ms);
    asker_.answered();
  }
  doubtful_ |= !consumer_.trouble().empty() || ++asked_ % compare_every == 0;
  const bool replaced = doubtful_ && last && !is_still_there(*last);
  doubtful_ = false;
  consumer_.reachable();
  update([&](KafkaWindow& window) {
    if (replaced)
      window.diverge("the message at offset " + std::to_string(last->next.value - 1) +
                     " is not the one that was read there: the topic was made anew");
    else
      window.heard(marks, covered, now_us());
  });
}

bool KafkaTail::is_still_there(const KafkaWindow::Sample& sample) const {
  const auto entry = entry_at({sample.next.value - 1});
  return !entry || KafkaWindow::sample_of(*entry) == sample;  // where the topic ends before it, the watermarks tell
}

std::string KafkaTail::cluster_id() {
  const std::lock_guard lock(asking_);
  return asker_.cluster_id(question_ms);
}

Watermarks KafkaTail::watermarks() {
  const std::lock_guard lock(asking_);
  return asker_.watermarks(settings_.topic, question_ms);
}

std::optional<Entry> KafkaTail::entry_at(Position position) const {
  KafkaClient reader(KafkaClient::Kind::consumer, settings_, ledger_consumer());
  assign(reader.handle(), settings_.topic, position.value);
  const std::int64_t until = now_us() + question_ms * 1'000;
  while (now_us() < until) {
    const auto message = poll(reader.handle(), 100);
    if (!message) continue;
    switch (message->err) {
      case RD_KAFKA_RESP_ERR_NO_ERROR: return entry_of(*message);
      case RD_KAFKA_RESP_ERR__PARTITION_EOF:
      case RD_KAFKA_RESP_ERR__AUTO_OFFSET_RESET:
      case RD_KAFKA_RESP_ERR_OFFSET_OUT_OF_RANGE: return std::nullopt;
      default: reader.in_trouble(message->err);
    }
  }
  throw reader.failure(RD_KAFKA_RESP_ERR__TIMED_OUT, settings_.topic);
}

}  // namespace aidledger::log
