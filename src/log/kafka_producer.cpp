#include "src/log/kafka_producer.hpp"

#include <algorithm>
#include <chrono>
#include <stdexcept>

namespace aidledger::log {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr int warm_up_ms = 2'000;
/// Longer than message_timeout_ms: by then librdkafka should have answered by itself.
constexpr milliseconds silence{13'000};
constexpr milliseconds longest_pause{2'000};

}  // namespace

KafkaProducer::KafkaProducer(const KafkaSettings& settings, Reaches reaches)
    : settings_(settings), reaches_(std::move(reaches)), client_(make_client()), thread_([this] { run(); }) {}

KafkaProducer::~KafkaProducer() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_all();
  thread_.join();
}

std::unique_ptr<KafkaClient> KafkaProducer::make_client() {
  const auto delivered = [this](const rd_kafka_message_t& message) { delivery_ = {message.err, message.offset}; };
  return std::make_unique<KafkaClient>(KafkaClient::Kind::producer, settings_, ledger_producer(), delivered);
}

void KafkaProducer::send(Bytes value, std::function<void(Appended)> done) {
  {
    const std::lock_guard lock(mutex_);
    if (std::exchange(busy_, true)) throw std::logic_error("an append is in flight already");
    job_ = {std::move(value), std::move(done), std::nullopt};
    if (std::exchange(warm_, false)) job_->produced = produce(job_->value);
  }
  changed_.notify_all();
}

std::string KafkaProducer::failing() const {
  const std::lock_guard lock(mutex_);
  return failing_;
}

std::uint64_t KafkaProducer::dropped() const {
  const std::lock_guard lock(mutex_);
  return dropped_;
}

bool KafkaProducer::stopping() const {
  const std::lock_guard lock(mutex_);
  return stopping_;
}

void KafkaProducer::run() {
  have_client();  // connected before the first append needs it
  while (auto job = next_job()) {
    const Appended outcome = attempt(*job);
    {
      const std::lock_guard lock(mutex_);
      busy_ = false;
      warm_ = outcome == Appended::done;
    }
    job->done(outcome);
  }
}

/// Nothing once it is to stop and nobody waits for an answer.
std::optional<KafkaProducer::Job> KafkaProducer::next_job() {
  for (;;) {
    {
      std::unique_lock lock(mutex_);
      changed_.wait_for(lock, milliseconds(1'000), [this] { return job_.has_value() || stopping_; });
      if (job_) return std::exchange(job_, std::nullopt);
      if (stopping_) return std::nullopt;
    }
    if (client_) rd_kafka_poll(client_->handle(), 0);
  }
}

Appended KafkaProducer::attempt(Job& job) {
  pause();
  if (!job.produced) {
    if (stopping() || !have_client()) return Appended::unknown;
    job.produced = produce(job.value);
  }
  const auto error = *job.produced != RD_KAFKA_RESP_ERR_NO_ERROR ? *job.produced : delivered();
  if (error != RD_KAFKA_RESP_ERR_NO_ERROR) {
    give_up(client_->failure(error, settings_.topic).what());
    return Appended::unknown;
  }
  if (delivery_->offset >= 0) reaches_({static_cast<std::uint64_t>(delivery_->offset) + 1});
  failures_ = 0;
  client_->answered();
  const std::lock_guard lock(mutex_);
  failing_.clear();
  return Appended::done;
}

/// False, and the reason kept, when the broker or the topic is not there.
bool KafkaProducer::have_client() {
  try {
    if (!client_) client_ = make_client();
    if (failures_ == 0 && delivery_) return true;  // warm since its last message
    if (client_->partitions(settings_.topic, warm_up_ms) == 0)
      throw client_->failure(RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART, settings_.topic);
    return true;
  } catch (const LogFailure& failure) {
    give_up(failure.what());
    return false;
  }
}

rd_kafka_resp_err_t KafkaProducer::produce(const Bytes& value) {
  delivery_.reset();
  return log::produce(client_->handle(), {settings_.topic, std::nullopt, value});
}

rd_kafka_resp_err_t KafkaProducer::delivered() {
  for (const auto until = steady_clock::now() + silence; !delivery_ && steady_clock::now() < until && !stopping();)
    rd_kafka_poll(client_->handle(), 100);
  return delivery_ ? delivery_->error : RD_KAFKA_RESP_ERR__TIMED_OUT;
}

void KafkaProducer::give_up(const std::string& why) {
  client_.reset();
  delivery_.reset();
  ++failures_;
  const std::lock_guard lock(mutex_);
  failing_ = why;
  ++dropped_;
}

void KafkaProducer::pause() {
  if (failures_ == 0) return;
  const auto length = std::min(longest_pause, milliseconds(50 << std::min(failures_ - 1, 6)));
  std::unique_lock lock(mutex_);
  changed_.wait_for(lock, length, [this] { return stopping_; });
}

}  // namespace aidledger::log
