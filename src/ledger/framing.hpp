#pragma once
// How every frame of this build begins.
#include "events/record.hpp"
#include "src/log/frame.hpp"

namespace aidledger::ledger {

/// A frame without records, that continues the record before `first`, whose hash is `prev`.
inline log::Frame frame_behind(Seq first, const Hash& prev, const std::string& ledger, const log::KeyId& key) {
  log::Frame frame;
  frame.catalogue = catalogue_version;
  frame.ledger = ledger;
  frame.writer_key = key;
  frame.first_seq = first;
  frame.prev_hash = prev;
  return frame;
}

}  // namespace aidledger::ledger
