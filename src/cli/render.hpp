#pragma once
// Results for people: lists as tables, objects as outlines.
#include <string>
#include <vector>

#include "events/values/tree.hpp"
#include "src/cli/session.hpp"
#include "src/cli/table.hpp"

namespace aidledger::cli {

enum class Show {
  text,
  number,
  money,    ///< fen, shown as 1,234.56
  rate,     ///< basis points as a change: +30 %
  percent,  ///< basis points as a share: 30 %
  time,     ///< RFC 3339, shown to the minute
};

/// A column: its value is the first of the dotted paths that is there.
struct Field {
  std::string title;
  std::vector<std::string> paths;
  Show show = Show::text;
};

/// 1234567 fen -> "12,345.67".
std::string money_text(std::int64_t fen);
/// -4000 basis points -> "-40 %".
std::string rate_text(std::int64_t basis_points);
/// A value in one line: lists joined by commas, objects as name=value, facts as seq.index, policies as name@version.
std::string one_line(const Tree& value);
std::string cell(const Tree& item, const Field& field);
/// Columns that are empty in every row are left out.
Table table_of(const TreeList& items, const std::vector<Field>& fields);
/// Names on the left, nested objects indented.
std::string outline(const Tree& tree);

/// Prints {"items", "up_to_seq"}: JSON with --json, else the table, or `nothing` where it is empty.
void print_list(Session& session, const Tree& answer, const std::vector<Field>& fields, const std::string& nothing);
/// Prints an object: JSON with --json, else the outline.
void print_object(Session& session, const Tree& object);
/// Prints {"data", "up_to_seq"}: JSON with --json, else the outline of the data and up to which record it is true.
void print_answer(Session& session, const Tree& answer);
/// {"items": [...]}.
Tree list_answer(Tree items);

}  // namespace aidledger::cli
