#include "src/log/kafka_errors.hpp"

namespace aidledger::log {
namespace {

std::string who(const KafkaSettings& settings) {
  const auto& user = settings.security.sasl_user;
  return user.empty() ? "this client" : "the user '" + user + "'";
}

/// How long it took and how often, which the library adds, would make another sentence of the same trouble each time.
std::string because(const std::string& reason) {
  return reason.empty() ? "" : " (" + reason.substr(0, reason.rfind(" (after ")) + ")";
}

/// A broker that is spoken to in another protocol than its port's hangs up, and the library guesses why: also of one
/// that was killed, but that one was a broker before, and goes by its number.
bool hangs_up(const std::string& reason) {
  return reason.find("security.protocol") != std::string::npos && reason.find("/bootstrap: ") != std::string::npos;
}

std::string no_tls(const KafkaSettings& settings, const std::string& reason) {
  return "TLS with Kafka at " + settings.brokers +
         " was refused: check the authority's certificate, our own, and whether the port speaks TLS" + because(reason);
}

/// A broker that does not take our certificate says so after the handshake, which the library counts as a connection
/// that broke.
bool certificate_refused(const std::string& reason) { return reason.find("SSL alert") != std::string::npos; }

std::string unreachable(const KafkaSettings& settings, const std::string& reason) {
  if (certificate_refused(reason)) return no_tls(settings, reason);
  if (hangs_up(reason))
    return "what answers at " + settings.brokers + " hangs up: set kafka.protocol, which is '" +
           settings.security.protocol + "', to what that port speaks (ssl, sasl_ssl, sasl_plaintext, plaintext)" +
           because(reason);
  return "no Kafka broker answers at " + settings.brokers + ": start one, or mend the address" + because(reason);
}

std::string no_topic(const KafkaSettings& settings, const std::string& topic) {
  return "there is no topic '" + topic + "' at " + settings.brokers +
         ": `aidledger ledger create` makes those of a new ledger; for one that was lost see the runbook";
}

std::string no_right(const KafkaSettings& settings, const std::string& topic) {
  return who(settings) + " has no right to topic '" + topic + "': grant it READ, WRITE, DESCRIBE and DESCRIBE_CONFIGS";
}

}  // namespace

std::string kafka_sentence(rd_kafka_resp_err_t error, const KafkaSettings& settings, const std::string& topic,
                           const std::string& reason) {
  switch (error) {
    case RD_KAFKA_RESP_ERR__TRANSPORT:
    case RD_KAFKA_RESP_ERR__ALL_BROKERS_DOWN:
    case RD_KAFKA_RESP_ERR__TIMED_OUT:
    case RD_KAFKA_RESP_ERR__TIMED_OUT_QUEUE: return unreachable(settings, reason);
    case RD_KAFKA_RESP_ERR__MSG_TIMED_OUT:
      return "Kafka at " + settings.brokers +
             " did not acknowledge an append within 10 s: see whether its brokers run and enough replicas are in sync";
    case RD_KAFKA_RESP_ERR__RESOLVE:
      return "the address of a Kafka broker cannot be resolved: mend the address in " + settings.brokers +
             because(reason);
    case RD_KAFKA_RESP_ERR__BAD_MSG:
      return "what answers at " + settings.brokers +
             " does not speak as a Kafka broker does: mend the address, or set kafka.protocol" + because(reason);
    case RD_KAFKA_RESP_ERR__SSL: return no_tls(settings, reason);
    case RD_KAFKA_RESP_ERR__AUTHENTICATION:
    case RD_KAFKA_RESP_ERR_SASL_AUTHENTICATION_FAILED:
      return "Kafka at " + settings.brokers + " does not let " + who(settings) +
             " in: check SASL mechanism, user and password file" + because(reason);
    case RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART:
    case RD_KAFKA_RESP_ERR__UNKNOWN_TOPIC:
    case RD_KAFKA_RESP_ERR__UNKNOWN_PARTITION: return no_topic(settings, topic);
    case RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED: return no_right(settings, topic);
    case RD_KAFKA_RESP_ERR_CLUSTER_AUTHORIZATION_FAILED:
      return who(settings) + " has no right to the cluster: grant it IDEMPOTENT_WRITE (to make topics: CREATE)";
    case RD_KAFKA_RESP_ERR_TRANSACTIONAL_ID_AUTHORIZATION_FAILED:
      return who(settings) + " has no right to the feed's transactional id: grant it WRITE and DESCRIBE on it";
    case RD_KAFKA_RESP_ERR_NOT_ENOUGH_REPLICAS:
    case RD_KAFKA_RESP_ERR_NOT_ENOUGH_REPLICAS_AFTER_APPEND:
      return "fewer replicas of '" + topic + "' are in sync than min.insync.replicas: start the brokers that are away";
    case RD_KAFKA_RESP_ERR_TOPIC_ALREADY_EXISTS: return "there is a topic '" + topic + "' already: nothing was changed";
    case RD_KAFKA_RESP_ERR_INVALID_REPLICATION_FACTOR:
      return "topic '" + topic +
             "' needs three brokers for its three replicas: start them, or accept one: --kafka-copies single";
    case RD_KAFKA_RESP_ERR_MSG_SIZE_TOO_LARGE:
      return "'" + topic + "' takes no message of this size: raise its max.message.bytes";
    default: return "Kafka at " + settings.brokers + " says " + rd_kafka_err2name(error) + because(reason);
  }
}

Remedy kafka_remedy(rd_kafka_resp_err_t error) {
  switch (error) {
    case RD_KAFKA_RESP_ERR__AUTHENTICATION:
    case RD_KAFKA_RESP_ERR_SASL_AUTHENTICATION_FAILED:
    case RD_KAFKA_RESP_ERR__SSL:
    case RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED:
    case RD_KAFKA_RESP_ERR_CLUSTER_AUTHORIZATION_FAILED:
    case RD_KAFKA_RESP_ERR_TRANSACTIONAL_ID_AUTHORIZATION_FAILED:
    case RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART:
    case RD_KAFKA_RESP_ERR__UNKNOWN_TOPIC:
    case RD_KAFKA_RESP_ERR__UNKNOWN_PARTITION: return Remedy::mend;
    case RD_KAFKA_RESP_ERR_TOPIC_ALREADY_EXISTS:
    case RD_KAFKA_RESP_ERR_INVALID_REPLICATION_FACTOR:
    case RD_KAFKA_RESP_ERR_MSG_SIZE_TOO_LARGE: return Remedy::give_up;
    default: return Remedy::retry;
  }
}

LogFailure kafka_failure(rd_kafka_resp_err_t error, const KafkaSettings& settings, const std::string& topic,
                         const std::string& reason) {
  return {kafka_remedy(error), kafka_sentence(error, settings, topic, reason)};
}

bool tells_more(rd_kafka_resp_err_t error, rd_kafka_resp_err_t than) {
  const auto weight = [](rd_kafka_resp_err_t one) {
    if (one == RD_KAFKA_RESP_ERR_NO_ERROR) return 0;
    if (one == RD_KAFKA_RESP_ERR__ALL_BROKERS_DOWN || one == RD_KAFKA_RESP_ERR__TIMED_OUT) return 1;
    return one == RD_KAFKA_RESP_ERR__TRANSPORT || one == RD_KAFKA_RESP_ERR__MSG_TIMED_OUT ? 2 : 3;
  };
  return weight(error) >= weight(than);
}

}  // namespace aidledger::log
