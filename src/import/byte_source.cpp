#include "src/import/byte_source.hpp"

#include <iconv.h>
#include <unistd.h>
#include <zlib.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <climits>
#include <cstring>

namespace aidledger::import {
namespace {

constexpr unsigned inflate_buffer_bytes = 256 * 1024;

/// zlib passes through what is not gzip, so one class serves both.
class FileSource final : public ByteSource {
 public:
  explicit FileSource(const std::string& path) : name_(path == "-" ? "standard input" : path) {
    file_ = path == "-" ? gzdopen(dup(STDIN_FILENO), "rb") : gzopen(path.c_str(), "rb");
    if (file_ == nullptr) throw InputDamaged("cannot open " + name_ + ": " + std::strerror(errno));
    gzbuffer(file_, inflate_buffer_bytes);
  }
  FileSource(const FileSource&) = delete;
  FileSource& operator=(const FileSource&) = delete;
  ~FileSource() override { gzclose(file_); }

  std::size_t read(char* into, std::size_t size) override {
    const int got = gzread(file_, into, static_cast<unsigned>(std::min<std::size_t>(size, INT_MAX)));
    if (got > 0) return static_cast<std::size_t>(got);
    int code = Z_OK;
    const char* text = gzerror(file_, &code);
    if (code == Z_BUF_ERROR) throw InputDamaged(name_ + " ends in the middle of its compressed data");
    if (code != Z_OK) throw InputDamaged(name_ + " cannot be read: " + (code == Z_ERRNO ? std::strerror(errno) : text));
    return 0;
  }

 private:
  std::string name_;
  gzFile file_;
};

class Recoded final : public ByteSource {
 public:
  Recoded(std::unique_ptr<ByteSource> from, const std::string& encoding)
      : from_(std::move(from)), name_(encoding), coder_(iconv_open("UTF-8", encoding.c_str())) {
    if (coder_ == reinterpret_cast<iconv_t>(-1)) throw InputDamaged("unknown encoding '" + encoding + "'");
  }
  Recoded(const Recoded&) = delete;
  Recoded& operator=(const Recoded&) = delete;
  ~Recoded() override { iconv_close(coder_); }

  std::size_t read(char* into, std::size_t size) override {
    char* out = into;
    std::size_t room = size;
    while (out == into && (held_ > 0 || !ended_)) {
      fill();
      char* in = buffer_.data();
      const std::size_t before = held_;
      const std::size_t result = iconv(coder_, &in, &held_, &out, &room);
      const int why = errno;
      std::memmove(buffer_.data(), in, held_);
      taken_ += before - held_;
      if (result == static_cast<std::size_t>(-1) && (why == EILSEQ || (why == EINVAL && ended_)))
        throw InputDamaged("byte " + std::to_string(taken_) + " is not " + name_ + " text");
    }
    return static_cast<std::size_t>(out - into);
  }

 private:
  void fill() {
    while (!ended_ && held_ < buffer_.size()) {
      const std::size_t got = from_->read(buffer_.data() + held_, buffer_.size() - held_);
      ended_ = got == 0;
      held_ += got;
    }
  }

  std::unique_ptr<ByteSource> from_;
  std::string name_;
  iconv_t coder_;
  std::array<char, 64 * 1024> buffer_{};
  std::size_t held_ = 0;
  std::size_t taken_ = 0;
  bool ended_ = false;
};

class TextSource final : public ByteSource {
 public:
  explicit TextSource(std::string text) : text_(std::move(text)) {}
  std::size_t read(char* into, std::size_t size) override {
    const std::size_t count = std::min(size, text_.size() - at_);
    std::memcpy(into, text_.data() + at_, count);
    at_ += count;
    return count;
  }

 private:
  std::string text_;
  std::size_t at_ = 0;
};

}  // namespace

std::unique_ptr<ByteSource> open_input(const std::string& path) { return std::make_unique<FileSource>(path); }

std::unique_ptr<ByteSource> as_utf8(std::unique_ptr<ByteSource> from, const std::string& encoding) {
  return std::make_unique<Recoded>(std::move(from), encoding);
}

std::unique_ptr<ByteSource> from_text(std::string text) { return std::make_unique<TextSource>(std::move(text)); }

}  // namespace aidledger::import
