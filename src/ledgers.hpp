#pragma once
// The ledgers of this process behind one door. A caller belongs to the ledger in whose vault the token lies, and is
// nobody in the others.
#include <map>

#include "src/followed.hpp"

namespace aidledger {

class Ledgers : public http::Service {
 public:
  explicit Ledgers(std::vector<std::unique_ptr<Followed>> followed);
  ~Ledgers() override;
  Ledgers(const Ledgers&) = delete;
  Ledgers& operator=(const Ledgers&) = delete;

  /// Begins to open all of them. Of several, those that cannot be opened are said, each in a line; `none_left` is
  /// called, on any thread, once none could be.
  void open(const std::string& where, const Says& says, const std::function<void()>& none_left);
  /// What the first could not be opened for, where none could; null otherwise.
  std::exception_ptr failure() const;

  /// Runs a task that reads this ledger; it may block.
  void read(std::string_view ledger, std::function<void()> task);

  http::Caller authenticate(std::string_view token) override;
  bool has_ledger(std::string_view ledger) override { return find(ledger) != nullptr; }
  std::string away(std::string_view ledger) override;
  void act(const http::Caller& caller, http::ActionInput input, std::function<void(http::Acted)> then) override;
  std::expected<http::Reply, http::No> call(const http::Call& call) override;
  std::expected<http::FeedPage, http::No> feed(const http::FeedQuery& query) override;
  void when_readable(std::string_view ledger, Seq seq, std::function<void()> then) override;
  http::Readiness readiness(std::string_view ledger) override;
  std::string stale(std::string_view ledger) override;

 private:
  Followed* find(std::string_view ledger) const;
  std::expected<NodeService*, http::No> service_for(const Principal& caller, std::string_view ledger) const;

  std::vector<std::unique_ptr<Followed>> followed_;
  std::mutex homes_mutex_;
  std::map<std::string, const Followed*, std::less<>> homes_;  ///< by token id: where the token was found
};

/// One for each ledger that the settings name. Throws CannotStart where their folders do not allow it.
std::vector<std::unique_ptr<Followed>> follow(const settings::Settings& settings, const ServeWish& wish,
                                              const Telling& telling, http::Metrics& metrics);

}  // namespace aidledger
