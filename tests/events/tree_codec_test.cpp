#include "events/tree_codec.hpp"

#include <catch2/catch.hpp>

#include "events/values/roles.hpp"

namespace aidledger {

TEST_CASE("a name that an enumeration does not have is answered with those it has") {
  Problems problems;
  Role role{};
  from_tree(Tree("king"), role, "/role", problems);
  REQUIRE(problems.size() == 1);
  CHECK(problems[0].text.find("must be one of intake, assigner, supervisor") != std::string::npos);
  CHECK(one_of_names<Role>().find("operator") != std::string::npos);
}

}  // namespace aidledger
