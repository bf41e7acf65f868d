// Commands against a service that says one thing, on a real socket of this machine.
#include <sys/stat.h>

#include <catch2/catch.hpp>
#include <fstream>

#include "tests/cli/one_answer_server.hpp"
#include "tests/cli/shell.hpp"
#include "tests/support/temp_folder.hpp"

namespace aidledger::cli {
namespace {

using test::OneAnswerServer;
using test::Shell;

/// A shell with the operator's token in its data folder.
struct Desk {
  Desk() {
    const auto file = folder / "operator.token";
    std::ofstream(file) << "t0ken\n";
    ::chmod(file.c_str(), S_IRUSR | S_IWUSR);
    shell.environment["AIDLEDGER_DATA"] = folder.path();
    shell.environment["AIDLEDGER_LEDGER"] = "city";
  }
  test::Ran ask(int status, const std::string& body, const std::vector<std::string>& words,
                const std::string& fields = {}) {
    OneAnswerServer server(status, body, fields);
    shell.environment["AIDLEDGER_SERVER"] = server.address();
    const auto ran = shell(words);
    request = server.request();
    return ran;
  }
  test::TempFolder folder;
  Shell shell;
  std::string request;
};

TEST_CASE("where no token lies, the command says where it looked and what to do") {
  const auto ran = Shell()({"case", "list", "--data", "/nowhere"});
  CHECK(ran.exit == 2);
  CHECK(ran.err.find("/nowhere/operator.token") != std::string::npos);
  CHECK(ran.err.find("AIDLEDGER_TOKEN_FILE") != std::string::npos);
}

TEST_CASE("where no service answers, the exit code is 5 and the hint says how to start one") {
  Desk desk;
  const auto ran = desk.shell({"case", "list"});
  CHECK(ran.exit == 5);
  CHECK(ran.err.find("no service answers at http://127.0.0.1:1") != std::string::npos);
  CHECK(ran.err.find("aidledger serve") != std::string::npos);
  CHECK(ran.err.find("t0ken") == std::string::npos);
}

TEST_CASE("a server that is not this machine is refused before the token leaves") {
  Desk desk;
  const auto ran = desk.shell({"case", "list", "--server", "http://ledger.example:8471"});
  CHECK(ran.exit == 2);
  CHECK(ran.err.find("in clear") != std::string::npos);
}

TEST_CASE("a list comes as a table; the token goes with the request") {
  Desk desk;
  const auto ran =
      desk.ask(200, R"({"up_to_seq":9,"data":{"items":[{"id":"LA-1","overdue":2},{"id":"LA-2","overdue":0}]}})",
               {"case", "list", "--overdue", "--undertaker", "U 7"});
  CHECK(ran.exit == 0);
  CHECK(ran.out == "CASE  OVERDUE\nLA-1        2\nLA-2        0\n");
  CHECK(desk.request.starts_with("GET /v1/ledgers/city/cases?overdue=true&undertaker=U%207 HTTP/1.1\r\n"));
  CHECK(desk.request.find("Authorization: Bearer t0ken\r\n") != std::string::npos);
}

TEST_CASE("where no ledger is named, the service is asked which it has") {
  Desk desk;
  desk.shell.environment.erase("AIDLEDGER_LEDGER");
  CHECK(desk.ask(200, R"({"data":{"items":[]}})", {"case", "list"}).err == "aidledger: the service has no ledger\n");
  CHECK(desk.request.starts_with("GET /v1/ledgers HTTP/1.1"));
  CHECK(desk.ask(200, R"({"items":[{"ledger":"a"},{"ledger":"b"}]})", {"case", "list"}).exit == 2);
}

TEST_CASE("--json gives what the service said, nothing else") {
  Desk desk;
  const auto ran = desk.ask(200, R"({"up_to_seq":9,"data":{"items":[{"id":"LA-1"}]}})", {"case", "list", "--json"});
  CHECK(ran.out == "{\n  \"up_to_seq\": 9,\n  \"items\": [\n    {\n      \"id\": \"LA-1\"\n    }\n  ]\n}\n");
  CHECK(ran.err.empty());
}

TEST_CASE("what a node that may be behind its log says is printed as ever, with a warning on stderr") {
  Desk desk;
  const std::string mark = "Aidledger-Stale: LOG_DIVERGED\r\n";
  const std::string list = R"({"up_to_seq":9,"data":{"items":[{"id":"LA-1"}]}})";
  const std::string warning =
      "aidledger: stale (LOG_DIVERGED): the log may hold more than this node has read; /readyz says why\n";
  CHECK(desk.ask(200, list, {"case", "list"}, mark).err == warning);
  const auto ran = desk.ask(200, list, {"case", "list", "--json"}, mark);
  CHECK(ran.out.starts_with("{\n  \"up_to_seq\": 9"));
  CHECK(ran.err == warning);
  const auto events = desk.ask(200, R"({"seq":0,"event":{"type":"CaseOpened"}})", {"events"}, mark);
  CHECK(events.exit == 0);
  CHECK(events.err == warning);
}

TEST_CASE("an empty list says so on stderr") {
  Desk desk;
  const auto ran = desk.ask(200, R"({"data":{"items":[]}})", {"case", "list"});
  CHECK(ran.exit == 0);
  CHECK(ran.out.empty());
  CHECK(ran.err == "aidledger: no such cases\n");
}

TEST_CASE("every kind of no has its exit code and its sentence") {
  struct Row {
    int status;
    std::string problem;
    int exit;
    std::string said;
  };
  const std::vector<Row> rows{
      {404, R"({"title":"There is nothing of that id.","status":404,"number":3,"name":"not-found"})", 3,
       "not-found: There is"},
      {401, R"({"title":"A valid access token is required.","status":401})", 6, "AIDLEDGER_TOKEN_FILE"},
      {403, R"({"title":"Not allowed.","status":403,"number":1,"name":"not-allowed"})", 6, "not-allowed: Not allowed."},
      {409,
       R"({"title":"The assignment is held.","detail":"Step 3.","status":409,"number":300,"name":"assignment-held"})",
       6, "assignment-held: The assignment is held: Step 3."},
      {412, R"({"title":"Changed meanwhile.","status":412,"number":5,"name":"changed-meanwhile"})", 4, "Changed"},
      {422, R"({"type":"https://aidledger.cn/problems/idempotency-conflict","title":"Another request.","status":422})",
       4, "Another request."},
      {422, R"({"title":"A field is not known.","status":422,"errors":[{"pointer":"/data/x","text":"no field x"}]})", 2,
       "/data/x: no field x"},
      {503, R"({"title":"Nothing was decided.","status":503})", 5, "try again"},
      {504, R"({"title":"Not known yet.","status":504})", 5, "same action id"},
      {500, "not json", 5, "the service answered 500"},
  };
  for (const auto& row : rows) {
    Desk desk;
    INFO(row.problem);
    const auto ran = desk.ask(row.status, row.problem, {"case", "show", "LA-1"});
    CHECK(ran.exit == row.exit);
    CHECK(ran.err.find(row.said) != std::string::npos);
    CHECK(ran.out.empty());
  }
}

TEST_CASE("an action is sent whole, with an id and a time of its own, and its record is shown") {
  Desk desk;
  const auto ran = desk.ask(
      200,
      R"({"receipt":{"ledger":"city","seq":12,"recorded_at":"2026-02-10T01:00:00.000000Z"},"events":[{"type":"CalendarAdopted","data":{"year":2027}}]})",
      {"act", "adopt-calendar", "calendar=none", "year=2027", "text={}", "--action-id", "a-1", "--occurred-at",
       "2026-02-10T00:00:00Z"});
  CHECK(ran.exit == 0);
  CHECK(ran.out == "recorded as seq 12 of city at 2026-02-10T01:00:00.000000Z\n  CalendarAdopted  year=2027\n");
  CHECK(desk.request.ends_with(
      R"({"type":"adopt-calendar","action_id":"a-1","occurred_at":"2026-02-10T00:00:00Z","data":{"calendar":"none","year":2027,"text":"{}"}})"));
}

TEST_CASE("a field of text takes what looks like a number as it is typed") {
  Desk desk;
  desk.ask(409, "{}", {"act", "grant-aid", "telephone=013900", "group_size=2", R"(flags=["vulnerable"])", "name=true"});
  CHECK(
      desk.request.ends_with(R"("data":{"telephone":"013900","group_size":2,"flags":["vulnerable"],"name":"true"}})"));
}

TEST_CASE("a connection that breaks after an action was sent leaves its outcome open, and names the id to ask with") {
  Desk desk;
  const auto ran = desk.ask(0, "", {"act", "adopt-calendar", "--action-id", "a-1"});
  CHECK(ran.exit == 5);
  CHECK(ran.err.find("the outcome is not known") != std::string::npos);
  CHECK(ran.err.find("--action-id a-1") != std::string::npos);
}

TEST_CASE("of many lines, each answer is shown and the highest exit code counts") {
  Desk desk;
  std::ofstream(desk.folder / "many.ndjson") << "{\"type\":\"a\"}\n\n{\"type\":\"b\"}\n";
  const auto ran = desk.ask(
      200,
      "{\"line\":1,\"status\":201,\"answer\":{\"receipt\":{\"ledger\":\"city\",\"seq\":7,\"recorded_at\":\"t\"}}}\n"
      "{\"line\":2,\"status\":409,\"problem\":{\"number\":300,\"name\":\"held\",\"title\":\"It is held.\"}}\n",
      {"act", desk.folder / "many.ndjson"});
  CHECK(ran.exit == 6);
  CHECK(ran.out == "line 1: recorded as seq 7 of city at t\n");
  CHECK(ran.err == "aidledger: line 2: held: It is held.\n");
  CHECK(desk.request.ends_with("{\"type\":\"a\"}\n{\"type\":\"b\"}\n"));
}

TEST_CASE("what cannot be undone is asked about, and refused where nobody can answer") {
  Desk desk;
  const auto ran = desk.shell({"person", "erase", "P-1", "--ground", "asked"});
  CHECK(ran.exit == 2);
  CHECK(ran.err.find("--yes") != std::string::npos);
}

TEST_CASE("a person is found by what is typed on stdin: it stands in no address") {
  Desk desk;
  OneAnswerServer server(200, R"({"items":[{"person":"P-9"}]})");
  desk.shell.environment["AIDLEDGER_SERVER"] = server.address();
  const auto ran = desk.shell({"person", "find", "--telephone", "-"}, "13800000000\n");
  CHECK(ran.out == "PERSON\nP-9\n");
  const auto request = server.request();
  CHECK(request.starts_with("POST /v1/ledgers/city/persons/search HTTP/1.1\r\n"));
  CHECK(request.ends_with(R"({"telephone":"13800000000"})"));
}

TEST_CASE("a new token goes into a file of its owner alone, and never over one that is there") {
  Desk desk;
  const auto file = desk.folder / "director.token";
  const std::vector<std::string> words{"token", "add", "--person", "p-wang", "--roles", "centre-director,assigner",
                                       "--out", file};
  const auto ran = desk.ask(201, R"({"data":{"id":"ab12","token":"s3cret"}})", words);
  CHECK(ran.exit == 0);
  CHECK(ran.out.find("s3cret") == std::string::npos);
  CHECK(desk.request.find(R"("roles":["centre-director","assigner"])") != std::string::npos);
  std::string kept;
  std::ifstream(file) >> kept;
  CHECK(kept == "s3cret");
  CHECK(test::permissions_of(file) == 0600);
  CHECK(desk.shell(words).exit == 2);
}

TEST_CASE("a token is for the service's own ledger where none is named") {
  Desk desk;
  desk.shell.environment.erase("AIDLEDGER_LEDGER");
  desk.ask(201, R"({"data":{"id":"ab12","token":"s3cret"}})", {"token", "add", "--person", "p", "--roles", "intake"});
  CHECK(desk.request.ends_with(R"({"person":"p","roles":["intake"]})"));
}

TEST_CASE("the feed is shown as it comes") {
  Desk desk;
  const auto ran = desk.ask(200, "{\"seq\":1,\"event\":{\"type\":\"A\"}}\n{\"seq\":2,\"event\":{\"type\":\"B\"}}\n",
                            {"events", "--json"});
  CHECK(ran.exit == 0);
  CHECK(ran.out == "{\"seq\":1,\"event\":{\"type\":\"A\"}}\n{\"seq\":2,\"event\":{\"type\":\"B\"}}\n");
}

}  // namespace
}  // namespace aidledger::cli
