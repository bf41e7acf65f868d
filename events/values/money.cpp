#include "events/values/money.hpp"

namespace aidledger {

Money operator+(Money a, Money b) {
  Money sum;
  if (__builtin_add_overflow(a.fen, b.fen, &sum.fen)) throw MoneyOverflow();
  return sum;
}

Money operator-(Money a, Money b) {
  Money difference;
  if (__builtin_sub_overflow(a.fen, b.fen, &difference.fen)) throw MoneyOverflow();
  return difference;
}

Money operator-(Money a) { return Money{} - a; }

Money scale(Money amount, BasisPoints rate) {
  __extension__ using Wide = __int128;
  const Wide product = static_cast<Wide>(amount.fen) * rate.value;
  const Wide half = product < 0 ? -5'000 : 5'000;
  const Wide rounded = (product + half) / 10'000;
  if (rounded > INT64_MAX || rounded < INT64_MIN) throw MoneyOverflow();
  return {static_cast<std::int64_t>(rounded)};
}

std::string to_text(Money amount) {
  const bool negative = amount.fen < 0;
  const std::uint64_t fen =
      negative ? ~static_cast<std::uint64_t>(amount.fen) + 1 : static_cast<std::uint64_t>(amount.fen);
  const auto cents = std::to_string(fen % 100);
  return (negative ? "-" : "") + std::to_string(fen / 100) + (cents.size() == 1 ? ".0" : ".") + cents;
}

}  // namespace aidledger
