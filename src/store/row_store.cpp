#include "src/store/row_store.hpp"

namespace aidledger::store {

SortedRows each_of(const std::vector<RowChange>& sorted) {
  return [&sorted](const RowSink& sink) {
    for (const auto& [key, value] : sorted) sink(key, value ? std::optional<BytesView>(*value) : std::nullopt);
  };
}

}  // namespace aidledger::store
