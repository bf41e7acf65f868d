#include "src/cli/commands/groups.hpp"
#include "src/cli/render.hpp"

#include <ostream>

#include "src/json/json.hpp"

namespace aidledger::cli {
namespace {

template <class Hand>
const Hand& hand(const Hand& function) {
  if (!function) throw Failure(Exit::usage, "this build has no public feed");
  return function;
}

/// Where a service has the ledger open, the service says how far it is.
Tree ledger_next_seq(Session& session) {
  const Tree ledger = session.get(session.ledger_path());
  const Tree* next = data_of(ledger).find("next_seq");
  return next == nullptr ? Tree() : *next;
}

Exit status(const Arguments&, Session& session) {
  Tree found = hand(session.hands().feed_status)(session.settings());
  if (found.find("ledger_next_seq")->is_null()) {
    try {
      found.set("ledger_next_seq", ledger_next_seq(session));
    } catch (const Failure& failure) {
      session.note("how far the ledger is, nobody says: " + std::string(failure.what()));
    }
  }
  print_object(session, found);
  return Exit::ok;
}

Exit rebuild(const Arguments& arguments, Session& session) {
  Progress progress(session.terminal());
  const auto done = hand(session.hands().feed_rebuild)(session.settings(), arguments.text("--to"), progress);
  progress.clear();
  print_object(session, done);
  return Exit::ok;
}

Exit schemas(const Arguments& arguments, Session& session) {
  print_object(session, hand(session.hands().feed_schemas)(session.all_settings(), arguments.text("--out")));
  return Exit::ok;
}

Exit asyncapi(const Arguments&, Session& session) {
  session.terminal().out << json::pretty(hand(session.hands().feed_asyncapi)(session.all_settings())) << "\n";
  return Exit::ok;
}

}  // namespace

Commands feed_commands() {
  return {
      {"feed status",
       "where the public feed goes and how far it is",
       {{"aidledger feed status", "of the ledger in ./data"}, {"aidledger feed status --json", "for a script"}},
       {},
       status,
       "The last event is told as record.place; the feed is complete where that record is the one before "
       "ledger_next_seq."},
      {"feed rebuild",
       "tell the whole public feed again from the ledger, as files",
       {{"aidledger feed rebuild --to /tmp/feed", "beside the feed there is: the two must be equal"},
        {"aidledger feed rebuild", "in place of it; stop the service first"}},
       {option("--to", "FOLDER", "a new or empty folder (default: the feed's own)")},
       rebuild,
       "The feed is a function of the ledger: told again, events are the same byte for byte, and so is the last row of "
       "every key."},
      {"feed schemas",
       "write the JSON Schema of every event that is published",
       {{"aidledger feed schemas --out schemas", "schemas/<family>/<event>/<version>.json"}},
       {required_option("--out", "FOLDER", "where to")},
       schemas},
      {"feed asyncapi",
       "the AsyncAPI 3 document of the feed",
       {{"aidledger feed asyncapi", "topics, keys, messages, schemas, as JSON"}},
       {},
       asyncapi}};
}

}  // namespace aidledger::cli
