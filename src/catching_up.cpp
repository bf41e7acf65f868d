#include "src/catching_up.hpp"

#include <utility>

#include "src/readiness.hpp"

namespace aidledger {
namespace {

constexpr std::int64_t look_every_us = 200'000;
/// By then a log that is there has been found right.
constexpr std::int64_t soon_us = 2'000'000;

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

CatchingUp::CatchingUp(Node& node, std::function<void(const std::string&)> says,
                       std::function<void(const std::string&)> draws)
    : node_(node), says_(std::move(says)), draws_(std::move(draws)) {
  const auto health = node_.ledger().health();
  if (health.caught_up) return;
  began_us_ = said_us_ = node_.clock().monotonic_us();
  began_at_ = health.folded_to;
  says_("reading the log of " + node_.opened().ledger + ": " + std::to_string(began_at_) + " records are held here");
  looks_ = world::thread_tasks();
  looks_->post([this] { look(); });
}

CatchingUp::~CatchingUp() = default;

void CatchingUp::look() {
  const auto health = node_.ledger().health();
  if (ended(health)) return;
  const auto now_us = node_.clock().monotonic_us();
  if (now_us - began_us_ >= soon_us) say_waiting();
  if (draws_) draws_(told(health));
  if (!draws_ && now_us - said_us_ >= say_every_us) {
    said_us_ = now_us;
    says_(told(health));
  }
  looks_->after(look_every_us, [this] { look(); });
}

void CatchingUp::say_waiting() {
  const auto no = not_ready(node_);
  const std::string waiting = no && no->code == log_unreachable ? no->why : std::string();
  if (std::exchange(waiting_, waiting) != waiting && !waiting.empty())
    says_("waiting for the log of " + node_.opened().ledger + ": " + waiting);
}

bool CatchingUp::ended(const ledger::Health& health) {
  if (health.caught_up)
    says_("the end of the log of " + node_.opened().ledger + " is reached: " + std::to_string(health.next_seq) +
          " records after " + seconds(node_.clock().monotonic_us() - began_us_));
  else if (health.halt != ledger::Halt::none)
    says_("ledger " + node_.opened().ledger + " is halted: " + std::string(ledger::code_of(health.halt)) + ": " +
          health.why);
  return health.caught_up || health.halt != ledger::Halt::none;
}

std::string CatchingUp::told(const ledger::Health& health) {
  const auto spent_us = std::max<std::int64_t>(node_.clock().monotonic_us() - began_us_, 1);
  return "reading the log of " + node_.opened().ledger + ": " + how_far(health) + ", " +
         std::to_string((health.folded_to - began_at_) * 1'000'000 / static_cast<std::uint64_t>(spent_us)) +
         " records/s";
}

}  // namespace aidledger
