#include <catch2/catch.hpp>

#include <random>

#include "src/vault/normalise.hpp"

using namespace aidledger;
using vault::normalise;

TEST_CASE("what a person is found by is written one way") {
  struct Row {
    IndexKind kind;
    std::string typed, normal;
  };
  const auto row = GENERATE(values<Row>({
      {IndexKind::identity_number, "11010519491231002x", "11010519491231002X"},
      {IndexKind::identity_number, " 110105 19491231 002ｘ", "11010519491231002X"},
      {IndexKind::identity_number, "１１０１０５－１９４９１２３１－００２Ｘ", "11010519491231002X"},
      {IndexKind::telephone, "138 0013 8000", "13800138000"},
      {IndexKind::telephone, "+86 138-0013-8000", "13800138000"},
      {IndexKind::telephone, "＋８６１３８００１３８０００", "13800138000"},
      {IndexKind::telephone, "0086-138.0013.8000", "13800138000"},
      {IndexKind::telephone, "8613800138000", "13800138000"},
      {IndexKind::telephone, "（0551）6560‐1234",
       "05516560"
       "1234"},
      {IndexKind::telephone, "86123456", "86123456"},
      {IndexKind::name, "王　芳", "王芳"},
      {IndexKind::name, "阿依古丽·买买提", "阿依古丽买买提"},
      {IndexKind::name, "阿依古丽•买买提", "阿依古丽买买提"},
      {IndexKind::name, "john\xc2\xa0smith", "JOHNSMITH"},
      {IndexKind::name, "𠮷田", "𠮷田"},
      {IndexKind::name, "(none)", "(NONE)"},
      {IndexKind::name, " -·　", ""},
  }));
  CHECK(normalise(row.kind, row.typed) == row.normal);
}

TEST_CASE("normalising twice changes nothing more, and bytes that are no UTF-8 do no harm") {
  std::mt19937 random(1);
  const std::vector<std::string> pieces{"+86", "0086", "86", "1", "3800138000", "-",  "（", "＋",
                                        "·",   "王",   " ",  "x", "　",         "𠮷", "ｱ",  "é"};
  const std::vector<std::string> strays{"\xef", "\xbc", "\xff", "\xc2", "\xef\xbd", "\xf0\x9f"};
  for (int i = 0; i < 20'000; ++i) {
    std::string text;
    for (std::size_t n = random() % 8; n > 0; --n) text += pieces[random() % pieces.size()];
    for (const auto kind : {IndexKind::identity_number, IndexKind::telephone, IndexKind::name}) {
      const std::string once = normalise(kind, text);
      if (normalise(kind, once) != once) FAIL(text);
      normalise(kind, text + strays[random() % strays.size()] + text.substr(text.size() / 2));
    }
  }
}
