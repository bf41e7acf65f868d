#pragma once
// The test of exact provenance: every event that a row names, left out of the fold, changes what the row shows, and
// leaving out any other does not. It knows nothing of any read model: references are found and masked through the
// declarations of the rows.
#include <map>
#include <random>
#include <string>
#include <vector>

#include "events/codec.hpp"
#include "projections/projection.hpp"
#include "projections/provenance.hpp"

namespace aidledger::projections::testing {

/// What a row shows, and which events it names.
struct Seen {
  Bytes shown;
  std::vector<EventRef> refs;
};
using SeenRows = std::map<std::string, Seen>;  ///< by table and key

template <class R>
void see(const Rows& rows, SeenRows& out) {
  rows.each<R>("", [&](std::string_view key, const R& row) {
    out[std::to_string(R::table) + ":" + std::string(key)] = {encode(shown(row)), refs_of(row)};
    return true;
  });
}

/// Every row that results are made of. Pointer rows are not among them: they only lead to these.
SeenRows see_all(const Rows& rows);

/// Folds the records, but for the event `without`.
void fold_all(Layer& rows, const std::vector<Record>& records, std::optional<EventRef> without = {});

std::vector<EventRef> events_of(const std::vector<Record>& records);

/// What is wrong, in words; empty when the provenance is exact. `sample` = how many events to leave out in turn, drawn
/// with `random`; 0 = all.
std::vector<std::string> inexact(const std::vector<Record>& records, std::size_t sample = 0, unsigned random = 1);

}  // namespace aidledger::projections::testing
