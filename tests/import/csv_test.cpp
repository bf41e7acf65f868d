#include <catch2/catch.hpp>

#include "src/import/csv_cases.hpp"
#include "src/import/csv_reader.hpp"
#include "src/import/row_sorter.hpp"

using namespace aidledger::import;

namespace {

std::vector<CsvRow> rows_of(const std::string& text, InputLimits limits = {}) {
  CsvReader reader(from_text(text), ',', limits);
  std::vector<CsvRow> out;
  for (CsvRow row; reader.next(row);) out.push_back(row);
  return out;
}

using Fields = std::vector<std::string>;

struct Read {
  std::vector<SourceCase> cases;
  std::vector<Rejected> rejected;
};

Read cases_of(const std::string& text, CsvShape shape = {}, InputLimits limits = {}) {
  Read out;
  shape.case_column = "case";
  const auto reader =
      read_csv_cases(from_text(text), shape, limits, [&](const Rejected& r) { out.rejected.push_back(r); });
  while (auto next = reader->next()) out.cases.push_back(std::move(*next));
  return out;
}

CsvShape grouped() {
  CsvShape shape;
  shape.grouped = true;
  return shape;
}

}  // namespace

TEST_CASE("CSV: quotes, line breaks inside them, doubled quotes, a byte order mark, CRLF and a last line without end") {
  const auto rows = rows_of(
      "\xEF\xBB\xBF"
      "a,b\r\n\"1,\n\"\"2\"\"\",\r\n\r\nx,\"\"");
  REQUIRE(rows.size() == 3);
  CHECK(rows[0].fields == Fields{"a", "b"});
  CHECK(rows[1].fields == Fields{"1,\n\"2\"", ""});
  CHECK(rows[1].line == 2);
  CHECK(rows[2].fields == Fields{"x", ""});
  CHECK(rows[2].line == 5);
  CHECK(rows_of("").empty());
  CHECK(rows_of("\n\n").empty());
}

TEST_CASE("CSV: a row with misplaced quotation marks keeps its content and says what is wrong") {
  const auto rows = rows_of("a\"b,c\n\"d\"e,f\ng,h\n");
  REQUIRE(rows.size() == 3);
  CHECK(rows[0].fault == "a quotation mark inside an unquoted field");
  CHECK(rows[0].fields == Fields{"a\"b", "c"});
  CHECK(rows[1].fault == "text after the closing quotation mark of a field");
  CHECK(rows[2].fault.empty());
}

TEST_CASE("CSV: what would make every later row doubtful ends the reading and names the line") {
  CHECK_THROWS_WITH(rows_of("a,b\n\"c,d\ne,f\n"), Catch::Contains("line 2: a quoted field begins here and never ends"));
  InputLimits small;
  small.field_bytes = 4;
  CHECK_THROWS_WITH(rows_of("a\n12345\n", small), Catch::Contains("line 2"));
  small = {};
  small.columns = 2;
  CHECK_THROWS_WITH(rows_of("a,b,c\n", small), Catch::Contains("more than 2 columns"));
}

TEST_CASE("CSV cases: rows in any order come together, in the order of the file") {
  const auto read = cases_of("case,what\nB,1\nA,2\nB,3\nA,4\n");
  REQUIRE(read.cases.size() == 2);
  CHECK(read.cases[0].key == "A");
  CHECK(read.cases[1].key == "B");
  CHECK(value_of(read.cases[1].events[0].attributes, "what") == "1");
  CHECK(value_of(read.cases[1].events[1].attributes, "what") == "3");
  CHECK(read.cases[1].events[1].line == 4);
}

TEST_CASE("CSV cases: rows that do not fit in memory are sorted in files, with the same result") {
  std::string text = "case,what\n";
  for (int i = 0; i < 500; ++i) text += "case-" + std::to_string(i * 7 % 50) + "," + std::to_string(i) + "\n";
  CsvShape tight;
  tight.sort_bytes = 4000;
  const auto in_files = cases_of(text, tight);
  const auto in_memory = cases_of(text);
  REQUIRE(in_files.cases.size() == 50);
  REQUIRE(in_memory.cases.size() == 50);
  for (std::size_t i = 0; i < 50; ++i) {
    CHECK(in_files.cases[i].key == in_memory.cases[i].key);
    REQUIRE(in_files.cases[i].events.size() == 10);
    for (std::size_t k = 0; k < 10; ++k)
      CHECK(in_files.cases[i].events[k].attributes == in_memory.cases[i].events[k].attributes);
  }
}

TEST_CASE("CSV cases: a case that comes back in a file said to be grouped is rejected, not mixed up") {
  const auto read = cases_of("case,what\nA,1\nA,2\nB,3\nA,4\n", grouped());
  CHECK(read.cases.size() == 2);
  REQUIRE(read.rejected.size() == 1);
  CHECK(read.rejected[0].line == 5);
  CHECK(read.rejected[0].fields == Fields{"A", "4"});
}

TEST_CASE("CSV cases: rows that do not fit the header, lack a case or are not text are rejected with their content") {
  const auto read = cases_of("case,what\nA\nA,1,2\n,3\nA,\xFF\nA,4\n");
  REQUIRE(read.cases.size() == 1);
  CHECK(read.cases[0].events.size() == 1);
  REQUIRE(read.rejected.size() == 4);
  CHECK(read.rejected[0].reason == "1 fields where the header has 2");
  CHECK(read.rejected[1].fields == Fields{"A", "1", "2"});
  CHECK(read.rejected[2].reason == "no case key in column 'case'");
  CHECK_THAT(read.rejected[3].reason, Catch::Contains("not UTF-8"));
}

TEST_CASE("CSV cases: a header without the case column, or with a column twice, ends the run at once") {
  CHECK_THROWS_WITH(cases_of("what\n1\n"), Catch::Contains("no column 'case'"));
  CHECK_THROWS_WITH(cases_of("case,x,x\n"), Catch::Contains("'x' twice"));
  CHECK_THROWS_WITH(cases_of(""), Catch::Contains("no header"));
}

TEST_CASE("CSV cases: the report's own columns are passed over when a mended report is read") {
  const auto read = cases_of("aidledger:line,aidledger:reason,case,what\n7,bad time,A,1\n");
  REQUIRE(read.cases.size() == 1);
  CHECK(read.cases[0].events[0].attributes == Attributes{{"case", "A"}, {"what", "1"}});
}

TEST_CASE("text in another encoding becomes UTF-8; an unknown encoding or an impossible byte is said") {
  const auto source = as_utf8(from_text("case,what\nA,\xB7\xA8\xD4\xAE\n"), "GB18030");
  std::string out(100, '\0');
  out.resize(source->read(out.data(), out.size()));
  CHECK(out == "case,what\nA,法援\n");
  CHECK_THROWS_WITH(as_utf8(from_text(""), "no-such-code"), Catch::Contains("unknown encoding"));
  char buffer[8];
  CHECK_THROWS_AS(as_utf8(from_text("\xFF"), "ASCII")->read(buffer, sizeof buffer), InputDamaged);
}
