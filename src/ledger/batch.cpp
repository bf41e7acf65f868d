#include "src/ledger/batch.hpp"

#include <algorithm>

#include "events/governance.hpp"
#include "src/ledger/framing.hpp"

namespace aidledger::ledger {

bool adopts(const std::vector<Event>& events) {
  return std::any_of(events.begin(), events.end(), [](const Event& event) {
    return event.as<PolicyAdopted>() || event.as<PolicyRepealed>() || event.as<CalendarAdopted>();
  });
}

bool Batch::fits(std::size_t record_bytes) const {
  return records.size() < log::max_records_per_batch &&
         log::frame_bytes(records.size() + 1, bytes_ + record_bytes) <= log::max_batch_bytes;
}

void Batch::add(Bytes record, const Hash& hash, Instant recorded_at, Asked one) {
  bytes_ += record.size();
  records.push_back(std::move(record));
  asked.push_back(std::move(one));
  head_.next_seq += 1;
  head_.hash = hash;
  head_.recorded_at = recorded_at;
}

Bytes Batch::frame(const std::string& ledger, const log::KeyId& key, std::uint32_t waiting) const {
  log::Frame frame = frame_behind(first_.next_seq, first_.hash, ledger, key);
  frame.waiting = waiting;
  for (const auto& record : records) frame.records.push_back(record);
  return log::encode(frame);
}

}  // namespace aidledger::ledger
