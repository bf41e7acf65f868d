#pragma once
// The local, verified copy of a log that lies elsewhere: every accepted batch, in order. What a node folds again,
// exports and proves comes from here, never from the network. On an embedded ledger the log is this copy, and there is
// none.
#include <functional>

#include "events/values/bytes.hpp"
#include "src/log/shared_log.hpp"

namespace aidledger::ledger {

class AcceptedCopy {
 public:
  virtual ~AcceptedCopy() = default;
  /// Keeps an accepted batch; `at`: where it lies in the log. One that is held already is passed over. Its records can
  /// be read at once, and are durable before the next `settle` returns.
  virtual void keep(BytesView frame, log::Position at) = 0;
  /// The log shows once more, in a batch that lies at `at`, records that are held, and all those before them were
  /// shown.
  virtual void met(BytesView, log::Position) {}
  /// Makes durable what was kept, when enough of it or enough time has gathered.
  virtual void settle() = 0;
  /// The batches from the one that holds `seq` on; false from `visit` stops.
  virtual void scan(Seq seq, const std::function<bool(BytesView frame)>& visit) = 0;
  struct Resume {
    log::Position position;
    Seq next_seq = 0;    ///< the record that is next there; what is held from it on will be met again
    bool judged = true;  ///< by this node, when it was kept; else it came from elsewhere, and its signatures count
  };
  /// Where to read on in the log: at the last batch that is held, or before it, so that the log has to show it again.
  virtual Resume resume() const = 0;
};

}  // namespace aidledger::ledger
