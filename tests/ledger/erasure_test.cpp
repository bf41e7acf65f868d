// A person's data are erased by two people: gone from the vault, gone for the blind index, and not back by a restart,
// an old vault, or a second enrolment.
#include <catch2/catch.hpp>

#include "src/ledger/queries.hpp"
#include "src/rules/governance.hpp"
#include "src/rules/undertakers.hpp"
#include "src/world/disk.hpp"
#include "tests/support/memory_world.hpp"

using namespace aidledger;
using ledger::Answer;

namespace {

Bytes shipped_policy(const std::string& name) {
  return world::read_file(*world::real_disk(), "config/policies/" + name + "@1.toml");
}

struct World : test::OneNode<> {
  World() {
    REQUIRE(ask("director", Role::centre_director,
                rules::AdoptPolicy{"eligibility", "1", {19'000}, shipped_policy("eligibility"), "house rule"})
                .kind == Answer::Kind::accepted);
  }

  int actions = 0;

  template <class Action>
  Answer ask(const std::string& person, Role role, Action action) {
    Answer got;
    ledger::Asked asked;
    asked.principal = {"t-" + person, person, {role}, "chengbei", {}, {}, {}, {}};
    asked.request.type = rules::find_action(Action::name);
    asked.request.action = std::make_shared<Action>(std::move(action));
    asked.request.principal = "t-" + person;
    asked.request.action_id = "a-" + std::to_string(++actions);
    asked.request.occurred_at = clock.wall;
    asked.request.actor.person = person;
    asked.request.actor.roles = {role};
    asked.canonical = "action " + std::to_string(actions);
    asked.answer = [&got](const Answer& answer) { got = answer; };
    node.ledger->ask(std::move(asked));
    tasks.run();
    return got;
  }

  Answer enrol(const std::string& undertaker, const std::string& person, const std::string& name) {
    rules::EnrolUndertaker action;
    action.undertaker = {undertaker};
    action.person = {person};
    action.organisation = "o-1";
    action.licence = "L-" + undertaker;
    action.district = "d-1";
    action.full_name.clear = name;
    return ask("clerk", Role::intake, action);
  }

  void erase(const std::string& person) {
    REQUIRE(ask("director", Role::centre_director, rules::ProposeErasure{{"e-1"}, {person}, "asked for"}).kind ==
            Answer::Kind::accepted);
    REQUIRE(ask("bureau", Role::bureau, rules::ConfirmErasure{{"e-1"}}).kind == Answer::Kind::accepted);
  }

  /// The sealed name of the n-th record.
  Sealed name_in(Seq seq) {
    for (const auto& event : decode_record(*node.record(seq)).body.events)
      if (const auto* enrolled = event.as<UndertakerEnrolled>()) return enrolled->full_name;
    FAIL("no enrolment in record " << seq);
    return {};
  }
  bool found(const std::string& name) { return !node.sealer.find(IndexKind::name, name).empty(); }
};

}  // namespace

TEST_CASE("two people erase a person's data: the name opens no more and finds nobody, others' do") {
  World w;
  const auto first = w.enrol("u-1", "p-1", "张伟"), second = w.enrol("u-2", "p-2", "王芳");
  REQUIRE(first.kind == Answer::Kind::accepted);
  REQUIRE(second.kind == Answer::Kind::accepted);
  CHECK(w.node.sealer.open(w.name_in(first.receipt.seq)) == "张伟");
  CHECK(w.found("张伟"));
  w.erase("p-1");
  CHECK(w.node.sealer.open(w.name_in(first.receipt.seq)).error() == vault::NotOpened::erased);
  CHECK_FALSE(w.found("张伟"));
  CHECK(w.node.sealer.open(w.name_in(second.receipt.seq)) == "王芳");
  CHECK(w.found("王芳"));
}

TEST_CASE("one person alone erases nobody") {
  World w;
  const auto enrolled = w.enrol("u-1", "p-1", "张伟");
  w.ask("director", Role::centre_director, rules::ProposeErasure{{"e-1"}, {"p-1"}, "asked for"});
  const auto confirmed = w.ask("director", Role::bureau, rules::ConfirmErasure{{"e-1"}});
  CHECK(confirmed.refusal.name == rules::same_person.name);
  CHECK(w.node.sealer.open(w.name_in(enrolled.receipt.seq)) == "张伟");
}

TEST_CASE("an erased person's id does not come back, and trying leaves nothing behind") {
  World w;
  w.enrol("u-1", "p-1", "张伟");
  w.erase("p-1");
  const auto before = w.vault.entries;
  const auto again = w.enrol("u-9", "p-1", "张伟");
  CHECK(again.kind == Answer::Kind::refused);
  CHECK(again.refusal.name == rules::person_erased.name);
  CHECK(w.vault.entries == before);
}

TEST_CASE("while the vault cannot be written a retry gets the first answer, and a new person is turned away") {
  World w;
  const auto first = w.enrol("u-1", "p-1", "张伟");
  w.vault.before = [](auto, const std::string&) { throw std::runtime_error("the disk of the vault is full"); };
  --w.actions;
  const auto again = w.enrol("u-1", "p-1", "张伟");
  CHECK(again.kind == Answer::Kind::accepted);
  CHECK(again.replayed);
  CHECK(again.receipt.leaf_hash == first.receipt.leaf_hash);
  CHECK(w.enrol("u-2", "p-2", "王芳").kind == Answer::Kind::unavailable);
}

TEST_CASE("a vault from before the erasure does not bring the person back") {
  World w;
  const auto enrolled = w.enrol("u-1", "p-1", "张伟");
  const auto backup = w.vault.entries;
  w.erase("p-1");
  w.vault.entries = backup;
  w.node.open();
  CHECK(w.node.sealer.open(w.name_in(enrolled.receipt.seq)).error() == vault::NotOpened::erased);
  CHECK_FALSE(w.found("张伟"));
}

TEST_CASE(
    "an erasure is listed with who asked and agreed, when, and by which days disks and backups have forgotten it") {
  World w;
  w.enrol("u-1", "p-1", "张伟");
  w.enrol("u-2", "p-2", "王芳");
  w.ask("bureau", Role::bureau, rules::ProposeErasure{{"e-0"}, {"p-2"}, "asked for"});
  w.clock.pass(52'200'000'000);
  REQUIRE(w.clock.wall == *parse_instant("2024-03-01T23:30:00+08:00"));
  w.erase("p-1");
  const auto view = w.node.ledger->view();
  const ledger::Queries queries(
      {view.rows(), view.next_seq(), {}, [&](Seq seq) { return w.node.ledger->record(seq); }});
  const auto found = queries.erasures(w.node.ledger->settings().zone, {1, 35}, {});
  REQUIRE(found);
  const auto& items = *found->find("items")->as_list();
  REQUIRE(items.size() == 2);
  CHECK(*items[0].find("state") == Tree("proposed"));
  CHECK(*items[0].find("requested_by") == Tree("bureau"));
  CHECK(items[0].find("gone_from_disks_by") == nullptr);
  CHECK(*items[1].find("proposal") == Tree("e-1"));
  CHECK(*items[1].find("person") == Tree("p-1"));
  CHECK(*items[1].find("requested_by") == Tree("director"));
  CHECK(*items[1].find("confirmed_by") == Tree("bureau"));
  CHECK(*items[1].find("erased_at") == Tree("2024-03-01T15:30:00.000000Z"));
  CHECK(*items[1].find("gone_from_disks_by") == Tree("2024-03-02"));
  CHECK(*items[1].find("gone_from_backups_by") == Tree("2024-04-05"));
}

TEST_CASE(
    "while the vault cannot be written an action that needs a key is given back, and taken when it is asked again") {
  World w;
  w.vault.before = [](vault::MemoryVault::Change, const std::string&) { throw std::runtime_error("brokers away"); };
  const auto refused = w.enrol("u-1", "p-1", "张伟");
  CHECK(refused.kind == Answer::Kind::unavailable);
  CHECK_THAT(refused.detail, Catch::Contains("the vault cannot be written now: brokers away"));
  w.vault.before = {};
  const auto taken = w.enrol("u-1", "p-1", "张伟");
  REQUIRE(taken.kind == Answer::Kind::accepted);
  CHECK(w.node.sealer.open(w.name_in(taken.receipt.seq)) == "张伟");
}
