#include "tests/simulation/configuration.hpp"

namespace aidledger::simulation {

Configuration draw(Random& random) {
  Configuration c;
  c.on_files = random.chance(333);
  c.nodes = c.on_files ? 1 : 1 + random.below(3);
  c.actions = 20 + random.below(80);
  c.casework = random.chance(700) ? 800 : 0;
  c.segment_bytes = 16'384U << random.below(5);
  if (random.chance(100)) return c;
  c.crash = random.chance(700) ? static_cast<unsigned>(random.below(60)) : 0;
  c.retry = static_cast<unsigned>(random.below(300));
  c.alter = static_cast<unsigned>(random.below(100));
  c.clock_jump = random.chance(200) ? static_cast<unsigned>(random.below(50)) : 0;
  const auto sometimes = [&](unsigned most) {
    return random.chance(500) ? static_cast<unsigned>(random.below(most)) : 0;
  };
  c.log = {sometimes(300), sometimes(300), sometimes(300), sometimes(300), sometimes(500), sometimes(500)};
  c.ends = sometimes(100);
  c.cut_off = sometimes(100);
  c.forged = sometimes(150);
  c.keys = sometimes(200);
  c.log_change = random.chance(200) ? 20 : 0;
  c.feed = sometimes(300);
  c.race = random.chance(150);
  c.disk = {sometimes(100), sometimes(700)};
  return c;
}

std::string describe(const Configuration& c) {
  const auto faults = [](std::initializer_list<std::pair<const char*, unsigned>> all) {
    std::string out;
    for (const auto& [name, per_thousand] : all) out += std::string(", ") + name + " " + std::to_string(per_thousand);
    return out;
  };
  const std::string general = faults(
      {{"casework", c.casework}, {"crash", c.crash}, {"ends", c.ends}, {"retry", c.retry}, {"clock", c.clock_jump}});
  const std::string own = c.on_files ? faults({{"disk fails", c.disk.fails}, {"damage", c.disk.damage}})
                                     : faults({{"unknown", c.log.unknown_but_there},
                                               {"lost", c.log.lost},
                                               {"late", c.log.late},
                                               {"twice", c.log.twice},
                                               {"lag", c.log.lag},
                                               {"stale", c.log.stale},
                                               {"cut off", c.cut_off},
                                               {"forged", c.forged},
                                               {"keys", c.keys},
                                               {"log change", c.log_change},
                                               {"feed", c.feed}});
  return (c.on_files ? "ledger files" : "topic, " + std::to_string(c.nodes) + " nodes") + ", " +
         std::to_string(c.actions) + " actions" + general + own + " (per thousand)";
}

}  // namespace aidledger::simulation
