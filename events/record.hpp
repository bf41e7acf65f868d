#pragma once
// One accepted action = one record: a header at fixed offsets, then a cereal body. Hash and leaf never need the body.
//
//   offset  size  field
//        0     1  format (1)
//        1     1  suite (1 = SHA-256 and Ed25519)
//        2     1  length of the ledger id (1-32)
//        3    32  ledger id, zero padded
//       35     1  zero
//       36     8  seq, little-endian
//       44    32  prev_hash: SHA-256 of the previous record's stored bytes; zero before record 0
//       76     8  recorded_at, microseconds since 1970 UTC, little-endian
//       84        body (RecordBody, events/codec.hpp)
#include <array>
#include <string>
#include <vector>

#include "events/event.hpp"
#include "events/values/roles.hpp"

namespace aidledger {

inline constexpr std::uint8_t record_format = 1;
inline constexpr std::uint8_t suite_sha256_ed25519 = 1;
inline constexpr std::size_t record_header_size = 84;
inline constexpr std::size_t max_record_size = 256 * 1024;
/// No process in the domain is this deep: an action that leads to more is refused. Readers rely on it.
inline constexpr std::size_t max_events_of_record = 1'000;
inline constexpr std::size_t max_ledger_id_length = 32;
/// The version of the catalogue that this build writes and the newest it can read: raised whenever an event or a
/// version is added.
inline constexpr std::uint16_t catalogue_version = 2;

struct RecordHeader {
  std::uint8_t format = record_format;
  std::uint8_t suite = suite_sha256_ed25519;
  std::string ledger;
  Seq seq = 0;
  Hash prev_hash{};
  Instant recorded_at;
};

/// Who asked, as seen when the action was decided.
struct Actor {
  std::string person;  ///< the person or service behind the token; two tokens of one person are one person
  std::vector<Role> roles;
  std::string organisation;
  std::string district;
  std::string undertaker;  ///< own undertaker id, where the person is one
  static void fields(auto&& f) {
    f("person", &Actor::person, "the person or service");
    f("roles", &Actor::roles, "the roles held");
    f("organisation", &Actor::organisation, "the organisation");
    f("district", &Actor::district, "the district");
    f("undertaker", &Actor::undertaker, "own undertaker id");
  }
};

struct RecordBody {
  std::string principal;  ///< the token's or service's id: idempotency is per principal
  std::string action_id;
  std::string action;     ///< the action's name, e.g. "grant-aid"
  Hash request_digest{};  ///< HMAC under a vault key
  Actor actor;
  std::vector<PolicyRef> policies;  ///< in force and used
  std::array<std::uint8_t, 16> salt{};
  std::vector<Event> events;
};

struct Record {
  RecordHeader header;
  RecordBody body;
};

Bytes encode_record(const Record& record);
/// Throws DecodeError when the header is cut short or of an unknown format.
RecordHeader decode_header(BytesView bytes);
/// Throws DecodeError: undecodable body, unknown event, more events than a record may hold.
Record decode_record(BytesView bytes);
/// The ASCII bytes aidledger-leaf/1, suite, ledger id (u8 length, bytes), seq and recorded_at big-endian, SHA-256 of
/// the record's bytes. Frozen.
Bytes leaf_data(const RecordHeader& header, const Hash& record_hash);
Tree to_tree(const Event& event);

}  // namespace aidledger
