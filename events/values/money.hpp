#pragma once
// Money is int64 fen (1/100 CNY) with checked arithmetic; rates are basis points (1/10,000).
#include <compare>
#include <cstdint>
#include <stdexcept>
#include <string>

namespace aidledger {

struct Money {
  std::int64_t fen = 0;
  auto operator<=>(const Money&) const = default;
};

struct BasisPoints {
  std::int32_t value = 0;
  auto operator<=>(const BasisPoints&) const = default;
};

/// Thrown where a sum or product leaves int64: a caller's mistake or a hostile amount, never a wrapped figure.
struct MoneyOverflow : std::overflow_error {
  MoneyOverflow() : std::overflow_error("amount leaves the range of 64-bit fen") {}
};

Money operator+(Money a, Money b);
Money operator-(Money a, Money b);
Money operator-(Money a);
/// amount * rate / 10,000, rounded half up (away from zero for negative amounts). The one rounding function of the
/// house; once per component.
Money scale(Money amount, BasisPoints rate);
/// 1234.56 (CNY).
std::string to_text(Money amount);

}  // namespace aidledger
