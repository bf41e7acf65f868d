#pragma once
// Every figure explains itself. A row keeps, beside each fact that it shows, the event that made it; what `explain`
// returns is collected from the declaration of the row's fields, and is exact:
//   an event that is returned, left out of the fold, changes what the row shows (references masked);
//   any other event, left out, does not.
// Three habits keep it so. Whether an event counts, and for which entry of a row, is decided by the event alone, never
// by what the row shows: an event about something that was never opened makes its own half-filled entry. A fact that
// later events replace is a `Known`. A fact that adds up is a list with one entry per event.
#include <algorithm>
#include <optional>
#include <vector>

#include "events/describe.hpp"
#include "events/event.hpp"

namespace aidledger::projections {

/// A fact that the latest event about it decides. `by` is absent where two events in a row said the same: then neither
/// alone made it so.
template <class T>
struct Known {
  std::optional<T> value;
  std::optional<EventRef> by;

  void set(T said, EventRef at) {
    if (by == at && value == said) return;
    by = value == said ? std::nullopt : std::optional(at);
    value = std::move(said);
  }
  explicit operator bool() const { return value.has_value(); }
  const T& operator*() const { return *value; }
  const T* operator->() const { return &*value; }
  bool operator==(const Known&) const = default;
  static void fields(auto&& f) {
    f("value", &Known::value, "what is known");
    f("by", &Known::by, "the event that made it so");
  }
};

/// An event that another event cites. What a row shows, not what made it: unlike an EventRef it is never masked, and
/// `explain` does not return it.
struct Cited {
  Seq seq = 0;
  std::uint32_t index = 0;
  bool operator==(const Cited&) const = default;
  static Cited of(EventRef ref) { return {ref.seq, ref.index}; }
  static void fields(auto&& f) {
    f("seq", &Cited::seq, "the record");
    f("index", &Cited::index, "the event's place in the record");
  }
};

/// The entry with that key, made where there is none; entries stay in order of their keys.
template <class E, class K>
E& entry_of(std::vector<E>& entries, K E::* key, const K& wanted) {
  const auto at = std::lower_bound(entries.begin(), entries.end(), wanted,
                                   [&](const E& entry, const K& value) { return entry.*key < value; });
  if (at != entries.end() && (*at).*key == wanted) return *at;
  E fresh;
  fresh.*key = wanted;
  return *entries.insert(at, std::move(fresh));
}

/// Calls visit(EventRef) for every reference in a row.
template <class T, class V>
void each_ref(const T& value, V&& visit) {
  if constexpr (std::is_same_v<T, EventRef>) {
    visit(value);
  } else if constexpr (is_optional<T>) {
    if (value) each_ref(*value, visit);
  } else if constexpr (is_vector<T>) {
    for (const auto& element : value) each_ref(element, visit);
  } else if constexpr (Described<T>) {
    for_each_field(value, [&](auto, const auto& field, auto, auto...) { each_ref(field, visit); });
  }
}

/// The events that made the row, in order, each once.
template <class R>
std::vector<EventRef> refs_of(const R& row) {
  std::vector<EventRef> refs;
  each_ref(row, [&](EventRef ref) { refs.push_back(ref); });
  std::sort(refs.begin(), refs.end());
  refs.erase(std::unique(refs.begin(), refs.end()), refs.end());
  return refs;
}

template <class T>
void mask_refs(T& value) {
  if constexpr (std::is_same_v<T, EventRef>) {
    value = {};
  } else if constexpr (std::is_same_v<T, std::optional<EventRef>> || std::is_same_v<T, std::vector<EventRef>>) {
    value = {};
  } else if constexpr (is_optional<T>) {
    if (value) mask_refs(*value);
  } else if constexpr (is_vector<T>) {
    for (auto& element : value) mask_refs(element);
  } else if constexpr (Described<T>) {
    for_each_field(value, [&](auto, auto& field, auto, auto...) { mask_refs(field); });
  }
}

template <class T>
inline constexpr bool is_known = false;
template <class T>
inline constexpr bool is_known<Known<T>> = true;

/// What the row shows: itself, its references masked.
template <class R>
R shown(R row) {
  mask_refs(row);
  return row;
}

}  // namespace aidledger::projections
