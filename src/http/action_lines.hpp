#pragma once
// Many actions in one request: each line is an action, each is answered on a line of its own, in order. Hundreds are
// with the writer at once; a bad line is answered like any other and harms no neighbour. Knows no socket.
#include <deque>
#include <mutex>

#include "src/http/desk.hpp"
#include "src/http/metrics.hpp"

namespace aidledger::http {

struct LineBounds {
  std::size_t line_bytes = 512 * 1024;
  std::size_t in_flight = 1'000;  ///< lines not yet answered to the caller; reading stops there
  std::size_t take_bytes = 64 * 1024;
};

struct LineContext {
  Caller caller;
  std::string ledger;
  std::string request_id;
};

class ActionLines {
 public:
  /// `now_us` gives monotonic time; `wake` is called on any thread when there is something to take.
  ActionLines(Desk& desk, Metrics& metrics, LineContext context, LineBounds bounds,
              std::function<std::int64_t()> now_us, std::function<void()> wake);

  /// The next bytes of the body. Returns how many lines ended in them.
  std::size_t feed(std::string_view bytes);
  /// The body has ended: what stands after the last newline is a line too.
  void finish();
  /// The body cannot be read on: what came is answered, then a last line says why.
  void break_off(const ProblemKind& kind);
  /// False while enough is under way: read no more, then.
  bool wants_more() const;
  /// Answers that are ready, in order; about `take_bytes` at the most. Empty = nothing yet.
  std::string take();
  /// The body has ended and everything was taken.
  bool done() const;

 private:
  struct Slot {
    std::size_t line = 0;
    std::string action_id;
    std::optional<Decided> decided;
  };
  /// Outlives this object where answers are still on their way.
  struct Shared {
    mutable std::mutex mutex;
    std::deque<std::shared_ptr<Slot>> slots;
    bool woken = false;
    std::function<void()> wake;
  };

  void end_line();
  void submit(std::string_view text);
  static void settle(Shared& shared, Slot& slot, Decided decided);
  std::shared_ptr<Slot> open_slot();
  std::string print(const Slot& slot) const;

  Desk& desk_;
  Metrics& metrics_;
  LineContext context_;
  LineBounds bounds_;
  std::function<std::int64_t()> now_us_;
  std::shared_ptr<Shared> shared_ = std::make_shared<Shared>();
  std::string partial_;
  bool too_long_ = false;  ///< the line being read is; the rest of it is skipped
  bool finished_ = false;
  std::size_t lines_ = 0;
};

}  // namespace aidledger::http
