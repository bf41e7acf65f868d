#include "src/log_gate.hpp"

#include <utility>

#include "src/log/frame.hpp"
#include "src/world/digest.hpp"
#include "src/world/sabotage.hpp"

namespace aidledger {
namespace {

constexpr std::int64_t again_soon_us = 1'000'000, again_us = 10'000'000;

std::string at(log::Position position) { return "offset " + std::to_string(position.value); }

std::optional<Difference> beginning_differs(log::LogIdentity& identity, log::Position low, const Hash& record_0) {
  const auto first = identity.entry_at(low);
  if (!first) return Difference{"the topic is empty; here is a ledger of that name", true};
  const auto frame = log::parse(first->batch);
  if (frame && frame->first_seq == 0 && world::sha256(frame->records.front()) == record_0) return std::nullopt;
  return Difference{"the topic begins (" + at(low) + ") with another record 0 than the ledger that is held here"};
}

std::optional<Difference> end_differs(log::LogIdentity& identity, const HeldLog::Batch& last) {
  const auto entry = identity.entry_at(last.at);
  if (entry && world::sha256(entry->batch) == last.frame) return std::nullopt;
  return Difference{"at " + at(last.at) + " the topic holds another batch than the one that was read there before",
                    !entry};
}

std::string joined(const std::vector<std::string>& sentences) {
  std::string out;
  for (const auto& sentence : sentences) out += (out.empty() ? "" : "; ") + sentence;
  return out;
}

}  // namespace

std::optional<Difference> difference(log::LogIdentity& identity, const HeldLog& held) {
  const auto marks = identity.watermarks();
  if (held.position > marks.high)
    return Difference{
        "the topic ends at " + at(marks.high) + ", before " + at(held.position) + " up to which it was read here",
        true};
  if (held.record_0)
    if (auto why = beginning_differs(identity, marks.low, *held.record_0)) return why;
  return held.last_batch ? end_differs(identity, *held.last_batch) : std::nullopt;
}

std::optional<std::int64_t> LogGate::look() {
  try {
    const auto topic = ports_.describe();
    if (topic) return judge(*topic);
    wait_for(
        "the ledger's topic is not there: `aidledger ledger create` makes that of a new ledger; for one that was "
        "lost see the runbook, LOG_DIVERGED");
  } catch (const log::LogFailure& failure) {
    wait_for(failure.what());
  }
  return again_soon_us;
}

std::optional<std::int64_t> LogGate::judge(const log::TopicState& topic) {
  const HeldLog held = ports_.held();
  constexpr bool checks = !world::sabotaged(world::Sabotage::skip_identity_check);
  if (checks && !held.cluster_id.empty() && topic.cluster_id != held.cluster_id) {
    ports_.halt(ledger::Halt::log_diverged, "the ledger's log is in the cluster " + held.cluster_id +
                                                ", these brokers are of " + topic.cluster_id +
                                                ": name its own in kafka.brokers, and start again");
    return std::nullopt;
  }
  auto wrong = log::findings(topic, ports_.expected);
  for (auto& sentence : ports_.vault_findings()) wrong.push_back(std::move(sentence));
  if (!wrong.empty()) {
    unfit_ = true;
    wait_for("LOG_UNFIT: " + joined(wrong));
    ports_.halt(ledger::Halt::log_unfit, joined(wrong));
    return again_soon_us;
  }
  if (std::exchange(unfit_, false)) ports_.go_on();
  if (!checks) return open_unless_it_differs({});
  if (!open_) return open_unless_it_differs(held);
  HeldLog beginning;  // the end moves while we look; the log itself watches it
  beginning.record_0 = held.record_0;
  return open_unless_it_differs(beginning);
}

std::optional<std::int64_t> LogGate::open_unless_it_differs(const HeldLog& held) {
  const auto differs = difference(ports_.identity, held);
  const bool cut = cut_.believe(differs && differs->shorter_only, ports_.clock.monotonic_us());
  if (differs && (cut || !differs->shorter_only)) {
    ports_.halt(ledger::Halt::log_diverged, differs->what);
    return std::nullopt;
  }
  if (differs) {
    wait_for(differs->what + "; asking again, for brokers may show an old end");
    return again_soon_us;
  }
  const bool opens = !std::exchange(open_, true);
  wait_for({});
  if (opens) ports_.open();
  return again_us;
}

void LogGate::watch(world::Tasks& tasks) {
  tasks.post([this, &tasks] {
    const auto again = look();
    if (again) tasks.after(*again, [this, &tasks] { watch(tasks); });
  });
}

void LogGate::wait_for(std::string why) {
  const std::lock_guard lock(mutex_);
  if (open_ && !unfit_) why.clear();  // once open, the log itself says why nothing comes
  waiting_for_ = std::move(why);
}

std::string LogGate::waiting_for() const {
  const std::lock_guard lock(mutex_);
  return waiting_for_;
}

}  // namespace aidledger
