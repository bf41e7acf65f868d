#pragma once
// A canary: bytes that must not stand in any file under a folder. Looks into hidden files and sockets' neighbours
// alike; links are not followed.
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <vector>

namespace aidledger::test {

/// The files that hold the bytes, in order of their paths' discovery. Reads in blocks: a tree of any size.
inline std::vector<std::string> files_with(const std::string& folder, std::string_view wanted) {
  constexpr std::size_t block = 1 << 20;
  std::vector<std::string> found;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (entry.is_symlink() || !entry.is_regular_file()) continue;
    std::ifstream in(entry.path(), std::ios::binary);
    std::string window, next(block, '\0');
    while (in) {
      in.read(next.data(), static_cast<std::streamsize>(block));
      window.append(next, 0, static_cast<std::size_t>(in.gcount()));
      if (window.find(wanted) != std::string::npos) {
        found.push_back(entry.path().string());
        break;
      }
      window.erase(0, window.size() - std::min(window.size(), wanted.size() - 1));
    }
  }
  return found;
}

}  // namespace aidledger::test
