#pragma once
// What a seed draws before anything else: where the nodes stand, how much is asked of them, which faults there are and
// how often. One run in ten has none: it must be live, too.
#include <string>

#include "tests/simulation/topic.hpp"

namespace aidledger::simulation {

/// Per thousand rounds.
struct DiskFaults {
  unsigned fails = 0;   ///< some call from now on answers ENOSPC or EIO
  unsigned damage = 0;  ///< of starts: a bit of the ledger files was flipped meanwhile
};

struct Configuration {
  bool on_files = false;  ///< one node on the embedded log; else one to three on a topic
  std::size_t nodes = 1, actions = 40;
  unsigned casework = 0, crash = 0, retry = 0, alter = 0, clock_jump = 0;
  unsigned ends = 0;        ///< a process ends within some call from now on
  unsigned cut_off = 0;     ///< a node and the brokers, for a while
  unsigned forged = 0;      ///< somebody else writes into the topic
  unsigned keys = 0;        ///< a writer key is revoked, proposed or enrolled
  unsigned log_change = 0;  ///< at most once a run: the log loses its end, is made anew, or is another cluster's
  unsigned feed = 0;        ///< the feed's topics do not answer, or leave it in doubt
  bool race = false;        ///< at the end two nodes write at full speed
  LogFaults log;
  DiskFaults disk;
  std::uint64_t segment_bytes = 64 << 10;
};

Configuration draw(Random& random);
std::string describe(const Configuration& configuration);

}  // namespace aidledger::simulation
