#pragma once
// Failures of the world as the commands tell them: what is wrong and what to do.
#include "src/cli/outcome.hpp"
#include "src/import/byte_source.hpp"
#include "src/import/mapping.hpp"
#include "src/log/log_damaged.hpp"
#include "src/log/log_identity.hpp"
#include "src/log_suffix.hpp"
#include "src/node.hpp"
#include "src/store/row_store.hpp"
#include "src/world/disk.hpp"

namespace aidledger {

template <class Work>
auto told(Work work, const char* when_locked = "stop the service first") -> decltype(work()) {
  using cli::Exit, cli::Failure;
  try {
    return work();
  } catch (const NoLedger& error) {
    throw Failure(Exit::not_found, error.what());
  } catch (const CannotStart& error) {
    throw Failure(Exit::check_failed, error.what());
  } catch (const log::LogDamaged& error) {
    throw Failure(Exit::check_failed, error.what(),
                  "the way back is a backup: aidledger restore --help; on Kafka also another node's files, or none");
  } catch (const world::Locked& error) {
    throw Failure(Exit::unavailable, error.what(), when_locked);
  } catch (const import::MappingFault& error) {
    throw Failure(Exit::usage, error.what(), "config/imports/permit-receipts.toml explains every key");
  } catch (const import::InputDamaged& error) {
    throw Failure(Exit::check_failed, error.what());
  } catch (const store::Failed& error) {
    throw Failure(Exit::unavailable, error.what());
  } catch (const world::DiskError& error) {
    throw Failure(Exit::unavailable, error.what());
  } catch (const log::LogFailure& error) {
    throw Failure(Exit::unavailable, error.what());
  } catch (const OtherHistory& error) {
    throw Failure(Exit::check_failed, error.what());
  }
}

/// Of a command that a service can be asked for as well.
template <class Work>
auto told_here(Work work) -> decltype(work()) {
  return told(std::move(work), "stop the service first, or talk to it with --server");
}

}  // namespace aidledger
