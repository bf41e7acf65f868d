#include <catch2/catch.hpp>

#include "src/json/json.hpp"

namespace aidledger::json {
namespace {

std::string code_of(std::string_view text, const Limits& limits = {}) {
  const auto tree = parse(text, limits);
  return tree ? "read" : std::string(tree.error().code);
}

std::string nested(std::size_t depth) { return std::string(depth, '[') + std::string(depth, ']'); }

TEST_CASE("a value of every kind is read", "[json]") {
  const auto tree = parse(R"( {"id":"c-1","count":-7,"open":true,"closed":false,"grade":null,"list":[1,"二",{}]} )");
  REQUIRE(tree);
  CHECK(*tree == Tree::object()
                     .set("id", "c-1")
                     .set("count", -7)
                     .set("open", true)
                     .set("closed", false)
                     .set("grade", Tree())
                     .set("list", Tree::list().push(1).push("二").push(Tree::object())));
  CHECK(*parse("\"\\u4e8c\\n\"") == Tree("二\n"));
  CHECK(*parse("\"\\ud83d\\ude00\"") == Tree("😀"));
}

TEST_CASE("what two readers could understand differently has its own answer", "[json]") {
  struct Row {
    std::string text;
    std::string_view code;
  };
  const std::vector<Row> rows{
      {"", "empty"},
      {" \n", "empty"},
      {"{", "incomplete"},
      {"[1,", "incomplete"},
      {"\"abc", "incomplete"},
      {"[1,]", "syntax"},
      {"{'a':1}", "syntax"},
      {"{\"a\":1} x", "trailing-text"},
      {"{} {}", "trailing-text"},
      {"// note\n1", "syntax"},
      {"01", "trailing-text"},
      {"NaN", "syntax"},
      {"\xEF\xBB\xBF{}", "syntax"},
      {R"({"a":1,"b":2,"a":1})", "duplicate-key"},
      {R"({"a":1,"\u0061":1})", "duplicate-key"},
      {"1.0", "not-an-integer"},
      {"[1e3]", "not-an-integer"},
      {"1e999999999999", "not-an-integer"},
      {"[-0.5,1]", "not-an-integer"},
      {"9223372036854775807", "read"},
      {"-9223372036854775808", "read"},
      {"9223372036854775808", "number-out-of-range"},
      {"-9223372036854775809", "number-out-of-range"},
      {"[123456789012345678901234567890]", "number-out-of-range"},
      {"\"\xC3\x28\"", "bad-utf8"},
      {"\"\xED\xA0\x80\"", "bad-utf8"},
      {"\"\xF5\x80\x80\x80\"", "bad-utf8"},
      {"\"\\ud800\"", "syntax"},
      {"\"\\udc00\"", "bad-utf8"},
      {"\"\x01\"", "syntax"},
  };
  for (const auto& row : rows) {
    INFO(row.text);
    CHECK(code_of(row.text) == row.code);
  }
}

TEST_CASE("every bound is kept, on both sides", "[json]") {
  CHECK(code_of(nested(32)) == "read");
  CHECK(code_of(nested(33)) == "too-deep");
  CHECK(code_of(nested(100'000)) == "too-deep");
  CHECK(code_of("[1,2,3]", {.nodes = 4}) == "read");
  CHECK(code_of("[1,2,3,4]", {.nodes = 4}) == "too-many-values");
  CHECK(code_of("\"12345678\"", {.string = 8}) == "read");
  CHECK(code_of("\"123456789\"", {.string = 8}) == "too-long");
  CHECK(code_of(R"({"1234":1})", {.name = 4}) == "read");
  CHECK(code_of(R"({"12345":1})", {.name = 4}) == "too-long");
  CHECK(code_of("[1,2]", {.text = 4}) == "too-long");
}

TEST_CASE("an error says where", "[json]") {
  const auto broken = parse("{\n\"case\": {\"steps\": [1, 2.5]}}");
  REQUIRE_FALSE(broken);
  CHECK(broken.error().line == 2);
  CHECK(broken.error().pointer == "/case/steps/1");
  CHECK(broken.error().offset > 10);
  const auto twice = parse(R"({"data":{"a/b":1,"c":2,"a/b":3}})");
  REQUIRE_FALSE(twice);
  CHECK(twice.error().pointer == "/data/a~1b");
  CHECK(parse("{").error().pointer.empty());  // not "/": that would be a member without a name
  CHECK(parse(R"({"data": {"a": 1,)").error().pointer == "/data");
}

TEST_CASE("many members are still told apart quickly", "[json]") {
  std::string text = "{";
  for (int i = 0; i < 9'000; ++i) text += "\"member" + std::to_string(i) + "\":1,";
  CHECK(code_of(text + "\"last\":1}") == "read");
  CHECK(code_of(text + "\"member0\":1}") == "duplicate-key");
}

}  // namespace
}  // namespace aidledger::json
