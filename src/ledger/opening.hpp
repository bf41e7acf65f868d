#pragma once
// How a ledger begins: record 0, then the shipped policies and calendars as ordinary actions of the operator.
#include "events/governance.hpp"
#include "src/ledger/ledger.hpp"

namespace aidledger::ledger {

struct Opening {
  std::string ledger;
  std::string zone_name;
  std::string log_place = "embedded";
  std::string writer_key_id, writer_public_key;  ///< hexadecimal
  LedgerPurpose purpose = LedgerPurpose::production;
};

/// The frame that holds record 0. `now` is its recorded time.
Bytes opening_frame(const Opening& opening, const log::KeyId& key, Instant now, world::Random& random);
/// The frame that holds the record by which two people pass over one that cannot be decoded; it continues `after`.
Bytes pass_frame(const PoisonPassed& pass, const Head& after, const std::string& ledger, const log::KeyId& key,
                 Instant now, world::Random& random);
/// What record 0 of a ledger says; throws DecodeError when it is none.
LedgerOpened opening_of(BytesView record_0);

}  // namespace aidledger::ledger
