#include "src/ledger_tasks.hpp"

#include <algorithm>
#include <chrono>
#include <future>
#include <thread>

#include "src/first_start.hpp"
#include "src/log/kafka_topics.hpp"
#include "src/log_suffix.hpp"
#include "src/rules/governance.hpp"
#include "src/store/rocks_row_store.hpp"
#include "src/vault/copy_vault.hpp"
#include "src/vault/directory_vault.hpp"
#include "src/vault/tokens.hpp"

namespace aidledger {
namespace {

constexpr const char* writer_key_name = "node";

struct Topic {
  std::string name;
  log::TopicUse use;
};

std::vector<Topic> topics_of(const std::string& ledger) {
  return {{log::ledger_topic(ledger), log::TopicUse::ledger},
          {log::vault_topic(ledger), log::TopicUse::vault},
          {log::events_topic(ledger), log::TopicUse::events}};
}

/// What stands in the way of a topic; `there`: as it is, or nothing.
void check_topic(const std::optional<log::TopicState>& there, const log::TopicExpectation& expected, int brokers_up) {
  if (there)
    for (const auto& wrong : log::findings(*there, expected)) throw CannotStart(wrong);
  if (const auto why = log::too_few_brokers(brokers_up, expected, there.has_value()); !why.empty())
    throw CannotStart(why);
}

/// Makes the topics that are missing, or says what it would make; nothing where one of them cannot be right.
Tree make_topics(const KafkaPlaceSettings& kafka, const std::vector<Topic>& topics, bool really) {
  const int up = log::brokers_up(kafka.kafka);
  Tree plan = Tree::list();
  std::vector<Topic> missing;
  for (const auto& topic : topics) {
    const log::TopicExpectation expected{topic.use, kafka.accept_single_copy};
    const auto there = log::describe_topic(kafka.kafka, topic.name);
    check_topic(there, expected, up);
    plan.push(there ? topic.name + " is there, and right" : log::creation_plan(topic.name, expected));
    if (!there) missing.push_back(topic);
  }
  if (really)
    for (const auto& topic : missing) log::create_topic(kafka.kafka, topic.name, {topic.use, kafka.accept_single_copy});
  return plan;
}

std::string cluster_of(const KafkaPlaceSettings& kafka, const std::string& ledger) {
  log::KafkaSettings to = kafka.kafka;
  to.topic = log::ledger_topic(ledger);
  return log::KafkaLog(to).cluster_id();
}

NodeSettings on_kafka(const settings::Settings& settings) {
  NodeSettings to = node_settings(settings);
  to.ledger = settings.text("ledger");
  to.kafka = kafka_settings(settings);
  return to;
}

/// The parts of a folder that no service has open, without folding anything.
struct Folder {
  explicit Folder(const NodeSettings& settings)
      : disk(world::real_disk()),
        clock(world::system_clock()),
        random(world::system_random()),
        files(log::LedgerFiles::open(*disk, settings.data + "/log")),
        vault(*disk, settings.vault),
        key(vault, *random, writer_key_name) {}
  std::unique_ptr<world::Disk> disk;
  std::unique_ptr<world::Clock> clock;
  std::unique_ptr<world::Random> random;
  std::unique_ptr<log::LedgerFiles> files;
  vault::DirectoryVault vault;
  vault::WriterKey key;
};

/// The key of a folder's node, made where there is none. A service that has the folder open made it before.
vault::WriterKey key_of_folder(const std::string& folder) {
  const auto disk = world::real_disk();
  const auto random = world::system_random();
  try {
    vault::DirectoryVault vault(*disk, folder);
    return {vault, *random, writer_key_name};
  } catch (const world::Locked&) {
    const auto kept = vault::VaultFile::value_in(*disk, folder, vault::WriterKey::kept_as(writer_key_name));
    if (!kept) throw;
    return {*kept, writer_key_name};
  }
}

/// Makes the move the embedded ledger's last record, unless it is.
void end_embedded(const settings::Settings& settings, const std::string& cluster, const NodeProgress& progress) {
  NodeSettings to = node_settings(settings);
  to.kafka.reset();
  to.timekeeper = false;
  Node node(to, progress);
  try {
    node.start();
  } catch (const CannotStart&) {
    return;  // it has moved: what is left is to publish it
  }
  const auto data =
      Tree::object().set("log_place", "kafka:" + cluster).set("topic", log::ledger_topic(node.opened().ledger));
  const auto answer = ask_and_wait(node, operator_asks(node, "move-ledger", data, "move-" + cluster, std::nullopt));
  if (answer.kind != ledger::Answer::Kind::accepted)
    throw CannotStart("the move was refused: " + answer.refusal.sentence + " " + answer.refusal.detail + answer.detail);
}

/// `first_public_key`: who wrote record 0.
SuffixPorts suffix_ports(const Folder& folder, log::KafkaLog& log, const NodeSettings& settings,
                         const Bytes& first_public_key, const NodeProgress& progress) {
  SuffixPorts ports{log, {*folder.files, folder.key, settings.ledger, first_public_key}};
  if (progress.records) ports.progress = [&progress](Seq done, Seq) { progress.records(done); };
  return ports;
}

/// Of a ledger that only this node's key has written.
SuffixPorts own_suffix(const Folder& folder, log::KafkaLog& log, const NodeSettings& settings,
                       const NodeProgress& progress) {
  return suffix_ports(folder, log, settings, folder.key.public_key(), progress);
}

/// Before anything is written for good: the brokers answer, the key opens the vault's topic, the ledger's topic holds
/// nothing or a beginning of this ledger.
void look_before_moving(const NodeSettings& settings, const TaskWish& wish) {
  const Folder folder(settings);
  const KafkaPlace place(*settings.kafka, settings.ledger, {*folder.disk, *folder.clock, *folder.random}, *folder.files,
                         settings.data + "/log-note", Arrival::begins);
  log::KafkaSettings kafka = settings.kafka->kafka;
  kafka.topic = log::ledger_topic(settings.ledger);
  log::KafkaLog log(kafka);
  const auto ports = own_suffix(folder, log, settings, wish.progress);
  records_in_log(ports);
}

void copy_the_vault(const Folder& folder, const KafkaPlaceSettings& kafka, const NodeSettings& settings) {
  KafkaPlace place(kafka, settings.ledger, {*folder.disk, *folder.clock, *folder.random}, *folder.files,
                   settings.data + "/log-note", Arrival::begins);
  vault::copy_vault(folder.vault, place.vault());
}

/// A person who may end a halt, by the token in a file.
std::string person_of(const std::string& file, world::Disk& disk, const vault::Tokens& tokens, Instant now) {
  std::string token = world::read_file(disk, file);
  while (!token.empty() && token.back() == '\n') token.pop_back();
  const auto grant = tokens.find(token);
  if (!grant || !grant->valid_at(now)) throw CannotStart("the token in " + file + " is none that counts now");
  for (const Role role : grant->roles)
    if (role == Role::operator_ || role == Role::centre_director || role == Role::bureau) return grant->person;
  throw CannotStart("the person of the token in " + file + " is neither operator, director nor of the bureau");
}

struct Persons {
  std::string first, second;
};

Persons two_people(const TwoPeople& people, vault::Vault& vault, world::Disk& disk, world::Random& random,
                   Instant now) {
  const vault::Tokens tokens(vault, random);
  Persons persons{person_of(people.first_token_file, disk, tokens, now),
                  person_of(people.second_token_file, disk, tokens, now)};
  if (persons.first == persons.second) throw CannotStart("it takes two people: both tokens are of the same person");
  return persons;
}

constexpr auto longest_pass = std::chrono::seconds(60);
constexpr const char* not_taken = "the log has not taken it: look whether the brokers are there, then run this again";

/// Until their word has been appended.
void append_word(Node& node, PoisonPassed word) {
  const auto refused = std::make_shared<std::promise<std::string>>();
  node.ledger().pass_poison(std::move(word), [refused](const std::string& why_not) { refused->set_value(why_not); });
  auto answer = refused->get_future();
  if (answer.wait_for(longest_pass) != std::future_status::ready) throw CannotStart(not_taken);
  if (const auto why_not = answer.get(); !why_not.empty()) throw CannotStart(why_not);
}

/// Until the word of the two has been read back.
void wait_until_passed(Node& node, Seq seq) {
  const auto until = std::chrono::steady_clock::now() + longest_pass;
  for (auto still = node.ledger().poisoned(); still && still->seq == seq; still = node.ledger().poisoned()) {
    if (std::chrono::steady_clock::now() > until) throw CannotStart(not_taken);
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
  }
}

}  // namespace

Tree create_in_kafka(const settings::Settings& settings, const TaskWish& wish) {
  NodeSettings to = on_kafka(settings);
  to.create = true;
  check_shipped_for(to);
  Tree answer =
      Tree::object().set("plan", make_topics(*to.kafka, topics_of(to.ledger), wish.really)).set("done", wish.really);
  if (!wish.really) return answer;
  to.kafka->begins = true;
  to.kafka->first_public_key = from_hex(*node_key(settings).find("public_key")->as_string());
  Node node(to, wish.progress);
  node.start();
  node.wait_for_end();
  finish_first_start(node);
  return answer.set("ledger", to.ledger)
      .set("cluster_id", node.kafka()->kafka().cluster_id())
      .set("first_key", node.opened().writer_public_key)
      .set("records", node.ledger().health().next_seq);
}

Tree move_to_kafka(const settings::Settings& settings, const TaskWish& wish) {
  NodeSettings to = on_kafka(settings);
  const std::string cluster = cluster_of(*to.kafka, to.ledger);
  Tree answer =
      Tree::object().set("plan", make_topics(*to.kafka, topics_of(to.ledger), wish.really)).set("done", wish.really);
  if (!wish.really) return answer.set("records", Folder(to).files->head().next_seq).set("cluster_id", cluster);
  look_before_moving(to, wish);
  end_embedded(settings, cluster, wish.progress);
  const Folder folder(to);
  copy_the_vault(folder, *to.kafka, to);
  to.kafka->kafka.topic = log::ledger_topic(to.ledger);
  log::KafkaLog log(to.kafka->kafka);
  const auto ports = own_suffix(folder, log, to, wish.progress);
  append_records_from(records_in_log(ports), ports);
  return answer.set("cluster_id", cluster)
      .set("first_key", to_hex(folder.key.public_key()))
      .set("records", folder.files->head().next_seq);
}

Tree repair_log(const settings::Settings& settings, const TaskWish& wish, const TwoPeople& people) {
  NodeSettings to = on_kafka(settings);
  if (to.kafka->first_public_key.empty()) throw CannotStart(no_first_key);
  Folder folder(to);
  if (wish.really) {
    KafkaPlace place(*to.kafka, to.ledger, {*folder.disk, *folder.clock, *folder.random}, *folder.files,
                     to.data + "/log-note", Arrival::goes_on);
    two_people(people, place.vault(), *folder.disk, *folder.random, folder.clock->now());
  }
  const Tree plan = make_topics(*to.kafka, {{log::ledger_topic(to.ledger), log::TopicUse::ledger}}, wish.really);
  if (!wish.really && !log::describe_topic(to.kafka->kafka, log::ledger_topic(to.ledger)))
    return Tree::object().set("plan", plan).set("held", folder.files->head().next_seq).set("done", false);
  to.kafka->kafka.topic = log::ledger_topic(to.ledger);
  log::KafkaLog log(to.kafka->kafka);
  const auto ports = suffix_ports(folder, log, to, to.kafka->first_public_key, wish.progress);
  const Seq held = folder.files->head().next_seq, in_log = records_in_log(ports);
  if (wish.really) {
    append_records_from(in_log, ports);
    folder.disk->remove(to.data + "/log-note");  // the topic is read anew: places in it have changed
  }
  return Tree::object()
      .set("plan", plan)
      .set("held", held)
      .set("in_log", in_log)
      .set("missing", held - std::min(held, in_log))
      .set("done", wish.really);
}

Tree pass_poison(const settings::Settings& settings, const TaskWish& wish, const TwoPeople& people,
                 const PoisonWish& poison) {
  NodeSettings to = node_settings(settings);
  to.timekeeper = false;
  Node node(to, wish.progress);
  node.start();
  node.wait_for_halt();
  const auto poisoned = node.ledger().poisoned();
  if (!poisoned) throw CannotStart("the ledger is not halted by POISON");
  const std::string hash = to_hex(view_of(poisoned->hash));
  Tree answer = Tree::object().set("seq", poisoned->seq).set("hash", hash).set("done", wish.really);
  if (!wish.really) return answer;
  if (poison.hash != hash) throw CannotStart("the record that halts the ledger has the hash " + hash);
  const auto persons = two_people(people, node.vault(), node.disk(), node.random(), node.clock().now());
  append_word(node, {poisoned->seq, hash, persons.first, persons.second, poison.reason});
  wait_until_passed(node, poisoned->seq);
  node.wait_for_halt();
  if (const auto next = node.ledger().poisoned()) return answer.set("next_poison", next->seq);
  node.wait_for_end();
  return answer;
}

Tree node_key(const settings::Settings& settings) {
  const auto key = key_of_folder(settings.vault_folder());
  return Tree::object()
      .set("node", settings.text("node"))
      .set("key_id", key.id_text())
      .set("public_key", to_hex(key.public_key()));
}

}  // namespace aidledger
