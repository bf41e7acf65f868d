#pragma once
// Looks at a node again and again, for as long as it is served, and says what there is to say.
#include <memory>

#include "src/catching_up.hpp"
#include "src/watch.hpp"

namespace aidledger {

class Watching {
 public:
  /// A node that has started. `says` a line; `draws` one that is drawn again, where there is a terminal, else empty.
  /// Both are called on a thread of its own.
  Watching(Node& node, std::function<void(const std::string&)> says, std::function<void(const std::string&)> draws);

 private:
  void look();

  Node& node_;
  std::function<void(const std::string&)> says_;
  CatchingUp catching_up_;
  Watch watch_;
  std::unique_ptr<world::Tasks> looks_ = world::thread_tasks();
};

}  // namespace aidledger
