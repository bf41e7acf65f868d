#include <catch2/catch.hpp>

#include "src/access/may.hpp"

using namespace aidledger;

namespace {
constexpr Instant now{1'000'000};
Principal holder(std::vector<Role> roles, std::string undertaker = {}) {
  return {"t-1", "p-1", std::move(roles), "chengbei", {}, {}, std::move(undertaker), {}};
}
}  // namespace

TEST_CASE("who holds none of the roles is denied, for every role") {
  for (std::size_t needed = 0; needed < count_of<Role>(); ++needed)
    for (std::size_t held = 0; held < count_of<Role>(); ++held) {
      const auto verdict =
          may(holder({static_cast<Role>(held)}, "u-1"), {{static_cast<Role>(needed)}, "chengbei", "u-1"}, now);
      CHECK(verdict.allowed() == (needed == held));
    }
}

TEST_CASE("a principal without roles may ask nothing, and nothing that needs no role exists") {
  CHECK_FALSE(may(holder({}), {{Role::intake}, "chengbei", {}}, now).allowed());
  CHECK_FALSE(may(holder({Role::operator_}), {{}, "chengbei", {}}, now).allowed());
}

TEST_CASE("another ledger's token, or an expired one, is denied") {
  auto principal = holder({Role::intake});
  CHECK(may(principal, {{Role::intake}, "chengnan", {}}, now).denial == Denial::wrong_ledger);
  principal.expires = now;
  CHECK(may(principal, {{Role::intake}, "chengbei", {}}, now).denial == Denial::expired);
}

TEST_CASE("an undertaker acts on own cases only; who is supervisor as well is not bound by that") {
  const Need need{{Role::undertaker, Role::supervisor}, "chengbei", "u-2"};
  CHECK(may(holder({Role::undertaker}, "u-1"), need, now).denial == Denial::not_own_case);
  CHECK(may(holder({Role::undertaker}, "u-2"), need, now).allowed());
  CHECK(may(holder({Role::undertaker}), need, now).denial == Denial::not_own_case);
  CHECK(may(holder({Role::undertaker, Role::supervisor}, "u-1"), need, now).allowed());
}

TEST_CASE("persons are compared, not tokens") {
  auto first = holder({Role::centre_director}), second = first;
  second.id = "t-2";
  CHECK_FALSE(two_people(first, second));
  second.person = "p-2";
  CHECK(two_people(first, second));
}
