#pragma once
// What every row store promises. Applied to each implementation in row_store_test.cpp.
#include <functional>

#include "src/store/row_store.hpp"

namespace aidledger::test {

using OpenStore = std::function<std::unique_ptr<store::RowStore>()>;

/// `open` gives a new, empty store.
void check_row_store(const OpenStore& open);

}  // namespace aidledger::test
