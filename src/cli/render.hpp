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
  money,  ///< fen, shown as 1,234.56
  rate,   ///< basis points, shown as percent
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
/// A value in one line: lists joined by commas, objects as name=value.
std::string one_line(const Tree& value);
std::string cell(const Tree& item, const Field& field);
/// Columns that are empty in every row are left out.
Table table_of(const TreeList& items, const std::vector<Field>& fields);
/// Names on the left, nested objects indented.
std::string outline(const Tree& tree);

/// Prints a list: JSON with --json, else the table, or `nothing` where it is empty.
void print_list(Session& session, const Tree& items, const std::vector<Field>& fields, const std::string& nothing);
/// Prints an object: JSON with --json, else the outline.
void print_object(Session& session, const Tree& object);

}  // namespace aidledger::cli
