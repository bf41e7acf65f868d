#pragma once
// Where an import's bytes come from: a file, plain or gzip, in any encoding that the system's iconv knows.
#include <cstddef>
#include <memory>
#include <stdexcept>
#include <string>

namespace aidledger::import {

/// The input cannot be read any further (missing, truncated, not gzip, malformed). What was read before stands.
struct InputDamaged : std::runtime_error {
  using std::runtime_error::runtime_error;
};

class ByteSource {
 public:
  virtual ~ByteSource() = default;
  /// Up to `size` bytes; 0 at the end. Throws InputDamaged.
  virtual std::size_t read(char* into, std::size_t size) = 0;
};

/// Plain or gzip, by its first bytes. "-" is standard input.
std::unique_ptr<ByteSource> open_input(const std::string& path);
/// Turns `encoding` (an iconv name: GB18030, ISO-8859-1 ...) into UTF-8. Throws InputDamaged for an unknown name or an
/// impossible byte.
std::unique_ptr<ByteSource> as_utf8(std::unique_ptr<ByteSource> from, const std::string& encoding);
/// Text already in memory.
std::unique_ptr<ByteSource> from_text(std::string text);

}  // namespace aidledger::import
