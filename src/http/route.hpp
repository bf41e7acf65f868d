#pragma once
// Every address there is: one table. Routing, Allow, the checks of query parameters and the API document follow from
// it. A new resource is one row here and its answer in the service.
#include <span>

#include "src/http/api.hpp"
#include "src/http/message.hpp"

namespace aidledger::http {

enum class ParamKind : std::uint8_t { text, id, integer, boolean, date, instant, known_at };

struct Param {
  std::string_view name;
  ParamKind kind;
  std::string_view meaning;
};

enum class Answerer : std::uint8_t { health, ready, metrics, openapi, events, actions, act, feed, call };

struct BodyType {
  std::string_view name;  ///< of its schema in the API document
  Tree (*schema)();
  /// Adds what is wrong to `problems`.
  void (*check)(const Tree& body, Problems& problems);
};

struct Route {
  Verb verb;
  std::string_view path;  ///< "/v1/ledgers/{ledger}/cases/{id}"
  Answerer answerer;
  Operation operation = Operation::list_cases;  ///< of `call`
  std::string_view own_name = {};               ///< where it is no `call`
  std::string_view meaning;
  std::span<const Param> params = {};
  bool open = false;       ///< no token needed
  bool of_ledger = false;  ///< takes known_at and min_seq
  bool paged = false;      ///< takes limit and cursor
  const BodyType* body = nullptr;

  /// Its answers carry stale_field where they have to.
  bool reads_ledger() const {
    return path.find("{ledger}") != std::string_view::npos &&
           (answerer == Answerer::call || answerer == Answerer::feed);
  }
  /// operationId, and the label of metrics.
  std::string_view name() const { return answerer == Answerer::call ? name_of(operation) : own_name; }
};

/// A field of an answer's head.
struct HeaderField {
  std::string_view name, meaning;
};
/// Marks every read of a ledger that may be behind the log. With any other read it is absent.
inline constexpr HeaderField stale_field{
    "Aidledger-Stale",
    "the answer is true up to the record that it names, and the log may hold more: the node has halted (the halt's "
    "code), cannot reach its log (LOG_UNREACHABLE), cannot keep what it reads (DISK_FAILING), or has not read far "
    "enough yet (CATCHING_UP)"};

std::span<const Route> routes();
/// known_at, min_seq; limit, cursor.
std::span<const Param> ledger_params();
std::span<const Param> page_params();

/// The segments that a template leaves open.
struct PathArgs {
  std::string ledger, kind, id;
};

struct Matched {
  const Route* route = nullptr;  ///< nullptr: nothing here for this verb
  PathArgs args;
  std::string allow;  ///< methods of this address, "GET, HEAD, OPTIONS"; empty: no such address
};

/// `path` without query, as sent (percent-encoded).
Matched match(Verb verb, std::string_view path);

}  // namespace aidledger::http
