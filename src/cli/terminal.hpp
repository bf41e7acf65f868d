#pragma once
// Where a command's words go: data to `out`, messages and progress to `err`.
#include <cstdint>
#include <functional>
#include <iosfwd>
#include <mutex>
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

/// One line on stderr that is drawn again, at most ten times a second; silent where stderr is no terminal. Several
/// threads may tell it.
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
  /// The same in words of the caller's own.
  void show(const std::string& line);
  /// A line that stays, terminal or not.
  void say(const std::string& line);
  void clear();

 private:
  void draw(const std::string& line);
  void wipe();

  Terminal& terminal_;
  std::mutex mutex_;
  std::string what_;
  std::int64_t begun_ms_ = 0, drawn_ms_ = 0;
  std::size_t drawn_width_ = 0;
};

}  // namespace aidledger::cli
