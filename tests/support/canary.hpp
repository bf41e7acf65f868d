#pragma once
// A canary: bytes that must not stand in any file under a folder. Looks into hidden files and sockets' neighbours
// alike; links are not followed.
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <vector>

namespace aidledger::test {

/// All files below the folder. Where a folder goes away meanwhile (a broker deletes topics) it looks once more.
inline std::vector<std::filesystem::path> files_below(const std::string& folder) {
  for (;;) {
    std::vector<std::filesystem::path> found;
    std::error_code gone, ignored;
    for (std::filesystem::recursive_directory_iterator at(folder, gone), end; !gone && at != end; at.increment(gone))
      if (!at->is_symlink(ignored) && at->is_regular_file(ignored)) found.push_back(at->path());
    if (!gone) return found;
    if (!std::filesystem::exists(folder)) throw std::filesystem::filesystem_error("no folder", folder, gone);
  }
}

/// The files that hold the bytes, in order of their paths' discovery. Reads in blocks: a tree of any size.
inline std::vector<std::string> files_with(const std::string& folder, std::string_view wanted) {
  constexpr std::size_t block = 1 << 20;
  std::vector<std::string> found;
  for (const auto& path : files_below(folder)) {
    std::ifstream in(path, std::ios::binary);
    std::string window, next(block, '\0');
    while (in) {
      in.read(next.data(), static_cast<std::streamsize>(block));
      window.append(next, 0, static_cast<std::size_t>(in.gcount()));
      if (window.find(wanted) != std::string::npos) {
        found.push_back(path.string());
        break;
      }
      window.erase(0, window.size() - std::min(window.size(), wanted.size() - 1));
    }
  }
  return found;
}

}  // namespace aidledger::test
