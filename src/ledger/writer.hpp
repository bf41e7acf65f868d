#pragma once
// Decides what is asked, appends it in batches, answers what was accepted. One batch is in flight; the next is decided
// on top of it meanwhile. Nobody is told anything that rests on a batch in doubt. Lives on the ledger's strand.
#include <deque>
#include <memory>

#include "src/ledger/batch.hpp"
#include "src/ledger/clock_guard.hpp"
#include "src/ledger/follower.hpp"
#include "src/ledger/sealing_step.hpp"
#include "src/ledger/turns.hpp"
#include "src/rules/engine.hpp"
#include "src/world/world.hpp"

namespace aidledger::ledger {

inline constexpr std::size_t max_waiting_actions = 20'000;
inline constexpr std::int64_t retry_append_us = 50'000;
/// A batch that the log took and that has not been read back by then is sent again: the log may have lost it.
inline constexpr std::int64_t read_back_us = 5'000'000;
/// On Kafka nothing is decided by a clock that was compared with the broker's longer ago than this; the answer has to
/// come within a minute, for a later one shows no difference of five.
inline constexpr std::int64_t clock_compared_for_us = 24LL * 3600 * 1'000'000;

/// Whether a principal may ask for an action, judged on the state it is decided on: nullopt = yes.
using MayAsk = std::function<std::optional<rules::Refusal>(const Principal&, const rules::Request&, const Rows& state,
                                                           Instant now)>;

struct WriterPorts {
  log::SharedLog& log;
  Follower& follower;
  const RecordSource& records;
  world::Clock& clock;
  world::Random& random;
  world::Tasks& strand;
  SealingStep& sealing;
  rules::TextParsers parsers;
  MayAsk may_ask;
  /// Why the log can be neither read nor appended to now; empty while it can.
  std::function<std::string()> log_failing = [] { return std::string(); };
};

struct WriterSettings {
  std::string ledger;
  Zone zone;
  log::KeyId key{};
  bool demonstration = false;
  /// On Kafka: the signature of a frame's signed part. Empty on an embedded ledger.
  std::function<Bytes(BytesView part)> sign;
};

class Writer {
 public:
  Writer(WriterPorts ports, WriterSettings settings);

  /// Answers later, on the strand; at once when there is no room.
  void ask(Asked asked);
  /// Decides and appends as far as can be now.
  void pump();
  /// Call when the follower has read an entry, has accepted a batch or many (after the commit), voided one, or halted.
  void on_read(const log::Entry& entry);
  void on_accepted(const AcceptedBatch& batch);
  void on_caught_up();
  void on_voided(const Verdict& verdict);
  void on_halted();
  /// The halt is over.
  void go_on() { stopped_ = false; }
  /// Appends, once, what is no batch of its own, as soon as the log has answered what is on its way.
  void append_aside(Bytes frame);

  /// Whether the clock has been compared with the broker's of late, where there is one; asks for it otherwise. What it
  /// showed is the guard's to say.
  bool clock_compared();
  const rules::Books& books() const { return books_; }
  ClockGuard& clock_guard() { return guard_; }
  std::size_t waiting() const { return arrivals_.size(); }
  const Turns& turns() const { return turns_; }
  bool idle() const { return arrivals_.empty() && !in_flight_ && (!building_ || building_->empty()); }
  /// Everything that waits is told that nothing was decided (or that it is unknown, where it was sent).
  void stop(const std::string& why);

 private:
  Batch& building();
  const Head& tip() const;
  bool prepare_arrivals();
  void give_back(const std::vector<Asked*>& unsealed, const std::string& why);
  bool decide_next();
  void decide_one(Asked asked);
  std::shared_ptr<const rules::AnswerRow> known(const rules::Request& request, const Batch& batch) const;
  bool answer_known(Asked& asked, Batch& batch);
  void refuse(Batch& batch, Asked asked, Answer answer);
  bool hold_back();
  void launch();
  Bytes signed_frame() const;
  Bytes sign(Bytes frame) const;
  void compare_clock();
  void ask_the_time();
  Bytes last_record_again();
  void append_in_flight();
  void append(Bytes frame, std::function<void(log::Appended)> then);
  void append_again_after(std::int64_t us, std::uint64_t number);
  void turn_away(const std::string& why);
  void give_up(const std::string& why, Answer::Kind sent);
  bool disk_full();
  void answer_in_flight(const std::vector<AcceptedRecord>& records);
  void decide_again();
  void tell_held(Batch& batch);
  Answer replay(Seq seq) const;
  Instant now_for(const Asked& asked) const;

  WriterPorts ports_;
  WriterSettings settings_;
  rules::Books books_;
  ClockGuard guard_;
  Seq began_ = 0;  ///< the head when this one started; of use under the sabotage dedupe_in_a_cache only
  Turns turns_;
  bool holding_back_ = false;
  std::deque<Asked> arrivals_;
  std::unique_ptr<Batch> building_, in_flight_;
  Bytes in_flight_frame_;
  Instant in_flight_sent_;
  struct TimeQuestion {
    Bytes frame;
    Instant sent;
    std::int64_t sent_us = 0;  ///< monotonic
  };
  std::optional<TimeQuestion> time_question_;
  std::uint32_t time_questions_ = 0;
  std::optional<std::int64_t> clock_compared_us_;  ///< monotonic
  std::uint64_t append_number_ = 0;                ///< tells a late answer to an older append
  bool appending_ = false;                         ///< the log has not answered yet: one append at a time
  Bytes aside_;                                    ///< waits for that
  bool in_doubt_ = false;                          ///< what is in flight may be in the log, whatever is answered now
  bool no_room_ = false;                           ///< the log said so last
  bool stopped_ = false;
  std::string stopped_why_;
};

}  // namespace aidledger::ledger
