#include "src/store/rocks_ingest.hpp"

#include <rocksdb/sst_file_writer.h>

#include <filesystem>

#include "src/store/reserved_key.hpp"

namespace aidledger::store {
namespace {

namespace fs = std::filesystem;

/// A folder that is gone when it is of no use any more, with what is left in it: a full disk gets its room back.
class Workplace {
 public:
  explicit Workplace(std::string folder) : folder_(std::move(folder)) {
    fs::remove_all(folder_);
    std::error_code failed;
    fs::create_directories(folder_, failed);
    if (failed == std::errc::no_space_on_device) throw Full("rows: " + folder_ + ": " + failed.message());
    if (failed) throw Failed("rows: " + folder_ + ": " + failed.message());
  }
  Workplace(const Workplace&) = delete;
  Workplace& operator=(const Workplace&) = delete;
  ~Workplace() {
    std::error_code left_for_the_next_one;
    fs::remove_all(folder_, left_for_the_next_one);
  }
  const std::string& folder() const { return folder_; }

 private:
  std::string folder_;
};

/// Writes sorted rows, the position before them, into files of about a size.
class SortedFiles {
 public:
  SortedFiles(const rocksdb::Options& options, std::string folder, std::size_t file_bytes, BytesView position)
      : options_(options), folder_(std::move(folder)), file_bytes_(file_bytes) {
    begin();
    check(writer_->Put(slice(position_key), slice(position)), "ingest");
  }

  void add(BytesView key, std::optional<BytesView> value) {
    check_sorted(key, last_key_);
    last_key_ = key;
    if (writer_->FileSize() >= file_bytes_) begin();
    check(value ? writer_->Put(slice(key), slice(*value)) : writer_->Delete(slice(key)), "ingest");
  }
  const std::vector<std::string>& finish() {
    check(writer_->Finish(), "ingest");
    return files_;
  }

 private:
  void begin() {
    if (writer_) finish();
    files_.push_back(folder_ + "/" + std::to_string(files_.size()) + ".sst");
    writer_ = std::make_unique<rocksdb::SstFileWriter>(rocksdb::EnvOptions(), options_);
    check(writer_->Open(files_.back()), "ingest");
  }

  const rocksdb::Options& options_;
  std::string folder_;
  std::size_t file_bytes_;
  std::unique_ptr<rocksdb::SstFileWriter> writer_;
  std::vector<std::string> files_;
  Bytes last_key_;
};

}  // namespace

void ingest(const Generation& into, std::size_t file_bytes, const SortedRows& rows, BytesView position) {
  const Workplace beside(into.folder + "/ingest");
  // One call adds all files in one step, so the position, which sorts first, needs to be in the first one only.
  rocksdb::IngestExternalFileOptions how;
  how.move_files = true;
  how.write_global_seqno = false;
  SortedFiles files(into.options, beside.folder(), file_bytes, position);
  rows([&](BytesView key, std::optional<BytesView> value) { files.add(key, value); });
  check(into.db->IngestExternalFile(files.finish(), how), "ingest");
}

}  // namespace aidledger::store
