#include "src/vault_hands.hpp"

#include "src/cli/outcome.hpp"
#include "src/kafka_vault_topic.hpp"
#include "src/log/kafka_topics.hpp"
#include "src/serve.hpp"
#include "src/vault/copy_vault.hpp"
#include "src/vault/directory_vault.hpp"

namespace aidledger {
namespace {

using cli::Exit;
using cli::Failure;
using settings::Settings;

template <class Work>
Tree told_of_vault(Work work) {
  try {
    return work();
  } catch (const Failure&) {
    throw;
  } catch (const log::LogFailure& error) {
    throw Failure(Exit::unavailable, error.what());
  } catch (const world::DiskError& error) {
    throw Failure(Exit::unavailable, error.what());
  } catch (const std::runtime_error& error) {
    throw Failure(Exit::check_failed, error.what());
  }
}

KafkaPlaceSettings shared_place(const Settings& settings) {
  if (settings.text("log.place") != "kafka")
    throw Failure(Exit::usage, "only with --log-place kafka is there a vault that nodes share");
  return kafka_settings(settings);
}

/// The vault's topic, opened for a command.
struct SharedVault {
  SharedVault(const Settings& settings, bool may_be_new) : ledger(settings.text("ledger")) {
    const auto place = shared_place(settings);
    topic = std::make_unique<KafkaVaultTopic>(place.kafka, ledger);
    vault = std::make_unique<vault::TopicVault>(*topic, *random, *clock,
                                                vault::TopicVaultSettings{ledger, read_keks(*disk, place), may_be_new});
  }
  const std::string ledger;
  std::unique_ptr<world::Disk> disk = world::real_disk();
  std::unique_ptr<world::Clock> clock = world::system_clock();
  std::unique_ptr<world::Random> random = world::system_random();
  std::unique_ptr<KafkaVaultTopic> topic;
  std::unique_ptr<vault::TopicVault> vault;
};

Tree make_kek(const std::string& file) {
  return told_of_vault([&] {
    const auto disk = world::real_disk();
    const auto random = world::system_random();
    vault::make_kek(*disk, *random, file);
    return Tree::object().set("file", file).set("kek_id", to_hex(vault::read_kek(*disk, file).id()));
  });
}

Tree rewrap(const Settings& settings, cli::Progress& progress) {
  return told_of_vault([&] {
    if (settings.text("older_kek_file").empty())
      throw Failure(Exit::usage, "name the new key's file with --kek-file and the older one's with --older-kek-file");
    const SharedVault shared(settings, false);
    progress.step("wrapping the vault anew");
    std::uint64_t entries = 0;
    for (auto some = shared.vault->rewrap(); some > 0; some = shared.vault->rewrap()) entries += some;
    progress.clear();
    return Tree::object()
        .set("ledger", shared.ledger)
        .set("entries", entries)
        .set("kek_id", to_hex(vault::read_kek(*shared.disk, settings.text("kek_file")).id()));
  });
}

/// Where it was lost, it is made anew.
void see_to_topic(const Settings& settings) {
  const auto place = shared_place(settings);
  const std::string topic = log::vault_topic(settings.text("ledger"));
  if (!log::describe_topic(place.kafka, topic))
    log::create_topic(place.kafka, topic, {log::TopicUse::vault, place.accept_single_copy});
}

Tree publish(const Settings& settings, const std::string& folder, cli::Progress& progress) {
  return told_of_vault([&] {
    if (!world::real_disk()->exists(folder)) throw Failure(Exit::not_found, "there is no folder " + folder);
    see_to_topic(settings);
    const SharedVault shared(settings, true);
    progress.step("publishing the vault");
    const vault::DirectoryVault backup(*shared.disk, folder);
    const auto copied = vault::copy_vault(backup, *shared.vault);
    progress.clear();
    return Tree::object()
        .set("ledger", shared.ledger)
        .set("entries", static_cast<std::uint64_t>(copied.entries))
        .set("put", static_cast<std::uint64_t>(copied.put));
  });
}

}  // namespace

void add_vault_hands(cli::Hands& hands) {
  hands.make_kek = make_kek;
  hands.rewrap_vault = rewrap;
  hands.publish_vault = publish;
}

}  // namespace aidledger
