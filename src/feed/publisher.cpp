#include "src/feed/publisher.hpp"

#include <algorithm>
#include <iterator>

namespace aidledger::feed {
namespace {

std::size_t size_of(const std::vector<Message>& messages) {
  std::size_t bytes = 0;
  for (const auto& message : messages) bytes += message.key.size() + (message.value ? message.value->size() : 0);
  return bytes;
}

}  // namespace

Step Publisher::step() {
  if (!source_.claimed_by_us()) {
    following_ = false;
    return Step::not_ours;
  }
  if (!following_ && !follow_the_tail()) return Step::trouble;
  Seq next = next_;
  const auto messages = gather(next);
  const auto published = messages.empty() ? Published::done : port_.publish(messages);
  if (published != Published::done) {
    following_ = false;
    fenced_ += published == Published::fenced ? 1 : 0;
    return Step::doubt;
  }
  const bool moved = next != next_;
  next_ = next;
  if (!tail_ || next_ > tail_->seq) lost_.clear();
  return moved ? Step::published : Step::idle;
}

/// A claim, then the fence, then the tail: what is read after the fence is what the predecessor has left.
bool Publisher::follow_the_tail() {
  if (!port_.take_over()) return false;
  const Tail tail = port_.tail();
  lost_.merge(port_.made());
  if (!tail.known) return false;
  tail_ = tail.last;
  next_ = tail_ && lost_.empty() ? tail_->seq : 0;
  following_ = true;
  return true;
}

std::vector<Message> Publisher::gather(Seq& next) {
  std::vector<Message> out;
  for (const Seq end = std::min(source_.next_seq(), next + max_records_at_once); next < end; ++next) {
    auto more = rest_of(next);
    if (!out.empty() &&
        (out.size() + more.size() > max_messages_at_once || size_of(out) + size_of(more) > max_bytes_at_once))
      break;
    out.insert(out.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
  }
  return out;
}

/// The messages of a record that the tail does not show. A record's events come last: where all of them are there,
/// nothing of it is missing but what was lost.
std::vector<Message> Publisher::rest_of(Seq seq) {
  auto messages = source_.messages_of(seq);
  if (!tail_ || seq > tail_->seq) return messages;
  const bool events_left =
      std::any_of(messages.begin(), messages.end(), [&](const auto& m) { return m.event && !in_the_tail(m); });
  std::erase_if(messages, [&](const Message& message) {
    return message.event ? in_the_tail(message) : !events_left && !lost_.contains(message.topic);
  });
  return messages;
}

}  // namespace aidledger::feed
