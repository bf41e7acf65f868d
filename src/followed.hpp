#pragma once
// One ledger as this process follows it: opened on a thread of its own, which waits for brokers for as long as it
// takes; then a node behind its service, with its feed, whatever becomes of the others.
#include <atomic>
#include <exception>
#include <mutex>
#include <thread>

#include "src/feed/runner.hpp"
#include "src/http/metrics.hpp"
#include "src/not_ready.hpp"
#include "src/serve.hpp"
#include "src/service.hpp"
#include "src/watching.hpp"

namespace aidledger {

using Says = std::function<void(const std::string& line)>;

/// What a ledger tells while it is opened. Called on its thread; who hears several sees to the order.
struct Telling {
  Says says;
  NodeProgress progress;  ///< its `waiting` is not asked
};

class Followed {
 public:
  /// `settings`: of this ledger alone. The metrics outlive it.
  Followed(settings::Settings settings, ServeWish wish, Telling telling, http::Metrics& metrics);
  /// Gives up waiting; what is open is closed.
  ~Followed();

  /// Begins to open it, once. `where`: the address that it is served at; `failed` is called when it cannot be opened.
  void open(std::string where, std::function<void()> failed);

  /// From now on it waits for no broker.
  void give_up() { stopping_ = true; }
  /// Returns once its thread has ended: what it was given up for is told, or it is open.
  void join();

  /// The id that the ledger has; until it is open, that it is said to have.
  std::string ledger() const;
  /// nullptr until it is open; then the same for ever.
  NodeService* service() const { return service_now_.load(); }
  /// Runs a task that reads it, one after another, on a thread that no other ledger waits for.
  void read(std::function<void()> task) { readers_->post(std::move(task)); }
  /// One sentence on why it is not open; empty when it is.
  std::string away() const;
  /// The code of that, for /readyz.
  std::string away_code() const;
  /// What it could not be opened for; null otherwise.
  std::exception_ptr failure() const;

 private:
  void open_node(const std::string& where);
  void make_operator_token();
  void close();
  bool waits(const std::string& what);
  void steps(const std::string& what);
  void folds(Seq done);
  NodeProgress progress();

  settings::Settings settings_;
  ServeWish wish_;
  Telling telling_;
  http::Metrics& metrics_;
  std::unique_ptr<Node> node_;
  std::unique_ptr<NodeService> service_;
  std::unique_ptr<feed::Runner> feed_;
  std::unique_ptr<Watching> watching_;
  std::unique_ptr<world::Tasks> readers_ = world::thread_tasks();
  std::atomic<NodeService*> service_now_ = nullptr;
  std::atomic<bool> stopping_ = false;
  std::atomic<Seq> folded_ = 0;  ///< since the step began that away_ tells
  mutable std::mutex mutex_;
  std::string away_;
  std::string_view away_code_ = catching_up;
  std::exception_ptr failure_;
  std::thread thread_;
};

}  // namespace aidledger
