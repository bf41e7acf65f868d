#include "tests/simulation/run.hpp"

#include <algorithm>
#include <set>

#include "events/governance.hpp"
#include "src/json/json.hpp"
#include "tests/simulation/agree.hpp"
#include "tests/simulation/clients.hpp"
#include "tests/simulation/history.hpp"
#include "tests/simulation/node.hpp"
#include "tests/simulation/shipped.hpp"

namespace aidledger::simulation {
namespace {

constexpr std::int64_t convergence_us = 300'000'000;  ///< I12: after the last fault, in virtual time
constexpr std::int64_t day_us = 86'400'000'000;
constexpr std::size_t kept_trace = 200;

struct Configuration {
  std::size_t nodes = 1, actions = 40;
  unsigned casework = 0, crash = 0, retry = 0, alter = 0, clock_jump = 0;
  LogFaults faults;
};

Configuration draw(Random& random) {
  Configuration c;
  c.nodes = 1 + random.below(2);
  c.actions = 20 + random.below(80);
  c.casework = random.chance(700) ? 800 : 0;
  if (random.chance(100)) return c;  // no faults at all: must be live, too
  c.crash = random.chance(700) ? static_cast<unsigned>(random.below(60)) : 0;
  c.retry = static_cast<unsigned>(random.below(300));
  c.alter = static_cast<unsigned>(random.below(100));
  c.clock_jump = random.chance(100) ? 20 : 0;
  const auto sometimes = [&](unsigned most) {
    return random.chance(500) ? static_cast<unsigned>(random.below(most)) : 0;
  };
  c.faults = {sometimes(300), sometimes(300), sometimes(300), sometimes(300), sometimes(500)};
  return c;
}

std::string describe(const Configuration& c) {
  return std::to_string(c.nodes) + " nodes, " + std::to_string(c.actions) + " actions, casework " +
         std::to_string(c.casework) + ", crash " + std::to_string(c.crash) + ", unknown " +
         std::to_string(c.faults.unknown_but_there) + ", lost " + std::to_string(c.faults.lost) + ", late " +
         std::to_string(c.faults.late) + ", twice " + std::to_string(c.faults.twice) + ", lag " +
         std::to_string(c.faults.lag) + " (per thousand)";
}

class Run {
 public:
  explicit Run(std::uint64_t seed)
      : random_(seed),
        config_(draw(random_)),
        schedule_(random_),
        topic_(schedule_, random_),
        chain_(topic_),
        clients_(random_) {
    result_.configuration = describe(config_);
  }

  Result go() {
    open();
    for (std::size_t i = 0; i < config_.actions; ++i) one_round();
    converge();
    if (result_.violations.empty()) check();
    result_.trace_hash = to_hex(view_of(trace_hash_)).substr(0, 16);
    result_.records = chain_.records.size();
    return std::move(result_);
  }

 private:
  void trace(std::string line) {
    line = std::to_string(schedule_.now_us()) + " " + line;
    trace_hash_ = world::sha256(view_of(trace_hash_), line);
    result_.trace.push_back(std::move(line));
    if (result_.trace.size() > kept_trace) result_.trace.erase(result_.trace.begin());
  }
  void violated(const char* invariant, std::string what) {
    trace(std::string("VIOLATED ") + invariant + ": " + what);
    result_.violations.push_back({invariant, std::move(what)});
  }

  void open() {
    const Instant begin = *parse_instant("2024-03-01T09:00:00+08:00");
    topic_.batches.push_back(ledger::opening_frame(
        {ledger_id, "Asia/Shanghai", "embedded", "00", "00", LedgerPurpose::production}, {}, begin, random_));
    for (std::size_t i = 0; i < config_.nodes; ++i)
      nodes_.push_back(std::make_unique<Node>(topic_, chain_, vault_, random_, begin));
    for (auto& node : nodes_) node->start();
    for (const auto& one : shipped()) {
      ask(*nodes_.front(), {one.action, one.data, somebody("operator"), "shipped-" + std::to_string(history_.size())});
      settle();
    }
    topic_.set_faults(config_.faults);
  }

  void one_round() {
    for (auto steps = random_.below(40); steps > 0; --steps) schedule_.step();
    auto& node = *nodes_[random_.below(nodes_.size())];
    if (!node.up()) return restart(node);
    if (random_.chance(config_.crash)) return crash(node);
    if (random_.chance(config_.clock_jump)) return jump(node);
    if (!history_.empty() && random_.chance(config_.retry))
      return again(node, random_.pick(history_), random_.chance(config_.alter));
    if (random_.chance(config_.casework))
      if (const int story = clients_.casework.ready(); story >= 0) return go_on(node, story);
    ask(node, clients_.next());
  }
  /// The story's next step, or the same request again where nobody has answered it for good.
  void go_on(Node& node, int story) {
    Wish wish = clients_.casework.step(story);
    schedule_.pass(wish.days_before * day_us);
    const auto asked = std::find_if(history_.begin(), history_.end(), [&](const Said& said) {
      return said.wish.story == story && said.wish.action_id == wish.action_id;
    });
    if (asked == history_.end()) return ask(node, std::move(wish));
    send(node, static_cast<std::size_t>(asked - history_.begin()));
  }

  void crash(Node& node) {
    trace("crash");
    ++result_.crashes;
    node.crash();
    clients_.casework.nobody_answers();
  }
  void restart(Node& node) {
    trace("restart");
    node.start();
  }
  void jump(Node& node) {
    node.clock().skew_us = random_.between(-2, 2) * 60'000'000;
    trace("clock skew " + std::to_string(node.clock().skew_us));
  }

  void ask(Node& node, Wish wish) {
    history_.push_back({std::move(wish), {}});
    send(node, history_.size() - 1);
  }
  void again(Node& node, const Said& said, bool altered) {
    Wish wish = said.wish;
    const auto index = static_cast<std::size_t>(&said - history_.data());
    if (altered) return ask(node, altered_of(std::move(wish)));
    send(node, index);
  }
  Wish altered_of(Wish wish) {
    Wish other = clients_.next();
    wish.action = other.action;
    wish.data = other.data;
    wish.story = -1;
    return wish;
  }

  void send(Node& node, std::size_t index) {
    const Wish& wish = history_[index].wish;
    ledger::Asked asked;
    asked.principal = wish.principal;
    asked.request.type = rules::find_action(wish.action);
    Problems problems;
    asked.request.action = asked.request.type->read(wish.data, "", problems);
    if (!problems.empty())
      return violated("generator", wish.action + problems.front().pointer + ": " + problems.front().text);
    asked.request.principal = wish.principal.id;
    asked.request.action_id = wish.action_id;
    asked.request.occurred_at = {node.clock().now().us - 3'600'000'000};
    asked.request.actor.person = wish.principal.person;
    asked.request.actor.roles = wish.principal.roles;
    asked.request.actor.undertaker = wish.principal.undertaker;
    asked.canonical = json::canonical(Tree::object().set("type", wish.action).set("data", wish.data));
    asked.answer = [this, index, at = &node](const ledger::Answer& answer) { answered(index, *at, answer); };
    ++result_.actions;
    ++open_;
    trace("ask " + wish.principal.id + " " + wish.action_id + " " + wish.action);
    node.ledger().ask(std::move(asked));
  }

  void answered(std::size_t index, Node& node, const ledger::Answer& answer) {
    auto& said = history_[index];
    trace("answer " + said.wish.principal.id + " " + said.wish.action_id + " kind " +
          std::to_string(static_cast<int>(answer.kind)) + " " + std::to_string(answer.receipt.seq) +
          answer.refusal.name);
    said.answers.push_back(answer);
    if (said.wish.story >= 0) clients_.casework.answered(said.wish.story, answer);
    chain_.read_on();
    if (answer.recorded && node.up() && node.ledger().view().next_seq() <= answer.receipt.seq)
      violated("I7", "record " + std::to_string(answer.receipt.seq) + " was answered and cannot be read");
    justify(said.wish, answer);
  }

  /// A no rests on what has been accepted, not on what is in doubt.
  void justify(const Wish& wish, const ledger::Answer& answer) {
    if (answer.kind == ledger::Answer::Kind::conflict && !recorded(wish))
      violated("I1", "a conflict with an action that is not in the ledger: " + wish.action_id);
    if (answer.kind == ledger::Answer::Kind::refused && answer.refusal.name == "version-exists" &&
        wish.action == "adopt-policy" && !adopted(wish.data))
      violated("I1", "refused for a version that is not in the ledger");
  }
  bool recorded(const Wish& wish) {
    return std::any_of(chain_.records.begin(), chain_.records.end(), [&](const Bytes& bytes) {
      const Record record = decode_record(bytes);
      return record.body.principal == wish.principal.id && record.body.action_id == wish.action_id;
    });
  }
  bool adopted(const Tree& data) {
    return std::any_of(chain_.records.begin(), chain_.records.end(), [&](const Bytes& bytes) {
      for (const auto& event : decode_record(bytes).body.events)
        if (const auto* e = event.as<PolicyAdopted>(); e != nullptr && e->policy == *data.find("policy")->as_string() &&
                                                       e->version == *data.find("version")->as_string())
          return true;
      return false;
    });
  }

  /// Faults stop; whoever is down comes up; every request is asked again until it is answered for good.
  void converge() {
    topic_.heal();
    for (auto& node : nodes_)
      if (!node->up()) restart(*node);
    for (int round = 0; round < 5; ++round) {
      settle();
      for (std::size_t i = 0; i < history_.size(); ++i)
        if (!history_[i].settled()) send(*nodes_[i % nodes_.size()], i);
    }
    settle();
    for (const auto& said : history_)
      if (!said.settled())
        return violated(
            "I12", "no answer to " + said.wish.principal.id + " " + said.wish.action_id + " after all faults stopped");
    for (auto& node : nodes_)
      if (node->ledger().health().next_seq != chain_.records.size())
        return violated("I12", "a node did not read to the end");
  }
  void settle() {
    const std::int64_t until = schedule_.now_us() + convergence_us / 6;
    while ((schedule_.anybody_ready() || schedule_.next_timer_us() <= until) && schedule_.step()) {
    }
    chain_.read_on();
  }

  void check() {
    check_chain();
    check_promises();
    check_rows();
    check_oracle();
    check_boxes();
  }

  /// I2, I5: one record per (principal, action id); links are held by Chain.
  void check_chain() {
    std::set<std::pair<std::string, std::string>> seen;
    for (const auto& bytes : chain_.records) {
      const Record record = decode_record(bytes);
      if (!seen.insert({record.body.principal, record.body.action_id}).second)
        violated("I2", "applied twice: " + record.body.principal + " " + record.body.action_id);
    }
  }

  /// I1, I5, I6: every receipt is of a record that says so; a retry got the same.
  void check_promises() {
    for (const auto& said : history_)
      for (const auto& answer : said.answers) {
        if (!answer.recorded) continue;
        if (answer.receipt.seq >= chain_.records.size()) {
          violated("I1", "an answered record is not in the ledger: " + std::to_string(answer.receipt.seq));
          continue;
        }
        const Record record = decode_record(chain_.records[answer.receipt.seq]);
        if (record.body.principal != said.wish.principal.id || record.body.action_id != said.wish.action_id ||
            record.body.action != said.wish.action)
          violated("I1",
                   "record " + std::to_string(answer.receipt.seq) + " is not the action that it was answered for");
        if (answer.receipt.leaf_hash != ledger::leaf_hash(record.header, chain_.hashes[answer.receipt.seq]))
          violated("I5", "a receipt's leaf is not in the ledger");
        if (answer.receipt.leaf_hash != first_receipt(said).leaf_hash)
          violated("I6", "a retry got another answer: " + said.wish.action_id);
      }
  }
  static const ledger::Receipt& first_receipt(const Said& said) {
    return std::find_if(said.answers.begin(), said.answers.end(), [](const auto& answer) { return answer.recorded; })
        ->receipt;
  }

  /// I3: every node's rows are what the chain gives.
  void check_rows() {
    ledger::Folding folding(no_rows());
    ledger::Head head;
    std::vector<BytesView> views(chain_.records.begin(), chain_.records.end());
    log::Frame frame;
    frame.records = views;
    folding.fold(frame, head, {});
    std::map<Bytes, Bytes> wanted;
    for (auto& change : folding.take_changes())
      if (change.value) wanted.emplace(change.key, *change.value);
    for (auto& node : nodes_) {
      std::map<Bytes, Bytes> rows;
      node->rows().scan({}, {}, [&](BytesView key, BytesView value) { return rows.emplace(key, value), true; });
      if (rows != wanted)
        violated("I3", "a node's rows are not what the chain gives: " + std::to_string(rows.size()) + " rows, " +
                           std::to_string(wanted.size()) + " wanted");
    }
  }

  /// I3 by other hands: what the facts give, reckoned without the rules and the projections.
  void check_oracle() {
    std::vector<Record> records;
    for (const auto& bytes : chain_.records) records.push_back(decode_record(bytes));
    const Zone zone = simulated_zone();
    for (auto& node : nodes_) {
      const Reckoned reckoned = reckon(records, zone.local_date(node->clock().now()));
      for (const auto& what : reckoned.wrong) violated("I3", what);
      const auto view = node->ledger().view();
      for (const auto& what : differences(reckoned, view.rows())) violated("I3", what);
    }
  }

  /// Every sealed box in the chain opens, unless its person was erased: no record without its key.
  void check_boxes() {
    std::set<std::string> erased;
    std::vector<std::pair<Sealed, std::vector<ObjectRef>>> boxes;
    for (const auto& bytes : chain_.records)
      for (const auto& event : decode_record(bytes).body.events) {
        if (const auto* e = event.as<SubjectDataErased>()) erased.insert(e->person.value);
        collect(event.type->to_tree(event.payload.get()), event.objects, boxes);
      }
    for (const auto& [sealed, objects] : boxes) {
      const bool gone = std::any_of(objects.begin(), objects.end(), [&](const ObjectRef& object) {
        return object.kind == "person" && erased.contains(object.id);
      });
      if (!gone && !nodes_.front()->sealer().open(sealed))
        violated("F31", "a record's sealed field has no key: " + sealed.schema);
    }
  }
  static void collect(const Tree& tree, const std::vector<ObjectRef>& objects,
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

  Random random_;
  Configuration config_;
  Schedule schedule_;
  Topic topic_;
  Chain chain_;
  Clients clients_;
  vault::MemoryVault vault_;
  std::vector<std::unique_ptr<Node>> nodes_;
  History history_;
  Hash trace_hash_{};
  Result result_;
  std::size_t open_ = 0;
};

}  // namespace

Result run(std::uint64_t seed) { return Run(seed).go(); }

}  // namespace aidledger::simulation
