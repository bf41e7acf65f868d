#pragma once
// What follows for people. A projection is one question: its rows, their key, and a pure fold from facts to rows. It
// looks at facts and at its own rows alone, so that everything can be folded again, left out one by one (explain), or
// stopped at any seq (known_at).
#include "events/record.hpp"
#include "events/rows.hpp"

namespace aidledger::projections {

struct Fact {
  const Event& event;
  EventRef at;
  const Record& record;  ///< who asked, when it was recorded, under which policies
};

/// Folds one fact. Edits rows of its own tables only; reads none but those it edits, by key (never a scan: rebuilds
/// fold millions).
using Fold = void (*)(Layer& rows, const Fact& fact);

struct Projection {
  std::string_view name;
  Fold fold;
};

/// Listed in projections/all.cpp: a new read model is its file and one line there.
const std::vector<Projection>& all_projections();
void fold_record(Layer& rows, const Record& record);

}  // namespace aidledger::projections
