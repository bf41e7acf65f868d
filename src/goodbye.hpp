#pragma once
// A process that has been told to stop, and waits for nobody for long.
#include <condition_variable>
#include <mutex>
#include <thread>

namespace aidledger {

/// Whoever asks a broker that does not answer cannot be called back. Once begun, the process ends with 0 after so long
/// if this is not gone by then: what is half opened is left as a kill would leave it, which every start is made for.
class Goodbye {
 public:
  Goodbye() = default;
  Goodbye(const Goodbye&) = delete;
  Goodbye& operator=(const Goodbye&) = delete;
  ~Goodbye();

  void begin(std::chrono::milliseconds patience);

 private:
  std::mutex mutex_;
  std::condition_variable said_;
  bool over_ = false;
  std::thread thread_;
};

}  // namespace aidledger
