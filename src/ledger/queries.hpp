#pragma once
// What can be asked of a ledger: answers as trees, each true up to `as_of_seq`, each row of a result with the events
// that made it ("refs": ["120.0", ...]). The same queries serve the present and, over other Rows, any moment before.
#include <expected>
#include <functional>
#include <optional>
#include <string>

#include "events/record.hpp"
#include "events/rows.hpp"
#include "events/values/sealed.hpp"

namespace aidledger::ledger {

inline constexpr std::size_t max_page_size = 1'000;
inline constexpr std::size_t default_page_size = 100;
/// A filter that matches little must not hold a reader for ever: after this many candidates a page ends, however few
/// rows it has, and says where to go on.
inline constexpr std::size_t max_candidates_per_page = 200'000;

struct QueryProblem {
  enum class Kind { not_found, bad_request };
  Kind kind = Kind::not_found;
  std::string field;  ///< of a bad request: which parameter
  std::string text;
};
using Found = std::expected<Tree, QueryProblem>;

/// Where a list goes on: `cursor` is what the page before called "next"; empty = from the beginning.
struct Page {
  std::size_t limit = default_page_size;
  std::string cursor;
};

struct UndertakerFilter {
  std::optional<std::string> district, category;
  std::optional<bool> eligible;
  std::optional<int> step;  ///< of the ladder
};

struct CaseFilter {
  bool overdue = false;  ///< something was missed and is still open
  std::optional<std::string> undertaker, district, status;
};

struct SubsidyFilter {
  std::optional<std::string> undertaker;
};

struct DeadlineFilter {
  std::optional<std::string> undertaker;  ///< who owes it: an undertaker, or a role
  std::optional<std::string> case_id, rule;
  std::optional<std::string> state;      ///< as deadlines name it; "due" for not-yet-due
  std::optional<Date> due_from, due_to;  ///< both inclusive
  /// Only where the case has a step of that name on or before the due date.
  std::optional<std::string> with_step;
};

/// For how long what was erased stays where no node reaches it.
struct ErasureBounds {
  int broker_days = 0;  ///< until compaction has passed; 0: the vault is a folder, whose file is overwritten at once
  int backup_days = 0;  ///< until the last backup from before is gone
};

/// Which part of an object is to be explained.
struct Which {
  std::optional<std::string> rule;   ///< of a deadline
  std::optional<std::string> key;    ///< of several clocks of one rule; the latest unless said
  std::optional<std::string> stage;  ///< of a subsidy
};

/// The clear text of a sealed field; nullopt = erased. What may be opened, and the audit of it, are the giver's.
using Opener = std::function<std::optional<std::string>(const Sealed&)>;

struct QuerySources {
  const Rows& rows;
  Seq next_seq = 0;  ///< the rows hold what is known before this seq
  Date today;        ///< local: licences and disqualifications are judged by it
  std::function<std::optional<Record>(Seq)> record;
  Opener open = {};  ///< empty = sealed fields stay sealed
};

class Queries {
 public:
  explicit Queries(QuerySources sources) : sources_(std::move(sources)) {}

  Found undertaker(const std::string& id) const;
  Found undertakers(const UndertakerFilter& filter, const Page& page) const;
  /// The case in one row, and its deadlines.
  Found case_(const std::string& id) const;
  Found cases(const CaseFilter& filter, const Page& page) const;
  /// What happened in a case, event by event, and its deadlines.
  Found timeline(const std::string& case_id, const Page& page) const;
  Found subsidy(const std::string& case_id) const;
  /// One row per stage of a case: the entitlement as its last revision says.
  Found subsidies(const SubsidyFilter& filter, const Page& page) const;
  /// `id` as deadlines() gives it: rule/kind/subject/key.
  Found deadline(const std::string& id) const;
  Found deadlines(const DeadlineFilter& filter, const Page& page) const;
  /// Counts of deadlines by rule and state, and of steps that were watched by whoever did them.
  Found statistics() const;
  /// Steps that were watched by whoever did them.
  Found unwatched_steps(const Page& page) const;
  /// Erasures asked for and done: by whom, when, and by which local date of `zone` they are complete.
  Found erasures(const Zone& zone, const ErasureBounds& bounds, const Page& page) const;
  /// The events that made an answer, with the rule and policy versions used. Kinds: undertaker (or standing), case,
  /// timeline, subsidy, deadline. A deadline is named by its id, or by what it runs on and `which`.
  Found explain(const std::string& kind, const std::string& id, const Which& which = {}) const;
  /// The public feed from record `from` on: whole records, until `limit` events are reached.
  Found events(Seq from, std::size_t limit) const;

 private:
  QuerySources sources_;
};

}  // namespace aidledger::ledger
