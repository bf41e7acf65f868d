#pragma once
// Tables for people: columns aligned by what a terminal shows, where a Chinese character takes two cells.
#include <string>
#include <string_view>
#include <vector>

namespace aidledger::cli {

/// Cells that a UTF-8 text takes: 2 for East Asian wide characters, 0 for combining marks. Bytes that are no UTF-8
/// count as one.
std::size_t display_width(std::string_view text);
/// The longest beginning that fits, with "…" where something was cut.
std::string fitted(std::string_view text, std::size_t cells);
/// Control characters made visible, so that no stored text steers the terminal.
std::string printable(std::string_view text);

class Table {
 public:
  struct Column {
    std::string title;
    bool right = false;  ///< numbers and amounts
  };
  explicit Table(std::vector<Column> columns) : columns_(std::move(columns)) {}
  void add(std::vector<std::string> cells) { rows_.push_back(std::move(cells)); }
  bool empty() const { return rows_.empty(); }
  /// Title line and rows, two spaces between columns. Where `width` is not 0, the last column is cut to fit it.
  std::string text(std::size_t width) const;

 private:
  std::vector<std::size_t> widths() const;
  void line(const std::vector<std::string>& cells, const std::vector<std::size_t>& widths, std::size_t limit,
            std::string& out) const;

  std::vector<Column> columns_;
  std::vector<std::vector<std::string>> rows_;
};

}  // namespace aidledger::cli
