#include <zlib.h>
#include <catch2/catch.hpp>

#include <cstdio>
#include <filesystem>

#include "src/import/xes_cases.hpp"

using namespace aidledger::import;

namespace {

struct Read {
  std::vector<SourceCase> cases;
  std::vector<Rejected> rejected;
};

void read_all(CaseReader& reader, Read& out) {
  while (auto next = reader.next()) out.cases.push_back(std::move(*next));
}

Read cases_of(const std::string& text, InputLimits limits = {}) {
  Read out;
  const auto reader = read_xes_cases(from_text(text), "case:concept:name", limits,
                                     [&](const Rejected& r) { out.rejected.push_back(r); });
  read_all(*reader, out);
  return out;
}

const std::string event = R"(<event><string key="concept:name" value="Seen"/></event>)";

std::string trace(const std::string& name, const std::string& events = event) {
  return "<trace><string key=\"concept:name\" value=\"" + name + "\"/>" + events + "</trace>\n";
}

}  // namespace

TEST_CASE("XES: traces with their attributes and events; globals, classifiers and nested attributes are passed over") {
  const auto read = cases_of(R"(<?xml version="1.0"?>
<log xmlns="http://www.xes-standard.org/">
  <global scope="trace"><string key="concept:name" value="UNKNOWN"/></global>
  <classifier name="a" keys="b"/>
  <trace>
    <string key="concept:name" value="A &amp; B"><string key="nested" value="not taken"/></string>
    <list key="l"><values><string key="inner" value="not taken"/></values></list>
    <event>
      <int key="n" value="3"/><date key="time:timestamp" value="2020-01-01T00:00:00Z"/>
    </event>
  </trace>
</log>)");
  REQUIRE(read.cases.size() == 1);
  CHECK(read.cases[0].key == "A & B");
  CHECK(read.cases[0].line == 5);
  CHECK(read.cases[0].attributes == Attributes{{"case:concept:name", "A & B"}});
  REQUIRE(read.cases[0].events.size() == 1);
  CHECK(read.cases[0].events[0].line == 8);
  CHECK(read.cases[0].events[0].attributes == Attributes{{"n", "3"}, {"time:timestamp", "2020-01-01T00:00:00Z"}});
}

TEST_CASE("XES: a trace without name or events, and an event without trace, are rejected with their content") {
  const auto read = cases_of("<log>" + event + "<trace>" + event + "</trace>" + trace("E", "") + trace("A") + "</log>");
  CHECK(read.cases.size() == 1);
  REQUIRE(read.rejected.size() == 3);
  CHECK(read.rejected[0].reason == "the event stands outside a trace");
  CHECK(read.rejected[1].reason == "the trace has no 'case:concept:name'");
  CHECK(read.rejected[1].attributes == Attributes{{"concept:name", "Seen"}});
  CHECK(read.rejected[2].reason == "the trace has no events");
}

TEST_CASE("XES: damage is told after the traces before it") {
  Read out;
  const auto reader =
      read_xes_cases(from_text("<log>\n" + trace("A") + "<trace><oops"), "case:concept:name", {}, [](const auto&) {});
  CHECK_THROWS_WITH(read_all(*reader, out), Catch::Contains("line 3"));
  CHECK(out.cases.size() == 1);
}

TEST_CASE("XES: a document type, another root, too deep or too large elements are refused") {
  CHECK_THROWS_WITH(cases_of("<!DOCTYPE log [<!ENTITY a \"b\">]><log/>"), Catch::Contains("document type"));
  CHECK_THROWS_WITH(cases_of("<html/>"), Catch::Contains("its root is not <log>"));
  std::string deep = "<log>";
  for (int i = 0; i < 100; ++i) deep += "<a>";
  CHECK_THROWS_WITH(cases_of(deep), Catch::Contains("nested deeper"));
  InputLimits small;
  small.row_bytes = 100'000;
  CHECK_THROWS_WITH(cases_of("<log><a b=\"" + std::string(400'000, 'x') + "\"/></log>", small),
                    Catch::Contains("larger than its limit"));
}

TEST_CASE("XES: a case beyond its limit keeps what fits and rejects the rest") {
  InputLimits small;
  small.events_of_a_case = 2;
  const auto read = cases_of("<log>" + trace("A", event + event + event) + "</log>", small);
  REQUIRE(read.cases.size() == 1);
  CHECK(read.cases[0].events.size() == 2);
  REQUIRE(read.rejected.size() == 1);
  CHECK(read.rejected[0].case_key == "A");
}

TEST_CASE("gzip files are read like plain ones, and a cut one is said to be cut") {
  const auto dir = std::filesystem::temp_directory_path() / "aidledger-import-test";
  std::filesystem::create_directories(dir);
  const std::string path = (dir / "log.xes.gz").string();
  std::string text = "<log>";
  for (int i = 0; i < 2000; ++i) text += trace("case " + std::to_string(i * 7919 % 2000));
  text += "</log>";
  gzFile file = gzopen(path.c_str(), "wb");
  gzwrite(file, text.data(), static_cast<unsigned>(text.size()));
  gzclose(file);
  Read whole, cut;
  read_all(*read_xes_cases(open_input(path), "case:concept:name", {}, [](const auto&) {}), whole);
  CHECK(whole.cases.size() == 2000);
  std::filesystem::resize_file(path, std::filesystem::file_size(path) / 2);
  const auto reader = read_xes_cases(open_input(path), "case:concept:name", {}, [](const auto&) {});
  CHECK_THROWS_WITH(read_all(*reader, cut), Catch::Contains("ends in the middle of its compressed data"));
  CHECK_THROWS_WITH(open_input((dir / "absent").string()), Catch::Contains("cannot open"));
  std::filesystem::remove_all(dir);
}
