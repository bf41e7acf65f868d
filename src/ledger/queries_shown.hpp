#pragma once
// From rows to answers: what a row shows, by the declaration of its fields, and the events that made it.
#include "events/tree_codec.hpp"
#include "projections/provenance.hpp"
#include "src/ledger/queries.hpp"

namespace aidledger::ledger {

template <class T>
inline constexpr bool is_ref = std::is_same_v<T, EventRef> || std::is_same_v<T, std::optional<EventRef>> ||
                               std::is_same_v<T, std::vector<EventRef>>;

/// A row's fields without its references; a Known is shown as its value, and left out while nothing is known.
template <class T>
Tree to_shown(const T& value) {
  if constexpr (std::is_same_v<T, projections::Cited>) {
    return Tree(to_text(EventRef{value.seq, value.index}));
  } else if constexpr (is_optional<T>) {
    return value ? to_shown(*value) : Tree();
  } else if constexpr (is_vector<T>) {
    Tree list = Tree::list();
    for (const auto& element : value) list.push(to_shown(element));
    return list;
  } else if constexpr (projections::is_known<T>) {
    return to_shown(value.value);
  } else if constexpr (Described<T>) {
    Tree object = Tree::object();
    for_each_field(value, [&](std::string_view name, const auto& field, auto, auto...) {
      using F = std::remove_cvref_t<decltype(field)>;
      if constexpr (!is_ref<F>) {
        Tree shown = to_shown(field);
        if (!shown.is_null()) object.set(name, std::move(shown));
      }
    });
    return object;
  } else {
    return to_tree(value);
  }
}

/// Adds the members of `more` to `tree`.
void add_members(Tree& tree, const Tree& more);
Tree refs_tree(std::vector<EventRef> refs);
void add_refs(std::vector<EventRef>& refs, const std::vector<EventRef>& more);

/// {"id": id, what the row shows ...}.
template <class R>
Tree shown_row(std::string_view id, const R& row) {
  Tree tree = Tree::object().set("id", id);
  add_members(tree, to_shown(row));
  return tree;
}

/// Opens the sealed places of a tree made by to_tree: text, or "erased". Nothing happens without an opener.
void open_sealed(Tree& tree, const Opener& open);
/// A field of the payload of the event at `at`, opened; null where there is none.
Tree field_of(const QuerySources& sources, std::optional<EventRef> at, std::string_view field);
/// One event of a record, with its public type and data.
Tree event_tree(const Record& record, std::uint32_t index, const Opener& open);

/// {"as_of_seq": n}; null before record 0.
Tree answer(const QuerySources& sources);
std::unexpected<QueryProblem> none_such(std::string text);
std::unexpected<QueryProblem> bad(std::string field, std::string text);

/// A page under construction: give it candidates in key order, starting at from().
class PageMaker {
 public:
  /// The problem with the page asked for, if any.
  static std::optional<QueryProblem> check(const Page& page);
  /// `page` has been checked.
  explicit PageMaker(const Page& page);
  /// The first key to look at; empty = from the beginning.
  const std::string& from() const { return from_; }
  /// A candidate that makes no row (null) or a row; false = the page is full.
  bool take(std::string_view key, Tree row);
  /// The same for a candidate that makes several rows, which no page separates.
  bool take_all(std::string_view key, TreeList rows);
  /// The answer: items, and next where there may be more.
  Tree finish(const QuerySources& sources);

 private:
  std::size_t limit_, looked_ = 0;
  std::string from_, last_;
  Tree items_ = Tree::list();
  std::size_t count_ = 0;
  bool more_ = false;
};

}  // namespace aidledger::ledger
