#pragma once
// One node's handle on the topic, gone with the node: it sees the end with a lag of its own, reads as little at a time
// as the seed wills, and may be cut off from the brokers for a while. Like the production log it calls nothing the end
// that the brokers have not confirmed within the last seconds.
#include "src/log/kafka_window.hpp"
#include "tests/simulation/fate.hpp"
#include "tests/simulation/topic.hpp"

namespace aidledger::simulation {

class TopicLog : public log::SharedLog, public log::LogIdentity {
 public:
  TopicLog(Topic& topic, Strand& strand, Fate& fate);
  ~TopicLog() override;

  void append(Bytes batch, std::function<void(log::Appended)> done) override;
  std::vector<log::Entry> read(log::Position from, std::size_t max_bytes) override;
  void on_readable(std::function<void()> wake) override { wake_ = std::move(wake); }
  bool at_end(log::Position position) override;

  std::string cluster_id() override { return asked().cluster; }
  log::Watermarks watermarks() override { return {{0}, {shown_end()}}; }
  std::optional<log::Entry> entry_at(log::Position position) override;
  std::optional<std::string> diverged() const override { return diverged_; }
  std::optional<log::TopicState> describe() { return asked().state(); }

  void cut_off(std::int64_t for_us);
  /// Whatever it appends or sees takes so much longer.
  void slow_down(std::int64_t by_us) { slower_by_us_ = by_us; }
  std::string failing() const { return cut_off_at_us_ ? "no broker answers" : ""; }

 private:
  void see_more();
  void sees(std::size_t upto);
  bool end_confirmed() const;
  const Topic& asked() const;
  std::size_t shown_end() const {
    return old_end_ ? std::min(*old_end_, asked().landed().size()) : asked().landed().size();
  }
  void show_old_end();
  void compare();

  Topic& topic_;
  Strand& strand_;
  Fate& fate_;
  int reader_;
  std::size_t visible_;
  std::size_t read_at_once_;
  std::optional<std::int64_t> cut_off_at_us_;
  std::int64_t slower_by_us_ = 0;
  std::optional<std::size_t> old_end_;
  std::size_t read_to_ = 0;
  bool reading_ = false;  ///< before that nothing is known of the end
  Bytes last_appended_;
  Bytes last_read_;  ///< the batch before read_to_; empty = none
  std::optional<std::string> diverged_;
  std::function<void()> wake_;
};

}  // namespace aidledger::simulation
