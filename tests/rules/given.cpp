#include "tests/support/given.hpp"

#include <filesystem>
#include <fstream>
#include <iterator>

#include "events/codec.hpp"
#include "events/governance.hpp"
#include "src/json/json.hpp"
#include "src/settings/toml.hpp"
#include "src/world/world.hpp"

namespace aidledger::testing {
namespace {

constexpr auto ledger = "chengbei";

std::string read(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

/// What a new ledger adopts: every config/policies/<name>@<version>.toml and config/holidays/<year>.json.
std::vector<Event> shipped_events() {
  std::vector<Event> out;
  const Instant then{0};
  for (const auto& entry : std::filesystem::directory_iterator("config/policies")) {
    const std::string stem = entry.path().stem().string();
    const auto split = stem.find('@');
    if (split == std::string::npos) continue;
    out.push_back(make_event(
        PolicyAdopted{stem.substr(0, split), stem.substr(split + 1), date("2019-01-01"), read(entry.path()), ""},
        then));
  }
  for (const auto& entry : std::filesystem::directory_iterator("config/holidays")) {
    if (entry.path().extension() != ".json") continue;
    out.push_back(
        make_event(CalendarAdopted{"cn-mainland", std::stoi(entry.path().stem().string()), read(entry.path())}, then));
  }
  return out;
}

const Layer& shipped() {
  static const auto layer = [] {
    auto out = std::make_unique<Layer>(no_rows());
    for (const auto& event : shipped_events()) rules::fold_event(*out, event, {0, 0});
    return out;
  }();
  return *layer;
}

const rules::Books& shipped_books() {
  static const auto books = [] {
    rules::Books out(parsers());
    out.refresh(shipped());
    return out;
  }();
  return books;
}

}  // namespace

const Zone& shanghai() {
  static const Zone zone = world::load_zone("Asia/Shanghai");
  return zone;
}

rules::TextParsers parsers() {
  return {[](std::string_view text) { return settings::parse_toml(text); },
          [](std::string_view text) -> std::expected<Tree, std::string> {
            auto tree = json::parse(text);
            if (!tree) return std::unexpected("not JSON");
            return std::move(*tree);
          }};
}

Actor actor(std::string person, std::vector<Role> roles, std::string undertaker, std::string organisation) {
  Actor out;
  out.person = std::move(person), out.roles = std::move(roles), out.undertaker = std::move(undertaker);
  out.organisation = std::move(organisation);
  return out;
}

Date date(std::string_view text) {
  const auto parsed = parse_date(text);
  REQUIRE(parsed);
  return *parsed;
}

Instant at(std::string_view text, int hour, int minute) {
  return {shanghai().start_of(date(text)).us + (hour * 60LL + minute) * 60'000'000};
}

Sealed sealed(std::string text) { return {"test/field", "a", std::move(text), ""}; }

Given::Given() : state_(std::make_unique<Layer>(static_cast<const Rows&>(shipped()))), books_(shipped_books()) {
  on("2024-03-01");
}

Given::~Given() {
  if (refusal_ && !checked_ && std::uncaught_exceptions() == 0) FAIL_CHECK("nobody looked: " << story());
}

Given& Given::record(std::vector<Event> events) {
  Record record;
  record.header.ledger = ledger;
  record.header.seq = seq_++;
  record.header.recorded_at = now_;
  record.body.principal = "token-1", record.body.action_id = "a-" + std::to_string(++actions_);
  record.body.actor = actor_;
  record.body.events = std::move(events);
  const Record stored = decode_record(encode_record(record));
  rules::fold_record(*state_, stored);
  last_ = stored.body.events;
  records_.push_back(stored);
  refusal_.reset();
  for (const auto tag : {PolicyAdopted::tag, PolicyRepealed::tag, CalendarAdopted::tag})
    if (find(tag) != nullptr) books_.refresh(*state_);
  return *this;
}

Given& Given::as(Actor who) {
  actor_ = std::move(who);
  return *this;
}

Given& Given::on(std::string_view day) { return at(testing::at(day)); }

Given& Given::at(Instant when) {
  now_ = occurred_ = when;
  return *this;
}

Given& Given::happened(Instant when) {
  occurred_ = when;
  return *this;
}

Given& Given::policy(const std::string& name, const std::string& version, const std::string& text) {
  return record({make_event(PolicyAdopted{name, version, date("2020-01-01"), text, ""}, occurred_)});
}

Given& Given::ask(std::string_view name, rules::ActionPtr action) {
  const auto* type = rules::find_action(name);
  if (type == nullptr) FAIL("no action is called " << name);
  asked_.type = type;
  asked_.action = std::move(action);
  return again();
}

Given& Given::again() {
  asked_.principal = "token-1", asked_.action_id = "a-" + std::to_string(actions_ + 1);
  asked_.occurred_at = occurred_, asked_.actor = actor_;
  Layer decided_on(static_cast<const Rows&>(*state_));
  auto decided = rules::decide(asked_, decided_on, books_, shanghai(), now_, seq_);
  checked_ = false;
  last_.clear();
  refusal_.reset();
  if (!decided) {
    CHECK(decided_on.size() == 0);
    refusal_ = decided.error();
    return *this;
  }
  record(std::move(decided->events));
  refusal_ = decided->recorded_refusal;
  decided_on.take_changes([&](const Layer::Change& change) {
    const auto folded = state_->find(change.type, change.key);
    INFO("what was folded while deciding and from the record: table " << int(change.type.table));
    REQUIRE((folded == nullptr) == change.gone());
    Bytes deciding, rebuilding;
    if (!change.gone()) change.encode_to(deciding), change.type.encode(folded.get(), rebuilding);
    CHECK(deciding == rebuilding);
  });
  return *this;
}

void Given::expect_taken() {
  INFO("the action before was not taken; " << story());
  if (!checked_) REQUIRE(!refusal_);
  checked_ = true;
}

Given& Given::refused(const rules::RefusalKind& kind) {
  checked_ = true;
  INFO("to be refused: " << kind.name << "; " << story());
  REQUIRE(refusal_);
  CHECK(refusal_->name == std::string(kind.name));
  return *this;
}

std::optional<rules::ClockRow> Given::clock(const std::string& rule, const std::string& case_id) const {
  std::optional<rules::ClockRow> latest;
  state_->each<rules::ClockRow>(row_key({rule, "case", case_id}), [&](auto, const rules::ClockRow& row) {
    if (!latest || latest->ended || !row.ended) latest = row;
    return true;
  });
  return latest;
}

Given& Given::due(const std::string& rule, const std::string& case_id, std::string_view day) {
  expect_taken();
  const auto row = clock(rule, case_id);
  INFO(rule << " on " << case_id);
  REQUIRE(row);
  CHECK_FALSE(row->ended);
  REQUIRE(row->start.due);
  CHECK(to_text(*row->start.due) == std::string(day));
  return *this;
}

Given& Given::not_running(const std::string& rule, const std::string& case_id) {
  expect_taken();
  const auto row = clock(rule, case_id);
  INFO(rule << " on " << case_id << " must not run");
  CHECK((!row || row->ended));
  return *this;
}

const Event* Given::find(EventTag tag) const {
  for (const auto& event : last_)
    if (event.type->tag == tag) return &event;
  return nullptr;
}

std::string Given::story() const {
  std::string out = refusal_ ? "refused: " + refusal_->name + " (" + refusal_->detail + ")" : "taken:";
  for (const auto& event : last_) out += " " + std::string(event.type->name);
  return out;
}

}  // namespace aidledger::testing
