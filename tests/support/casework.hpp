#pragma once
// The people and the first steps of casework, so that tests can begin where they mean to.
#include "src/rules/cases.hpp"
#include "src/rules/closing.hpp"
#include "src/rules/file_review.hpp"
#include "src/rules/hearings.hpp"
#include "src/rules/progress_calls.hpp"
#include "src/rules/reports.hpp"
#include "src/rules/rights_notice.hpp"
#include "src/rules/undertakers.hpp"
#include "tests/support/given.hpp"

namespace aidledger::testing {

inline Actor intake() { return actor("p-intake", {Role::intake}); }
inline Actor assigner() { return actor("p-assigner", {Role::assigner}); }
inline Actor supervisor() { return actor("p-supervisor", {Role::supervisor}); }
inline Actor director() { return actor("p-director", {Role::centre_director}); }
inline Actor bureau() { return actor("p-bureau", {Role::bureau}); }
inline Actor clerk() { return actor("p-clerk", {Role::intake, Role::assigner, Role::supervisor}); }
/// The undertaker `id`, whose person is "p-<id>".
inline Actor undertaker(const std::string& id) { return actor("p-" + id, {Role::undertaker}, id); }

/// A social lawyer of `organisation`, licensed since 2010.
rules::EnrolUndertaker lawyer(const std::string& id, const std::string& organisation = "firm-hua");
/// A civil case of the first instance, of recipient "p-<id>-recipient".
rules::GrantAid civil_case(const std::string& id);
PersonId recipient_of(const std::string& case_id);
rules::AssignUndertaker assign(const std::string& case_id, const std::string& undertaker);
rules::IssueRightsNotice notice(const std::string& case_id);
rules::RecordProgressCall call(const std::string& case_id);
rules::SubmitPreHearingReport report_before(const std::string& case_id, const std::string& hearing,
                                            const std::string& report);
rules::SubmitPeriodicReport periodic_report(const std::string& case_id, const std::string& report);
/// A review of every item that finds wrong what is named.
rules::ReviewFile review(const std::string& case_id, std::vector<ChecklistItem> wrong = {});

/// On 2024-03-01 lawyer "u-1" is enrolled and gets case "c-1" granted that day.
Given with_assigned_case();
/// The same, concluded on 2024-06-03 and its file handed in on 2024-06-20.
Given with_file();

}  // namespace aidledger::testing
