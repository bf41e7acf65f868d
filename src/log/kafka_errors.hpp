#pragma once
// What librdkafka reports, as one sentence for an operator: what is wrong, and what to do. Internal to src/log.
#include <librdkafka/rdkafka.h>

#include "src/log/kafka_settings.hpp"
#include "src/log/log_identity.hpp"

namespace aidledger::log {

/// `reason`: the library's own words, which name addresses and files, never contents.
std::string kafka_sentence(rd_kafka_resp_err_t error, const KafkaSettings& settings, const std::string& topic,
                           const std::string& reason = {});
Remedy kafka_remedy(rd_kafka_resp_err_t error);
LogFailure kafka_failure(rd_kafka_resp_err_t error, const KafkaSettings& settings, const std::string& topic,
                         const std::string& reason = {});
/// The more telling of two troubles stays: "TLS was refused" says more than "no broker answers", which follows it.
bool tells_more(rd_kafka_resp_err_t error, rd_kafka_resp_err_t than);

}  // namespace aidledger::log
