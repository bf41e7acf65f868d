#pragma once
// What a node says while it reads its log from where it was to the end: where it begins, now and then how far it is,
// and that it has come to the end.
#include <memory>

#include "src/node.hpp"

namespace aidledger {

/// So often, where nobody watches a line that is drawn again.
inline constexpr std::int64_t say_every_us = 10'000'000;

/// Says now and then how many records a start has folded so far, for the log of a service.
NodeProgress said_in_lines(std::function<void(const std::string&)> says);

class CatchingUp {
 public:
  /// A node that has started. `draws`: a line that is drawn again, where there is a terminal, else empty. Both are
  /// called on a thread of its own. A node that stands at the end already says nothing.
  CatchingUp(Node& node, std::function<void(const std::string&)> says, std::function<void(const std::string&)> draws);
  ~CatchingUp();

 private:
  void look();
  void say_waiting();
  bool ended(const ledger::Health& health);
  std::string told(const ledger::Health& health);

  Node& node_;
  std::function<void(const std::string&)> says_, draws_;
  std::int64_t began_us_ = 0, said_us_ = 0;
  Seq began_at_ = 0;
  std::string waiting_;  ///< what was said to be waited for
  std::unique_ptr<world::Tasks> looks_;
};

}  // namespace aidledger
