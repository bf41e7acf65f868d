#pragma once
// What a simulation replaces: clock, randomness, tasks. (The disk is in src/world/disk.hpp.)
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "events/values/bytes.hpp"
#include "events/values/time.hpp"

namespace aidledger::world {

class Clock {
 public:
  virtual ~Clock() = default;
  /// The wall clock: may step, is never used for order.
  virtual Instant now() = 0;
  /// Microseconds that only grow; unrelated to any calendar.
  virtual std::int64_t monotonic_us() = 0;
};

class Random {
 public:
  virtual ~Random() = default;
  virtual Bytes bytes(std::size_t count) = 0;
};

/// A strand: tasks run one after another, never at once. The real one is an Asio strand or a thread; the simulation
/// picks by seed.
class Tasks {
 public:
  virtual ~Tasks() = default;
  virtual void post(std::function<void()> task) = 0;
  virtual void after(std::int64_t delay_us, std::function<void()> task) = 0;
};

std::unique_ptr<Clock> system_clock();
/// OpenSSL's generator, drawn in blocks. May be used from several threads.
std::unique_ptr<Random> system_random();
/// A thread of its own. The destructor runs what was posted, drops what is still waiting for its time, and joins.
/// `look_around_us`: for so long it looks for more work before it sleeps; waking a thread costs 10-50 us on a virtual
/// machine, much beside a durable append of 100. 0 = it sleeps at once.
std::unique_ptr<Tasks> thread_tasks(std::int64_t look_around_us = 0);
/// An RFC 9562 UUIDv7 in its usual text form.
std::string uuid_v7(Instant now, Random& random);
/// A zone of the system's tz database (IANA name) as a value, with its changes from 1900 to 2100. Throws
/// std::runtime_error naming the zone when unknown.
Zone load_zone(const std::string& name);

}  // namespace aidledger::world
