#pragma once
// Actions as the commands send them, and answers as people read them.
#include <string>
#include <vector>

#include "src/cli/command.hpp"
#include "src/cli/session.hpp"

namespace aidledger::cli {

/// --action-id and --occurred-at, for commands that send one action.
std::vector<Parameter> action_options();

/// {"type", "action_id", "occurred_at", "data"}; id and time from the options, else a new id and now.
Tree action_of(const std::string& name, Tree data, const Arguments& arguments);
/// Sends it and prints the answer. Where the outcome is not known, the hint names the id to ask again with.
Exit send(Session& session, const Tree& action);
/// The exit code and line of an answer that came as one line among others.
Exit print_line_answer(Session& session, std::size_t number, const Tree& answer);

/// A file's text, or stdin's for "-"; Failure where it cannot be read or is longer than `most` bytes.
std::string read_text(Session& session, const std::string& file, std::size_t most);

/// --known-at, --min-seq and, for lists, --limit.
std::vector<Parameter> read_options(bool list);
Query read_query(const Arguments& arguments);
/// --limit, or 0 = all.
std::uint64_t limit_of(const Arguments& arguments);

}  // namespace aidledger::cli
