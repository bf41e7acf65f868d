#pragma once
// Deadlines as several answers show them.
#include "projections/deadlines.hpp"
#include "src/ledger/queries_shown.hpp"

namespace aidledger::ledger {

/// rule/kind/subject/key.
std::string deadline_id(const ClockId& clock);
/// nullopt where the text is no such id.
std::optional<ClockId> clock_of(const std::string& id);
/// The deadline of that rule on an object of whatever kind: of that key, or the latest. Null where there is none.
std::shared_ptr<const projections::DeadlineRow> deadline_on(const Rows& rows, const std::string& subject,
                                                            const std::string& rule,
                                                            const std::optional<std::string>& key);
Tree deadline_tree(const projections::DeadlineRow& row);

/// Calls visit(row) for the clocks that run on a case or were started by an event about it, in order of their keys.
void each_deadline_of(const Rows& rows, const std::string& case_id,
                      const std::function<void(const projections::DeadlineRow&)>& visit);

}  // namespace aidledger::ledger
