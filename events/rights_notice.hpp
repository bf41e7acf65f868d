#pragma once
// M6 One-time written notification: the recipient is told rights, duties, the undertaker and the supervision phone.
#include "events/family.hpp"
#include "events/values/casework.hpp"

namespace aidledger {

inline constexpr std::uint16_t family_rights_notice = 6;

struct RightsNoticeIssued {
  static constexpr EventTag tag{family_rights_notice, 1, 1};
  static constexpr auto name = "RightsNoticeIssued"sv, meaning = "the written notice of an assignment is made out"sv;
  CaseId case_id;
  PersonId recipient;
  UndertakerId undertaker;
  std::uint32_t assignment = 1;
  std::string text_version, supervision_phone, complaint_channel, language, accessibility;
  static void fields(auto&& f) {
    using E = RightsNoticeIssued;
    f("case", &E::case_id, "the case");
    f("recipient", &E::recipient, "who is told");
    f("undertaker", &E::undertaker, "the undertaker that it names");
    f("assignment", &E::assignment, "the assignment that it is for");
    f("text_version", &E::text_version, "the version of the text on rights and duties");
    f("supervision_phone", &E::supervision_phone, "the centre's public supervision phone");
    f("complaint_channel", &E::complaint_channel, "where to complain");
    f("language", &E::language, "the language, e.g. zh-CN");
    f("accessibility", &E::accessibility, "large print, read aloud ...; empty = none");
  }
};

struct RightsNoticeDelivered {
  static constexpr EventTag tag{family_rights_notice, 2, 1};
  static constexpr auto name = "RightsNoticeDelivered"sv, meaning = "the notice has reached the recipient"sv;
  CaseId case_id;
  UndertakerId undertaker;
  std::uint32_t assignment = 1;
  Channel channel = Channel::in_person;
  std::optional<DocumentRef> proof;
  static void fields(auto&& f) {
    using E = RightsNoticeDelivered;
    f("case", &E::case_id, "the case");
    f("undertaker", &E::undertaker, "the undertaker that it names");
    f("assignment", &E::assignment, "the assignment that it is for");
    f("channel", &E::channel, "how");
    f("proof", &E::proof, "the proof of delivery");
  }
};

struct RightsNoticeAcknowledged {
  static constexpr EventTag tag{family_rights_notice, 3, 1};
  static constexpr auto name = "RightsNoticeAcknowledged"sv, meaning = "the recipient confirms the notice"sv;
  CaseId case_id;
  UndertakerId undertaker;
  std::uint32_t assignment = 1;
  std::optional<DocumentRef> signature;
  static void fields(auto&& f) {
    using E = RightsNoticeAcknowledged;
    f("case", &E::case_id, "the case");
    f("undertaker", &E::undertaker, "the undertaker that it names");
    f("assignment", &E::assignment, "the assignment that it is for");
    f("signature", &E::signature, "the signed copy");
  }
};

struct RightsNoticeReissued {
  static constexpr EventTag tag{family_rights_notice, 4, 1};
  static constexpr auto name = "RightsNoticeReissued"sv,
                        meaning = "a new notice takes the place of the one before: another undertaker, or a mistake"sv;
  CaseId case_id;
  PersonId recipient;
  UndertakerId undertaker;
  std::uint32_t assignment = 1, replaces = 1;
  std::string text_version, supervision_phone, complaint_channel, language, accessibility, ground;
  static void fields(auto&& f) {
    using E = RightsNoticeReissued;
    f("case", &E::case_id, "the case");
    f("recipient", &E::recipient, "who is told");
    f("undertaker", &E::undertaker, "the undertaker that it names");
    f("assignment", &E::assignment, "the assignment that it is for");
    f("replaces", &E::replaces, "the assignment of the notice that it replaces");
    f("text_version", &E::text_version, "the version of the text on rights and duties");
    f("supervision_phone", &E::supervision_phone, "the centre's public supervision phone");
    f("complaint_channel", &E::complaint_channel, "where to complain");
    f("language", &E::language, "the language, e.g. zh-CN");
    f("accessibility", &E::accessibility, "large print, read aloud ...; empty = none");
    f("ground", &E::ground, "why, without personal data");
  }
};

using RightsNotice =
    Family<"rights_notice", RightsNoticeIssued, RightsNoticeDelivered, RightsNoticeAcknowledged, RightsNoticeReissued>;

}  // namespace aidledger
