// The system's clock and randomness.
#include <openssl/crypto.h>
#include <openssl/rand.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstring>
#include <mutex>
#include <stdexcept>

#include "src/world/world.hpp"

namespace aidledger::world {
namespace {

template <class SomeClock>
std::int64_t microseconds_of() {
  return std::chrono::duration_cast<std::chrono::microseconds>(SomeClock::now().time_since_epoch()).count();
}

class SystemClock : public Clock {
 public:
  Instant now() override { return {microseconds_of<std::chrono::system_clock>()}; }
  std::int64_t monotonic_us() override { return microseconds_of<std::chrono::steady_clock>(); }
};

void fill(unsigned char* into, std::size_t count) {
  if (RAND_bytes(into, static_cast<int>(count)) != 1) throw std::runtime_error("the system's random generator failed");
}

class SystemRandom : public Random {
 public:
  ~SystemRandom() override { OPENSSL_cleanse(block_.data(), block_.size()); }

  Bytes bytes(std::size_t count) override {
    Bytes out(count, '\0');
    if (count > block_.size() / 4) {
      constexpr std::size_t at_once = 1 << 20;
      for (std::size_t done = 0; done < count; done += at_once) {
        fill(reinterpret_cast<unsigned char*>(out.data()) + done, std::min(at_once, count - done));
      }
      return out;
    }
    const std::lock_guard lock(mutex_);
    if (block_.size() - used_ < count) {
      fill(block_.data(), block_.size());
      used_ = 0;
    }
    std::memcpy(out.data(), block_.data() + used_, count);
    OPENSSL_cleanse(block_.data() + used_, count);  // what was handed out must not be found here again
    used_ += count;
    return out;
  }

 private:
  std::mutex mutex_;
  std::array<unsigned char, 4096> block_{};
  std::size_t used_ = block_.size();
};

}  // namespace

std::unique_ptr<Clock> system_clock() { return std::make_unique<SystemClock>(); }
std::unique_ptr<Random> system_random() { return std::make_unique<SystemRandom>(); }

std::string uuid_v7(Instant now, Random& random) {
  Bytes raw(6, '\0');
  const auto milliseconds = static_cast<std::uint64_t>(now.us / 1000);
  for (int i = 0; i < 6; ++i) raw[static_cast<std::size_t>(i)] = static_cast<char>(milliseconds >> (40 - 8 * i));
  raw += random.bytes(10);
  raw[6] = static_cast<char>((raw[6] & 0x0f) | 0x70);  // version 7
  raw[8] = static_cast<char>((raw[8] & 0x3f) | 0x80);  // variant of RFC 9562
  const std::string hex = to_hex(raw);
  return hex.substr(0, 8) + "-" + hex.substr(8, 4) + "-" + hex.substr(12, 4) + "-" + hex.substr(16, 4) + "-" +
         hex.substr(20);
}

}  // namespace aidledger::world
