#pragma once
// Where the feed goes: Kafka, or files. Calls may wait for disk or broker: they belong on the publisher's own thread.
#include <set>
#include <string>
#include <vector>

#include "src/feed/message.hpp"

namespace aidledger::feed {

enum class Published {
  done,     ///< all of it can be read
  unknown,  ///< perhaps none, some of it in order, or all: the tail tells
  fenced,   ///< nothing of it: somebody else has taken the feed over, or is thought to have
};

/// The last event on the events topic. `known` = false: it could not be read now, ask again later.
struct Tail {
  bool known = false;
  std::optional<EventRef> last;  ///< nothing on an empty topic
};

class FeedPort {
 public:
  virtual ~FeedPort() = default;
  /// Whoever published before can publish no more; what it left half done is complete or gone. False = not now. To be
  /// called before anything else, and again after every answer but `done`.
  virtual bool take_over() = 0;
  /// The topics that take_over had to make since this was asked last: whatever was told there is gone.
  virtual std::set<std::string> made() { return {}; }
  virtual Tail tail() = 0;
  /// Messages in order; those of one record come together, its events last. The order is kept within a topic.
  virtual Published publish(const std::vector<Message>& messages) = 0;
  /// One sentence on what stood in the way last; empty when nothing did.
  virtual std::string failing() const = 0;
};

}  // namespace aidledger::feed
