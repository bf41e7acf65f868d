#include "src/kafka_feed_port.hpp"

#include "src/feed/event_messages.hpp"
#include "src/log/kafka_topics.hpp"

namespace aidledger {
namespace {

std::vector<log::FeedMessage> as_kafka_has_them(const std::vector<feed::Message>& messages) {
  std::vector<log::FeedMessage> out;
  for (const auto& one : messages) out.push_back({one.topic, one.key, one.headers, one.value});
  return out;
}

std::optional<EventRef> event_of(const log::FeedMessage& message) {
  for (const auto& [name, value] : message.headers)
    if (name == "ce_id") return feed::parse_event_id(value);
  return std::nullopt;
}

}  // namespace

KafkaFeedPort::KafkaFeedPort(KafkaFeedSettings settings, const std::string& ledger)
    : settings_(std::move(settings)),
      events_(feed::events_topic(ledger)),
      transactional_id_("aidledger.feed." + ledger),
      feed_(settings_.kafka) {}

void KafkaFeedPort::see_to_topics() {
  if (topics_are_right_) return;
  for (const auto& topic : {events_, std::string(feed::standing_topic), std::string(feed::subsidy_topic)}) {
    const log::TopicExpectation expected{topic == events_ ? log::TopicUse::events : log::TopicUse::table,
                                         settings_.accept_single_copy};
    const auto there = log::describe_topic(settings_.kafka, topic);
    if (!there) {
      log::create_topic(settings_.kafka, topic, expected);
      made_.insert(topic);
    } else if (const auto findings = log::findings(*there, expected); !findings.empty()) {
      throw log::LogFailure(log::Remedy::give_up, findings.front());
    }
  }
  topics_are_right_ = true;
}

bool KafkaFeedPort::take_over() {
  try {
    see_to_topics();
    feed_.init(transactional_id_);
    failing_.clear();
    return true;
  } catch (const log::LogFailure& failure) {
    failing_ = failure.what();
    return false;
  }
}

bool KafkaFeedPort::nobody_has_begun() { return !topics_are_right_ && !feed_.is_there(events_); }

feed::Tail KafkaFeedPort::tail() {
  try {
    if (nobody_has_begun()) return {true, {}};
    const auto last = feed_.tail(events_);
    if (!last) return {true, {}};
    const auto event = event_of(*last);
    if (!event) failing_ = "the last message of " + events_ + " is none of ours: it has no event id";
    return {event.has_value(), event};
  } catch (const log::LogFailure& failure) {
    topics_are_right_ = false;
    failing_ = failure.what();
    return {};
  }
}

feed::Published KafkaFeedPort::publish(const std::vector<feed::Message>& messages) {
  const auto published = feed_.publish(as_kafka_has_them(messages));
  topics_are_right_ = published == log::Published::done;
  failing_ = feed_.failing();
  switch (published) {
    case log::Published::done: return feed::Published::done;
    case log::Published::unknown: return feed::Published::unknown;
    case log::Published::fenced: return feed::Published::fenced;
  }
  return feed::Published::unknown;
}

}  // namespace aidledger
