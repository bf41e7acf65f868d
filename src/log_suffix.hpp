#pragma once
// Puts into a topic what it lacks of the ledger that these files hold: all of it when a ledger moves to Kafka, the lost
// end when a topic was cut or made anew. Record bytes and hashes stay as they are; batches that carry a signature go
// out as they came, others are signed by this node's key. Interrupted anywhere, it can be begun again.
#include <functional>

#include "src/log/kafka_log.hpp"
#include "src/retracing.hpp"

namespace aidledger {

struct SuffixPorts {
  log::KafkaLog& log;
  HeldLedger held;
  std::function<void(Seq done, Seq of)> progress = [](Seq, Seq) {};
};

/// Reads the topic from its low watermark to its end; how many of our records it holds, in order. Throws OtherHistory,
/// log::LogFailure.
Seq records_in_log(const SuffixPorts& ports);
/// Appends the records from `from` on, and returns when all of them have been read back. Throws as above.
void append_records_from(Seq from, const SuffixPorts& ports);

}  // namespace aidledger
