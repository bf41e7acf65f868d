#pragma once
// What a service says of a node while it reads its log from where it was to the end: where it begins, now and then how
// far it is, and that it has come to the end.
#include <memory>

#include "src/node.hpp"

namespace aidledger {

/// So often, where nobody watches a line that is drawn again.
inline constexpr std::int64_t say_every_us = 10'000'000;

/// Says now and then how many records a start has folded so far, for the log of a service.
NodeProgress said_in_lines(std::function<void(const std::string&)> says);

class CatchingUp {
 public:
  /// Of a ledger that stood so when its node had started. `draws`: a line that is drawn again, where there is a
  /// terminal, else empty. Says nothing of a node that stands at the end already.
  CatchingUp(std::string ledger, const ledger::Health& began, std::int64_t now_us,
             std::function<void(const std::string&)> says, std::function<void(const std::string&)> draws);

  /// Says what is to be said of how far it is now; nothing any more once it was at the end. `now_us`: monotonic.
  void look(const ledger::Health& health, std::int64_t now_us);

 private:
  std::string told(const ledger::Health& health, std::int64_t now_us) const;

  std::string ledger_;
  std::function<void(const std::string&)> says_, draws_;
  std::int64_t began_us_, said_us_;
  Seq began_at_;
  bool ended_;
};

}  // namespace aidledger
