#include "tests/simulation/invariants.hpp"

#include <set>

#include "events/governance.hpp"
#include "src/ledger/folding.hpp"
#include "src/rules/governance_nodes.hpp"
#include "tests/simulation/agree.hpp"
#include "tests/simulation/feed.hpp"

namespace aidledger::simulation {
namespace {

/// I2, I5: one record per (principal, action id); links are held by Chain.
void check_chain(const Chain& chain, Trace& trace) {
  std::set<std::pair<std::string, std::string>> seen;
  for (const auto& bytes : chain.records) {
    const Record record = decode_record(bytes);
    if (!seen.insert({record.body.principal, record.body.action_id}).second)
      trace.violated("I2", "applied twice: " + record.body.principal + " " + record.body.action_id);
  }
}

const ledger::Receipt& first_receipt(const Said& said) {
  return std::find_if(said.answers.begin(), said.answers.end(), [](const auto& answer) { return answer.recorded; })
      ->receipt;
}

/// I1, I5, I6: every receipt is of a record that says so; a retry got the same.
void check_promises(const Chain& chain, const History& history, Trace& trace) {
  for (const auto& said : history)
    for (const auto& answer : said.answers) {
      if (!answer.recorded) continue;
      if (answer.receipt.seq >= chain.records.size()) {
        trace.violated("I1", "an answered record is not in the ledger: " + std::to_string(answer.receipt.seq));
        continue;
      }
      const Record record = decode_record(chain.records[answer.receipt.seq]);
      if (record.body.principal != said.wish.principal.id || record.body.action_id != said.wish.action_id ||
          record.body.action != said.wish.action)
        trace.violated("I1",
                       "record " + std::to_string(answer.receipt.seq) + " is not the action that it was answered for");
      if (answer.receipt.leaf_hash != ledger::leaf_hash(record.header, chain.hashes[answer.receipt.seq]))
        trace.violated("I5", "a receipt's leaf is not in the ledger");
      if (answer.receipt.leaf_hash != first_receipt(said).leaf_hash)
        trace.violated("I6", "a retry got another answer: " + said.wish.action_id);
    }
}

/// I11: a claim of the feed that was accepted follows the one that it names.
void check_claims(const Chain& chain, const History& history, Trace& trace) {
  const auto claims = claims_in(chain);
  for (const auto& said : history) {
    if (said.wish.action != rules::ClaimFeed::name) continue;
    for (const auto& answer : said.answers) {
      const auto place = std::find(claims.begin(), claims.end(), answer.receipt.seq);
      if (!answer.recorded || place == claims.end()) continue;
      const Seq before = place == claims.begin() ? 0 : *(place - 1);
      if (*said.wish.data.find("follows")->as_int() != static_cast<std::int64_t>(before))
        trace.violated("I11", "a claim of the feed was accepted that does not follow the last one");
    }
  }
}

/// I3: every node's rows are what the chain gives.
void check_rows(const Chain& chain, Nodes& nodes, Trace& trace) {
  ledger::Folding folding(no_rows());
  ledger::Head head;
  std::vector<BytesView> views(chain.records.begin(), chain.records.end());
  log::Frame frame;
  frame.records = views;
  folding.fold(frame, head, {});
  std::map<Bytes, Bytes> wanted;
  for (auto& change : folding.take_changes())
    if (change.value) wanted.emplace(change.key, *change.value);
  for (auto& node : nodes) {
    const auto held = ledger::decode_head(node->rows().position());
    if (!held || held->next_seq != chain.head().next_seq || held->hash != chain.head().hash)
      trace.violated("I5", "a node's rows do not stand at the last record of the chain");
    std::map<Bytes, Bytes> rows;
    node->rows().scan({}, {}, [&](BytesView key, BytesView value) { return rows.emplace(key, value), true; });
    if (rows != wanted)
      trace.violated("I3", "a node's rows are not what the chain gives: " + std::to_string(rows.size()) + " rows, " +
                               std::to_string(wanted.size()) + " wanted");
  }
}

/// I3 by other hands: what the facts give, reckoned without the rules and the projections.
void check_oracle(const Chain& chain, Nodes& nodes, Trace& trace) {
  std::vector<Record> records;
  for (const auto& bytes : chain.records) records.push_back(decode_record(bytes));
  const Zone zone = simulated_zone();
  for (auto& node : nodes) {
    const Reckoned reckoned = reckon(records, zone.local_date(node->clock().now()));
    for (const auto& what : reckoned.wrong) trace.violated("I3", what);
    const auto view = node->ledger().view();
    for (const auto& what : differences(reckoned, view.rows())) trace.violated("I3", what);
  }
}

void collect(const Tree& tree, const std::vector<ObjectRef>& objects,
             std::vector<std::pair<Sealed, std::vector<ObjectRef>>>& out) {
  if (const Tree* box = tree.find("sealed"); box != nullptr && box->as_string() != nullptr) {
    out.push_back(
        {{*tree.find("schema")->as_string(), *tree.find("action_id")->as_string(), from_hex(*box->as_string()), ""},
         objects});
  } else if (const auto* members = tree.as_object()) {
    for (const auto& member : *members) collect(member.value, objects, out);
  } else if (const auto* list = tree.as_list()) {
    for (const auto& element : *list) collect(element, objects, out);
  }
}

/// Every sealed box in the chain opens, unless its person was erased: no record without its key.
void check_boxes(const Chain& chain, Node& node, Trace& trace) {
  std::set<std::string> erased;
  std::vector<std::pair<Sealed, std::vector<ObjectRef>>> boxes;
  for (const auto& bytes : chain.records)
    for (const auto& event : decode_record(bytes).body.events) {
      if (const auto* e = event.as<SubjectDataErased>()) erased.insert(e->person.value);
      collect(event.type->to_tree(event.payload.get()), event.objects, boxes);
    }
  for (const auto& [sealed, objects] : boxes) {
    const bool gone = std::any_of(objects.begin(), objects.end(), [&](const ObjectRef& object) {
      return object.kind == "person" && erased.contains(object.id);
    });
    if (!gone && !node.sealer().open(sealed))
      trace.violated("F31", "a record's sealed field has no key: " + sealed.schema);
  }
}

}  // namespace

void check_invariants(const Chain& chain, const History& history, Nodes& nodes, Trace& trace) {
  check_chain(chain, trace);
  check_promises(chain, history, trace);
  check_claims(chain, history, trace);
  check_rows(chain, nodes, trace);
  check_oracle(chain, nodes, trace);
  check_boxes(chain, *nodes.front(), trace);
}

}  // namespace aidledger::simulation
