// From a record to the messages of the public feed.
#include <catch2/catch.hpp>

#include "events/families.hpp"
#include "src/feed/base64.hpp"
#include "src/log/kafka_feed.hpp"
#include "tests/feed/told.hpp"
#include "tests/projections/city.hpp"

using namespace aidledger;
using namespace aidledger::feed;
using namespace aidledger::feed::testing;
using namespace aidledger::projections::testing;

namespace {

ProgressCallMade call_in(const std::string& case_id) {
  ProgressCallMade call;
  call.case_id = {case_id}, call.recipient = {"p-1"}, call.undertaker = {"u-1"};
  call.made_by = "clerk-3";
  call.remarks = Sealed{"record-progress-call/remarks", "a-1", "BOX-OF-REMARKS", ""};
  return call;
}

std::string attribute(const Message& message, std::string_view name) {
  const Tree event = value_of(message);
  const Tree* found = event.find(name);
  return found == nullptr ? "absent" : found->as_string() == nullptr ? json::print(*found) : *found->as_string();
}

Message last_of(const History& history) { return told(history.records()).back(); }

}  // namespace

TEST_CASE("an event is a CloudEvent in structured JSON, keyed by its case, its attributes repeated as headers") {
  Record record = sample_record(*find_event_type("ProgressCallMade"), 1, 120);
  record.body.events = {make_event(call_in("LA-2024-0007"), *parse_instant("2024-02-10T09:00:00+08:00"))};
  Layer rows(no_rows());
  projections::fold_record(rows, record);
  const auto message = event_messages(record, hash_of(record), rows, terms).at(0);

  CHECK(message.topic == "aidledger.events.3101.v1");
  CHECK(message.key == "LA-2024-0007");
  CHECK(message.headers == Headers{{"content-type", "application/cloudevents+json; charset=UTF-8"},
                                   {"ce_specversion", "1.0"},
                                   {"ce_id", "120.0"},
                                   {"ce_source", "/aidledger/ledgers/3101"},
                                   {"ce_type", "cn.aidledger.progress-calls.progress-call-made.v1"},
                                   {"ce_subject", "LA-2024-0007"},
                                   {"ce_time", "2024-02-10T01:00:00.000000Z"}});
  const Hash leaf = world::sha256(BytesView("\0", 1), leaf_data(record.header, hash_of(record)));
  CHECK(*message.value ==
        R"({"specversion":"1.0","id":"120.0","source":"/aidledger/ledgers/3101",)"
        R"("type":"cn.aidledger.progress-calls.progress-call-made.v1","subject":"LA-2024-0007",)"
        R"("time":"2024-02-10T01:00:00.000000Z","datacontenttype":"application/json",)"
        R"("dataschema":"https://aidledger.cn/schemas/progress-calls/progress-call-made/1",)"
        R"("recordedtime":"2024-02-10T01:00:03.120417Z","partitionkey":"LA-2024-0007",)"
        R"("sequence":"00000000000000000120.000","caseversion":1,"correlationid":"LA-2024-0007",)"
        R"("authtype":"app_user","authid":"clerk-3","leafindex":"120","leafhash":")" +
            to_base64(view_of(leaf)) +
            R"(","data":{"case":"LA-2024-0007","recipient":"p-1","undertaker":"u-1","call":1,"channel":"telephone",)"
            R"("made_by":"clerk-3","answers":{"filed_in_time":"unknown","met":"unknown","kept_informed":"unknown",)"
            R"("asked_for_money":"unknown","attitude":0},"remarks":{"sealed":true}}})");
}

TEST_CASE("base64 is that of RFC 4648") {
  for (const auto& [plain, encoded] :
       {std::pair{"", ""}, {"f", "Zg=="}, {"fo", "Zm8="}, {"foo", "Zm9v"}, {"foob", "Zm9vYg=="}, {"fooba", "Zm9vYmE="}})
    CHECK(to_base64(plain) == encoded);
  CHECK(to_base64("\xff\xfe\xfd") == "//79");
}

TEST_CASE("the key is the case that is named, else the main object, else the ledger") {
  History history;
  history.happened(final_grade("c-1", "u-1", Grade::qualified));
  CHECK(last_of(history).key == "c-1");
  history.happened(enrol("u-1"));
  CHECK(last_of(history).key == "u-1");
  history.happened(step("u-1", 0, 1));  // counts a case, and is about the undertaker
  CHECK(last_of(history).key == "u-1");
  history.happened(DeadlineMissed{{"rights-notice", {"case", "c-2"}, "1"}, date_of(2024, 3, 1), {}, "intake"});
  CHECK(last_of(history).key == "c-2");
  CHECK(attribute(last_of(history), "correlationid") == "c-2");
  CHECK(attribute(last_of(history), "caseversion") ==
        "absent");  // the clock ran on the case, the event does not name it
  history.happened(PolicyAdopted{"grades", "1", date_of(2024, 1, 1), "text", "law"});
  CHECK(last_of(history).key == "test");
  CHECK(attribute(last_of(history), "correlationid") == "absent");
}

TEST_CASE("a case's events are counted, across records and within one") {
  History history;
  history.happened(grant("c-1"));
  history.also(assign("c-1", "u-1"));
  history.happened(grant("c-2"));
  history.happened(conclude("c-1", "u-1"));
  std::vector<std::string> versions;
  for (const auto& message : told(history.records()))
    if (message.event) versions.push_back(message.key + " " + attribute(message, "caseversion"));
  CHECK(versions == std::vector<std::string>{"c-1 1", "c-1 2", "c-2 1", "c-1 3"});
}

TEST_CASE("a case's version does not depend on how far the rows have gone on") {
  History history;
  history.happened(grant("c-1"));
  history.happened(conclude("c-1", "u-1"));
  Layer ahead(no_rows());
  for (const auto& record : history.records()) projections::fold_record(ahead, record);
  const auto& first = history.records().front();
  CHECK(attribute(event_messages(first, hash_of(first), ahead, terms).front(), "caseversion") == "1");
}

TEST_CASE("who had it recorded is named by a pseudonym; the clock is a system") {
  History history("clock");
  history.happened(DeadlineMissed{{"rights-notice", {"case", "c-2"}, "1"}, date_of(2024, 3, 1), {}, "intake"});
  Record record = history.records().front();
  record.body.actor.roles = {Role::clock};
  CHECK(attribute(told({record}).back(), "authtype") == "system");
  record.body.actor.roles = {Role::intake};
  CHECK(attribute(told({record}).back(), "authtype") == "app_user");
}

TEST_CASE("a correction says what it corrects, not why") {
  History history;
  history.happened(grant("c-1"));
  history.happened(grant("c-1")).corrects = Correction{{0, 0}, "THE-REASON"};
  CHECK(attribute(last_of(history), "corrects") == "0.0");
  CHECK(last_of(history).value->find("THE-REASON") == std::string::npos);
}

TEST_CASE("a sequence sorts as the ledger does; an id can be read back") {
  CHECK(sequence_of({9, 2}) < sequence_of({9, 10}));
  CHECK(sequence_of({9, 10}) < sequence_of({10, 0}));
  CHECK(sequence_of({999, 0}) < sequence_of({1000, 0}));
  CHECK(sequence_of({9, max_events_of_record - 1}) < sequence_of({10, 0}));
  CHECK(sequence_of({9, max_events_of_record - 1}).size() == sequence_of({UINT64_MAX, 0}).size());
  CHECK(parse_event_id("120.7") == EventRef{120, 7});
  for (const auto* wrong : {"", "120", "120.", ".0", "120.0.0", "a.0", "-1.0", "120.0 "})
    CHECK_FALSE(parse_event_id(wrong));
}

TEST_CASE("the largest record can be told to Kafka") {
  const EventType& type = *find_event_type("UndertakerAssigned");
  Record record = sample_record(type, 1, 120);
  auto assigned = std::make_shared<UndertakerAssigned>();
  assigned->case_id = {"c"};
  assigned->candidates.assign(20'000, {{"u"}, 1, ""});  // as short as they can be: telling adds most to these
  record.body.events.front().payload = assigned;
  REQUIRE(encode_record(record).size() <= max_record_size);
  const auto told = event_messages(record, hash_of(record), no_rows(), terms).front();
  CHECK(told.value->size() > 900'000);
  CHECK(told.value->size() < log::max_feed_message_bytes / 2);
}

TEST_CASE("what is told is a function of the ledger: told again, it is the same") {
  const auto history = random_history(7, 600);
  CHECK(told(history.records()) == told(history.records()));
}
