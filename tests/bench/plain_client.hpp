#pragma once
// The limit of W8: a client of the same brokers that knows nothing of ledgers.
#include <deque>

#include "src/log/frame.hpp"
#include "src/log/kafka_client.hpp"
#include "src/log/kafka_topics.hpp"
#include "tests/bench/kafka_node.hpp"

namespace aidledger::bench {

/// Produces and reads back, and reads a topic from its beginning.
class PlainClient {
 public:
  explicit PlainClient(log::KafkaSettings ledger) : ledger_(std::move(ledger)), settings_(ledger_) {
    settings_.topic += ".plain";
    create_topic(settings_, settings_.topic, {log::TopicUse::ledger, !settings_.brokers.contains(',')});
    producer_.emplace(log::KafkaClient::Kind::producer, settings_, log::ledger_producer());
    consumer_.emplace(log::KafkaClient::Kind::consumer, settings_, log::ledger_consumer());
    producer_->partitions(settings_.topic, 10'000);
    log::assign(consumer_->handle(), settings_.topic, 0);
  }

  /// One message on its way for each of these.
  Taken read_back(const std::vector<Bytes>& records) {
    const std::size_t clients = records.size();
    Stopwatch watch;
    std::deque<steady_clock::time_point> begun;
    const auto send = [&] {
      const auto& value = records[(watch.count() + begun.size()) % clients];
      begun.push_back(steady_clock::now());
      log::produce(producer_->handle(), {settings_.topic, std::nullopt, value});
    };
    for (std::size_t i = 0; i < clients; ++i) send();
    while (!begun.empty()) {
      for (int wait_ms = 1'000; const auto message = log::poll(consumer_->handle(), wait_ms); wait_ms = 0) {
        if (message->err != RD_KAFKA_RESP_ERR_NO_ERROR) break;
        watch.done(begun.front());
        begun.pop_front();
      }
      // What came back together goes out together.
      while (begun.size() < clients && watch.count() + begun.size() < answers_of(clients)) send();
      rd_kafka_poll(producer_->handle(), 0);
    }
    return watch.taken();
  }

  double read_per_second(Seq records) {
    return per_second(records, [&] {
      const log::KafkaClient reader(log::KafkaClient::Kind::consumer, ledger_, log::ledger_consumer());
      log::assign(reader.handle(), ledger_.topic, 0);
      for (Seq next = 0; next < records;) {
        const auto message = log::poll(reader.handle(), 1'000);
        if (message && message->err == RD_KAFKA_RESP_ERR_NO_ERROR) next = log::seqs_of(log::value_of(*message)).next;
      }
    });
  }

 private:
  log::KafkaSettings ledger_, settings_;
  std::optional<log::KafkaClient> producer_, consumer_;
};

}  // namespace aidledger::bench
