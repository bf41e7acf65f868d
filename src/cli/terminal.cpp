#include "src/cli/terminal.hpp"

#include <sys/ioctl.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <iostream>

namespace aidledger::cli {
namespace {

constexpr std::int64_t redraw_ms = 100;
constexpr std::size_t least_width = 40;

std::int64_t now_ms() {
  using namespace std::chrono;
  return duration_cast<milliseconds>(steady_clock::now().time_since_epoch()).count();
}

std::string grouped(std::uint64_t number) {
  auto text = std::to_string(number);
  for (auto at = static_cast<std::ptrdiff_t>(text.size()) - 3; at > 0; at -= 3)
    text.insert(static_cast<std::size_t>(at), ",");
  return text;
}

std::string duration_text(std::int64_t ms) {
  const auto seconds = ms / 1000;
  return seconds < 60 ? std::to_string(seconds) + " s"
                      : std::to_string(seconds / 60) + " min " + std::to_string(seconds % 60) + " s";
}

}  // namespace

Terminal standard_terminal() {
  Terminal terminal{std::cin, std::cout, std::cerr};
  terminal.out_is_terminal = ::isatty(STDOUT_FILENO) == 1;
  terminal.err_is_terminal = ::isatty(STDERR_FILENO) == 1;
  const char* no_color = std::getenv("NO_COLOR");
  terminal.color = terminal.out_is_terminal && (no_color == nullptr || *no_color == '\0');
  winsize size{};
  if (terminal.out_is_terminal && ::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col >= least_width)
    terminal.width = size.ws_col;
  return terminal;
}

void Progress::step(const std::string& what) {
  const std::lock_guard lock(mutex_);
  wipe();
  what_ = what;
  begun_ms_ = now_ms();
  drawn_ms_ = 0;
}

void Progress::advance(std::uint64_t done, std::uint64_t total) {
  const std::lock_guard lock(mutex_);
  if (!terminal_.err_is_terminal || now_ms() - drawn_ms_ < redraw_ms) return;
  const auto spent = now_ms() - begun_ms_;
  auto line = what_ + ": " + grouped(done);
  if (total > 0) line += " of " + grouped(total);
  if (spent > 0) line += ", " + grouped(done * 1000 / static_cast<std::uint64_t>(spent)) + "/s";
  if (total > done && done > 0)
    line += ", " + duration_text(static_cast<std::int64_t>(static_cast<std::uint64_t>(spent) * (total - done) / done)) +
            " left";
  draw(line);
}

void Progress::show(const std::string& line) {
  const std::lock_guard lock(mutex_);
  if (terminal_.err_is_terminal && now_ms() - drawn_ms_ >= redraw_ms) draw(line);
}

void Progress::say(const std::string& line) {
  const std::lock_guard lock(mutex_);
  wipe();
  terminal_.err << line + '\n' << std::flush;  // in one piece: another process may write there too
}

void Progress::clear() {
  const std::lock_guard lock(mutex_);
  wipe();
}

void Progress::draw(const std::string& line) {
  terminal_.err << '\r' << line;
  if (line.size() < drawn_width_) terminal_.err << std::string(drawn_width_ - line.size(), ' ');
  terminal_.err << std::flush;
  drawn_width_ = line.size();
  drawn_ms_ = now_ms();
}

void Progress::wipe() {
  if (drawn_width_ > 0) terminal_.err << '\r' << std::string(drawn_width_, ' ') << '\r' << std::flush;
  drawn_width_ = 0;
}

}  // namespace aidledger::cli
