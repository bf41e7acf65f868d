#include "tests/vault/vault_contract.hpp"

#include <catch2/catch.hpp>

namespace aidledger::test {

std::vector<std::string> names_in(const vault::Vault& vault, const std::string& prefix) {
  std::vector<std::string> out;
  vault.list(prefix, [&](const std::string& name, BytesView) { return out.push_back(name), true; });
  return out;
}

void keeps_the_contract_of_a_vault(const std::function<std::shared_ptr<vault::Vault>()>& open) {
  using Names = std::vector<std::string>;
  auto vault = open();
  const auto close_and_open = [&] {
    vault.reset();
    vault = open();
  };

  SECTION("what was put is there at once and after opening again, byte for byte") {
    vault->put("person/02", Bytes("\0\n\xff", 3));
    vault->put_many({{"person/01", "one"}, {"token/x", "hash"}, {"empty", ""}, {"large", Bytes(1 << 20, 'x')}});
    for (int opened = 0; opened < 2; ++opened) {
      CHECK(vault->get("person/02") == Bytes("\0\n\xff", 3));
      CHECK(vault->get("empty") == "");
      CHECK(vault->get("large") == Bytes(1 << 20, 'x'));
      CHECK_FALSE(vault->get("person/03"));
      CHECK_FALSE(vault->get("person/0"));
      close_and_open();
    }
  }
  SECTION("the last value of a name counts, also within one put") {
    vault->put("a", "1");
    vault->put("a", "2");
    vault->put_many({{"b", "1"}, {"b", "2"}});
    close_and_open();
    CHECK(vault->get("a") == "2");
    CHECK(vault->get("b") == "2");
  }
  SECTION("names are listed by what they begin with, in order, until the visitor has seen enough") {
    vault->put_many({{"b/2", "4"}, {"a", "1"}, {"b/1", "3"}, {"b", "2"}, {"c", "5"}});
    CHECK(names_in(*vault, "b/") == Names{"b/1", "b/2"});
    CHECK(names_in(*vault, "") == Names{"a", "b", "b/1", "b/2", "c"});
    CHECK(names_in(*vault, "d").empty());
    Bytes seen;
    vault->list("", [&](const std::string&, BytesView value) { return seen += value, seen.size() < 2; });
    CHECK(seen == "12");
  }
  SECTION("what was erased is gone at once and after opening again; the rest stays; erasing nobody is no error") {
    vault->put_many({{"a", "1"}, {"b", "2"}, {"c", "3"}});
    vault->erase("a");
    vault->erase_many({"b", "nobody"});
    vault->erase_many({});
    for (int opened = 0; opened < 2; ++opened) {
      CHECK(names_in(*vault, "") == Names{"c"});
      CHECK_FALSE(vault->get("a"));
      close_and_open();
    }
  }
  SECTION("a name that was erased can be put again") {
    vault->put("a", "1");
    vault->erase("a");
    vault->put("a", "2");
    close_and_open();
    CHECK(vault->get("a") == "2");
  }
  SECTION("what is made once keeps the first value") {
    CHECK(vault->put_once("secret/one", "first") == "first");
    CHECK(vault->put_once("secret/one", "second") == "first");
    close_and_open();
    CHECK(vault->put_once("secret/one", "third") == "first");
    CHECK(vault->get("secret/one") == "first");
    CHECK(names_in(*vault, "") == Names{"secret/one"});
  }
  SECTION("names and values have bounds, and an error names no value") {
    for (const std::string name : {"", "a b", "a\n", "a@b", "名"})
      CHECK_THROWS_AS(vault->put(name, "secret"), std::invalid_argument);
    CHECK_THROWS_AS(vault->put(std::string(vault::max_name + 1, 'a'), "secret"), std::invalid_argument);
    CHECK_THROWS_WITH(vault->put("a", Bytes(vault::max_value + 1, 's')), !Catch::Contains("sss"));
    CHECK_THROWS_AS(vault->put_many({{"good", "1"}, {"not good", "2"}}), std::invalid_argument);
    CHECK(names_in(*vault, "").empty());
  }
}

}  // namespace aidledger::test
