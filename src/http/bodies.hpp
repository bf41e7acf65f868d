#pragma once
// Bodies of requests that are not actions. One list of fields each: reading, checking and the API document come from
// it.
#include <optional>
#include <string>
#include <vector>

#include "events/tree_codec.hpp"
#include "events/values/ids.hpp"
#include "events/values/roles.hpp"

namespace aidledger::http {

/// One or more: all must fit. In a body, never in an address: addresses are logged.
struct PersonSearch {
  std::optional<std::string> name, telephone, identity_number;
  static void fields(auto&& f) {
    f("name", &PersonSearch::name, "the whole name");
    f("telephone", &PersonSearch::telephone, "the telephone number");
    f("identity_number", &PersonSearch::identity_number, "the identity number");
  }
};

struct NewToken {
  std::string person;
  std::vector<Role> roles;
  std::optional<std::string> ledger, organisation, district;
  std::optional<UndertakerId> undertaker;
  std::optional<std::int32_t> days;
  static void fields(auto&& f) {
    f("person", &NewToken::person, "the person or service behind the token");
    f("roles", &NewToken::roles, "what it may act as");
    f("ledger", &NewToken::ledger,
      "the jurisdiction it may act in: that of the operator who makes it, as where it is left out");
    f("organisation", &NewToken::organisation, "where the person works");
    f("district", &NewToken::district, "the person's district");
    f("undertaker", &NewToken::undertaker, "the person's own undertaker id: own cases only");
    f("days", &NewToken::days, "how long it is valid, in days");
  }
};

struct BackupRequest {
  std::string folder;
  static void fields(auto&& f) {
    f("folder", &BackupRequest::folder, "where to, on the service's machine; empty there");
  }
};

}  // namespace aidledger::http
