#pragma once
// What the .cpp that owns a row includes to register it: AIDLEDGER_ROW(Row), inside namespace aidledger.
#include "events/codec.hpp"
#include "events/rows.hpp"

namespace aidledger::detail {

template <class R>
RowType row_type_of() {
  return {R::table,
          R::historic,
          [](BytesView bytes) -> std::shared_ptr<void> {
            auto row = std::make_shared<R>();
            decode(bytes, *row);
            return row;
          },
          [](const void* row, Bytes& out) { encode_to(out, *static_cast<const R*>(row)); },
          [](const void* row) -> std::shared_ptr<void> { return std::make_shared<R>(*static_cast<const R*>(row)); },
          []() -> std::shared_ptr<void> { return std::make_shared<R>(); }};
}

}  // namespace aidledger::detail

#define AIDLEDGER_ROW(R)                                  \
  template <>                                             \
  const RowType& row_type<R>() {                          \
    static const RowType type = detail::row_type_of<R>(); \
    return type;                                          \
  }
