#include "src/catching_up.hpp"

#include <algorithm>
#include <utility>

#include "src/not_ready.hpp"

namespace aidledger {
namespace {

std::string seconds(std::int64_t us) { return std::to_string(us / 1'000'000) + " s"; }

}  // namespace

NodeProgress said_in_lines(std::function<void(const std::string&)> says) {
  struct Said {
    std::unique_ptr<world::Clock> clock = world::system_clock();
    std::int64_t at_us = clock->monotonic_us();
    std::string step;
  };
  const auto said = std::make_shared<Said>();
  return {.step = [said](const std::string& step) { said->step = step; },
          .records =
              [said, says](Seq done) {
                const auto now_us = said->clock->monotonic_us();
                if (now_us - said->at_us < say_every_us) return;
                said->at_us = now_us;
                says(said->step + ": " + std::to_string(done) + " records");
              }};
}

CatchingUp::CatchingUp(std::string ledger, const ledger::Health& began, std::int64_t now_us,
                       std::function<void(const std::string&)> says, std::function<void(const std::string&)> draws)
    : ledger_(std::move(ledger)),
      says_(std::move(says)),
      draws_(std::move(draws)),
      began_us_(now_us),
      said_us_(now_us),
      began_at_(began.folded_to),
      ended_(began.caught_up) {
  if (!ended_) says_("reading the log of " + ledger_ + ": " + std::to_string(began_at_) + " records are held here");
}

void CatchingUp::look(const ledger::Health& health, std::int64_t now_us) {
  if (ended_ || health.halt != ledger::Halt::none) return;
  ended_ = health.caught_up;
  if (ended_)
    return says_("the end of the log of " + ledger_ + " is reached: " + std::to_string(health.next_seq) +
                 " records after " + seconds(now_us - began_us_));
  if (draws_) return draws_(told(health, now_us));
  if (now_us - said_us_ < say_every_us) return;
  said_us_ = now_us;
  says_(told(health, now_us));
}

std::string CatchingUp::told(const ledger::Health& health, std::int64_t now_us) const {
  const auto spent_us = static_cast<std::uint64_t>(std::max<std::int64_t>(now_us - began_us_, 1));
  return "reading the log of " + ledger_ + ": " + how_far(health) + ", " +
         std::to_string((health.folded_to - began_at_) * 1'000'000 / spent_us) + " records/s";
}

}  // namespace aidledger
