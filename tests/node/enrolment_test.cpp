// A node whose key its ledger does not count says so, and what to do.
#include "src/enrolment.hpp"

#include <catch2/catch.hpp>

#include "events/governance_nodes.hpp"
#include "src/rules/governance_nodes.hpp"

using namespace aidledger;

namespace {

/// The ledger of a node, and what has been recorded of its key.
struct Nodes {
  NodeKey key{"b", "0b", "b0"};
  Layer rows{no_rows()};

  std::string why() const { return not_enrolled(rows, key); }
};

}  // namespace

TEST_CASE("of a key that nobody has proposed it is said how to enrol it") {
  CHECK_THAT(Nodes().why(), Catch::StartsWith("the key of this node is not enrolled: ") &&
                                Catch::Contains("`aidledger node enrol --name b --key-id 0b --public-key b0`"));
}

TEST_CASE("a key counts once a second person has agreed, and no more once it is revoked") {
  Nodes nodes;
  rules::fold_nodes(nodes.rows, WriterKeyProposed{{"another"}, "0a", "a0", "a", "p-1"}, 4);
  rules::fold_nodes(nodes.rows, WriterKeyProposed{{"add-b"}, "0b", "b0", "b", "p-1"}, 5);
  CHECK_THAT(nodes.why(),
             Catch::Contains("proposed by p-1") && Catch::Contains("`aidledger node confirm add-b --key-id 0b`"));
  rules::fold_nodes(nodes.rows, WriterKeyEnrolled{"0a", "a0", "a"}, 6);
  CHECK_FALSE(nodes.why().empty());
  rules::fold_nodes(nodes.rows, WriterKeyEnrolled{"0b", "b0", "b"}, 7);
  CHECK(nodes.why().empty());
  rules::fold_nodes(nodes.rows, WriterKeyRevoked{"0b", "stolen"}, 8);
  CHECK_THAT(nodes.why(),
             Catch::Contains("(0b) was revoked by record 8") && Catch::Contains("a new folder as --vault"));
}
