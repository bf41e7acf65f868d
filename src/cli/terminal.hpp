#pragma once
// Where a command's words go: data to `out`, messages and progress to `err`.
#include <cstdint>
#include <functional>
#include <iosfwd>
#include <string>
#include <string_view>

namespace aidledger::cli {

struct Terminal {
  std::istream& in;
  std::ostream& out;
  std::ostream& err;
  bool out_is_terminal = false;
  bool err_is_terminal = false;
  bool color = false;
  std::size_t width = 100;  ///< columns of `out` where it is a terminal
};

/// The process's own streams. Colours where stdout is a terminal and NO_COLOR is not set.
Terminal standard_terminal();

/// One line on stderr that is drawn again, at most ten times a second; silent where stderr is no terminal.
class Progress {
 public:
  explicit Progress(Terminal& terminal) : terminal_(terminal) {}
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;
  ~Progress() { clear(); }

  /// What is being done now: "folding records".
  void step(const std::string& what);
  /// `total` 0 = not known.
  void advance(std::uint64_t done, std::uint64_t total);
  void clear();

 private:
  void draw(std::uint64_t done, std::uint64_t total, std::int64_t now_ms);

  Terminal& terminal_;
  std::string what_;
  std::int64_t begun_ms_ = 0, drawn_ms_ = 0;
  std::size_t drawn_width_ = 0;
};

}  // namespace aidledger::cli
