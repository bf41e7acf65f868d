#include "src/cli/render.hpp"

#include <catch2/catch.hpp>

namespace aidledger::cli {
namespace {

TEST_CASE("a Chinese character takes two cells, a combining mark none, a broken byte one") {
  CHECK(display_width("abc") == 3);
  CHECK(display_width("王秀兰") == 6);
  CHECK(display_width("e\xcc\x81") == 1);
  CHECK(display_width("\xff\xfe") == 2);
  CHECK(display_width("（") == 2);
}

TEST_CASE("columns stay aligned with Chinese text in them") {
  Table table({{"NAME"}, {"AMOUNT", true}, {"NOTE"}});
  table.add({"王秀兰", "1,200.00", "优秀"});
  table.add({"Li", "80.00", "ok"});
  CHECK(table.text(0) ==
        "NAME      AMOUNT  NOTE\n"
        "王秀兰  1,200.00  优秀\n"
        "Li         80.00  ok\n");
}

TEST_CASE("the last column is cut to the terminal, never in the middle of a character") {
  CHECK(fitted("承办人报告", 7) == "承办人…");
  CHECK(fitted("承办人报告", 6) == "承办…");
  CHECK(fitted("short", 7) == "short");
  Table table({{"A"}, {"B"}});
  table.add({"x", "0123456789012345"});
  CHECK(table.text(13) == "A  B\nx  012345678…\n");
}

TEST_CASE("stored text cannot steer the terminal") {
  CHECK(printable("a\x1b[31mb\r\n") == "a\xef\xbf\xbd[31mb\xef\xbf\xbd ");
  CHECK(printable("x\xe2\x80\xaey") == "x\xef\xbf\xbdy");
  CHECK(printable("王\n兰") == "王 兰");
}

TEST_CASE("amounts are shown in yuan, rates in percent") {
  CHECK(money_text(123456789) == "1,234,567.89");
  CHECK(money_text(-48000) == "-480.00");
  CHECK(money_text(-7) == "-0.07");
  CHECK(money_text(0) == "0.00");
  CHECK(rate_text(-4000) == "-40 %");
  CHECK(rate_text(3000) == "+30 %");
  CHECK(rate_text(-50) == "-0.50 %");
}

TEST_CASE("in one line, parts show their bounds; facts and policies have their short forms") {
  const auto grade = Tree::object().set("seq", 17071).set("index", 0);
  const auto counted = Tree::object().set("case", "LA-1").set("grade", grade);
  const auto step = Tree::object()
                        .set("step", 3)
                        .set("counted", Tree::list().push(counted).push(counted))
                        .set("absorbed", Tree::list().push(1).push(2))
                        .set("of", Tree::object().set("kind", "case").set("id", "LA-1"))
                        .set("policy", Tree::object().set("name", "ladder").set("version", "1"));
  CHECK(one_line(step) ==
        "step=3 counted=[(case=LA-1 grade=17071.0), (case=LA-1 grade=17071.0)] absorbed=[1, 2] of=LA-1 "
        "policy=ladder@1");
  CHECK(one_line(Tree::list().push("a").push("b")) == "a, b");
}

TEST_CASE("a table takes the first path that is there and leaves out columns that are empty everywhere") {
  const TreeList items{Tree::object().set("case", "LA-1").set("lead", Tree::object().set("undertaker", "U-7")),
                       Tree::object().set("id", "LA-2").set("overdue", true)};
  const auto table = table_of(items, {{"CASE", {"case", "id"}},
                                      {"DISTRICT", {"district"}},
                                      {"UNDERTAKER", {"lead.undertaker"}},
                                      {"OVERDUE", {"overdue"}}});
  CHECK(table.text(0) ==
        "CASE  UNDERTAKER  OVERDUE\n"
        "LA-1  U-7\n"
        "LA-2              yes\n");
}

TEST_CASE(
    "an object is an outline: values aligned, nested ones indented, lists of objects with dashes; what says nothing is "
    "left out") {
  auto object = Tree::object().set("undertaker", "U-7").set("step", 2).set("left", Tree());
  object.set("team", Tree::object().set("category", "social-lawyer"));
  object.set(
      "counted",
      Tree::list().push(Tree::object().set("case", "LA-1").set("seq", 5)).push(Tree::object().set("case", "LA-2")));
  object.set("seqs", Tree::list().push(5).push(9)).set("remarks", "").set("holds", Tree::list());
  object.set("entitlement", 95200).set("at", "2026-06-02T08:14:00.000000Z");
  object.set("subject", Tree::object().set("kind", "case").set("id", "LA-1"));
  CHECK(outline(object) ==
        "undertaker   U-7\n"
        "step         2\n"
        "team\n"
        "  category  social-lawyer\n"
        "counted\n"
        "  - case  LA-1\n"
        "    seq   5\n"
        "  - case  LA-2\n"
        "seqs         5, 9\n"
        "entitlement  952.00\n"
        "at           2026-06-02 08:14Z\n"
        "subject\n"
        "  kind  case\n"
        "  id    LA-1\n");
  CHECK(one_line(*object.find("subject")) == "LA-1");
}

}  // namespace
}  // namespace aidledger::cli
