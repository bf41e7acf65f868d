#include "src/ledger/queries_shown.hpp"
#include "src/rules/governance.hpp"

namespace aidledger::ledger {

using rules::ErasedPersonRow, rules::ErasureRow;

namespace {

/// Of several erasures of one person the last counts: what came between went with it.
void set_done(Tree& item, const Record& record, const Zone& zone, const ErasureBounds& bounds) {
  const Date day = zone.local_date(record.header.recorded_at);
  item.set("confirmed_by", record.body.actor.person)
      .set("erased_at", to_text(record.header.recorded_at))
      .set("gone_from_disks_by", to_text(day + bounds.broker_days))
      .set("gone_from_backups_by", to_text(day + bounds.backup_days));
}

}  // namespace

Found Queries::erasures(const Zone& zone, const ErasureBounds& bounds, const Page& page) const {
  if (auto problem = PageMaker::check(page)) return std::unexpected(std::move(*problem));
  PageMaker maker(page);
  sources_.rows.each_from<ErasureRow>("", maker.from(), [&](std::string_view key, const ErasureRow& row) {
    Tree item = Tree::object()
                    .set("proposal", std::string(key_parts(key).front()))
                    .set("person", row.person.value)
                    .set("state", row.erased ? "erased" : "proposed")
                    .set("requested_by", row.proposed_by);
    const auto person = row.erased ? sources_.rows.get<ErasedPersonRow>(row_key({row.person.value})) : nullptr;
    if (const auto record = person ? sources_.record(person->erased_by) : std::nullopt)
      set_done(item, *record, zone, bounds);
    return maker.take(key, std::move(item));
  });
  return maker.finish(sources_);
}

}  // namespace aidledger::ledger
