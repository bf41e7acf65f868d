#pragma once
// M6 One-time written notification: one effective notice per assignment, with the supervision phone.
#include "events/rights_notice.hpp"
#include "src/rules/engine.hpp"
#include "src/rules/own_case.hpp"

namespace aidledger::rules {

inline constexpr RefusalKind supervision_phone_missing{601, "supervision-phone-missing",
                                                       "The notice has to name the supervision phone."};
inline constexpr RefusalKind notice_effective{602, "notice-effective",
                                              "There is an effective notice for this assignment already."};
inline constexpr RefusalKind notice_to_be_reissued{
    603, "notice-to-be-reissued", "An earlier notice was made out in this case: reissue it, so that it is replaced."};
inline constexpr RefusalKind no_notice{604, "no-notice", "No notice for the current assignment is made out."};

struct IssueRightsNotice {
  static constexpr auto name = "issue-rights-notice"sv, meaning = "makes out the written notice of an assignment"sv;
  static constexpr std::array roles{Role::intake};
  static constexpr auto refusals = Refusals::unrecorded;
  CaseId case_id;
  std::string text_version, supervision_phone, complaint_channel, language;
  std::optional<std::string> accessibility;
  static void fields(auto&& f) {
    using A = IssueRightsNotice;
    f("case", &A::case_id, "the case");
    f("text_version", &A::text_version, "the version of the text on rights and duties");
    f("supervision_phone", &A::supervision_phone, "the centre's public supervision phone");
    f("complaint_channel", &A::complaint_channel, "where to complain");
    f("language", &A::language, "the language, e.g. zh-CN");
    f("accessibility", &A::accessibility, "large print, read aloud ...");
  }
};
Decision decide(const IssueRightsNotice&, const Context&);

struct ReissueRightsNotice {
  static constexpr auto name = "reissue-rights-notice"sv,
                        meaning = "makes out a notice that takes the place of the one before"sv;
  static constexpr std::array roles{Role::intake};
  static constexpr auto refusals = Refusals::unrecorded;
  CaseId case_id;
  std::string text_version, supervision_phone, complaint_channel, language;
  std::optional<std::string> accessibility;
  std::string ground;
  static void fields(auto&& f) {
    using A = ReissueRightsNotice;
    f("case", &A::case_id, "the case");
    f("text_version", &A::text_version, "the version of the text on rights and duties");
    f("supervision_phone", &A::supervision_phone, "the centre's public supervision phone");
    f("complaint_channel", &A::complaint_channel, "where to complain");
    f("language", &A::language, "the language, e.g. zh-CN");
    f("accessibility", &A::accessibility, "large print, read aloud ...");
    f("ground", &A::ground, "why, without personal data: the undertaker was replaced, the notice had a mistake ...");
  }
};
Decision decide(const ReissueRightsNotice&, const Context&);

struct DeliverRightsNotice {
  static constexpr auto name = "deliver-rights-notice"sv, meaning = "records that the notice reached the recipient"sv;
  static constexpr std::array roles{Role::intake, Role::supervisor};
  static constexpr auto refusals = Refusals::unrecorded;
  CaseId case_id;
  Channel channel = Channel::in_person;
  std::optional<DocumentRef> proof;
  static void fields(auto&& f) {
    using A = DeliverRightsNotice;
    f("case", &A::case_id, "the case");
    f("channel", &A::channel, "how");
    f("proof", &A::proof, "the proof of delivery");
  }
};
Decision decide(const DeliverRightsNotice&, const Context&);

struct AcknowledgeRightsNotice {
  static constexpr auto name = "acknowledge-rights-notice"sv, meaning = "the recipient confirms the notice"sv;
  static constexpr std::array roles{Role::recipient, Role::intake};
  static constexpr auto refusals = Refusals::unrecorded;
  CaseId case_id;
  std::optional<DocumentRef> signature;
  static void fields(auto&& f) {
    f("case", &AcknowledgeRightsNotice::case_id, "the case");
    f("signature", &AcknowledgeRightsNotice::signature, "the signed copy");
  }
};
Decision decide(const AcknowledgeRightsNotice&, const Context&);

/// The notice made out last; key = case.
struct NoticeRow {
  static constexpr std::uint8_t table = 0x18;
  static constexpr bool historic = false;
  std::uint32_t assignment = 0;
  bool delivered = false, acknowledged = false;
  static void fields(auto&& f) {
    f("assignment", &NoticeRow::assignment, "the assignment that it is for");
    f("delivered", &NoticeRow::delivered, "it has reached the recipient");
    f("acknowledged", &NoticeRow::acknowledged, "the recipient has confirmed it");
  }
};

}  // namespace aidledger::rules
