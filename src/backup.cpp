#include "src/backup.hpp"

#include <filesystem>

#include "src/file_records.hpp"
#include "src/json/json.hpp"
#include "src/ledger/verifier.hpp"
#include "src/log/embedded_log.hpp"
#include "src/scratch_rows.hpp"
#include "src/vault/copy_vault.hpp"
#include "src/vault/directory_vault.hpp"

namespace aidledger {
namespace fs = std::filesystem;
namespace {

void must_be_new(const std::string& folder) {
  if (fs::exists(folder) && !fs::is_empty(folder))
    throw CannotStart("the folder " + folder + " is not empty; name a new one");
}

void write_manifest(world::Disk& disk, const std::string& folder, const BackupSummary& summary, Instant now) {
  const Tree manifest = Tree::object()
                            .set("ledger", summary.ledger)
                            .set("records", summary.records)
                            .set("head_hash", summary.head_hash)
                            .set("taken_at", to_text(now));
  world::replace_file(disk, folder + "/backup.json", json::pretty(manifest) + "\n");
}

BackupSummary read_manifest(world::Disk& disk, const std::string& folder) {
  if (!disk.exists(folder + "/backup.json")) throw CannotStart(folder + " is no backup: it has no backup.json");
  const auto tree = json::parse(world::read_file(disk, folder + "/backup.json"));
  const Tree* ledger = tree ? tree->find("ledger") : nullptr;
  const Tree* records = tree ? tree->find("records") : nullptr;
  const Tree* head = tree ? tree->find("head_hash") : nullptr;
  if (ledger == nullptr || !ledger->as_string() || records == nullptr || !records->as_int() || head == nullptr ||
      !head->as_string())
    throw CannotStart(folder + "/backup.json cannot be read");
  return {*ledger->as_string(), static_cast<Seq>(*records->as_int()), *head->as_string()};
}

void check_copy(world::Disk& disk, const std::string& data, const BackupSummary& said,
                const std::function<void(Seq)>& progress) {
  auto files = log::LedgerFiles::open(disk, data + "/log");
  auto commits = world::thread_tasks();
  log::EmbeddedLog log(*files, *commits);
  const FileRecords records(*files);
  ScratchRows scratch(scratch_folder(data));
  const auto verified = ledger::verify({log, records, nullptr, [&]() -> store::RowStore& { return scratch.rows(); }},
                                       said.ledger, progress);
  if (!verified.findings.empty())
    throw CannotStart("the backup is damaged at record " + std::to_string(verified.findings.front().seq) + ": " +
                      verified.findings.front().what);
  if (verified.records != said.records || to_hex(view_of(verified.head)) != said.head_hash)
    throw CannotStart("the backup ends with record " + std::to_string(verified.records) + ", its backup.json says " +
                      std::to_string(said.records));
  commits.reset();
}

}  // namespace

BackupSummary backup(Node& node, const std::string& ledger_to, const std::string& vault_to) {
  must_be_new(ledger_to);
  must_be_new(vault_to);
  const log::Head head = node.files().copy_to(ledger_to + "/log");
  if (const auto* own = dynamic_cast<vault::DirectoryVault*>(&node.vault())) {
    own->copy_to(vault_to);
  } else {
    vault::DirectoryVault copy(node.disk(), vault_to);
    vault::copy_vault(node.vault(), copy);
  }
  const BackupSummary summary{node.opened().ledger, head.next_seq, to_hex(view_of(head.hash))};
  write_manifest(node.disk(), ledger_to, summary, node.clock().now());
  return summary;
}

BackupSummary restore(const std::string& ledger_from, const std::string& vault_from, const NodeSettings& to,
                      const std::function<void(Seq)>& progress) {
  must_be_new(to.data);
  must_be_new(to.vault);
  const auto disk = world::real_disk();
  const BackupSummary said = read_manifest(*disk, ledger_from);
  try {
    disk->make_folder(to.data);
    fs::copy(ledger_from + "/log", to.data + "/log", fs::copy_options::recursive);
    check_copy(*disk, to.data, said, progress);
    vault::DirectoryVault(*disk, vault_from).copy_to(to.vault);
  } catch (...) {
    std::error_code ignored;
    fs::remove_all(to.data, ignored);
    fs::remove_all(to.vault, ignored);
    throw;
  }
  return said;
}

}  // namespace aidledger
