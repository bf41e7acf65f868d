#include "src/reading.hpp"

#include "src/rules/policy.hpp"

namespace aidledger::reading {

std::vector<Tree> feed_lines(const Record& record) {
  std::vector<Tree> lines;
  for (std::size_t i = 0; i < record.body.events.size(); ++i) {
    const EventRef at{record.header.seq, static_cast<std::uint32_t>(i)};
    Tree line = Tree::object()
                    .set("id", to_text(at))
                    .set("ledger", record.header.ledger)
                    .set("seq", record.header.seq)
                    .set("index", static_cast<int>(i))
                    .set("recorded_at", to_text(record.header.recorded_at))
                    .set("action", record.body.action)
                    .set("action_id", record.body.action_id)
                    .set("principal", record.body.principal)
                    .set("event", to_tree(record.body.events[i]));
    lines.push_back(std::move(line));
  }
  return lines;
}

}  // namespace aidledger::reading
