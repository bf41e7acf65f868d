#pragma once
// Figures for Prometheus. Names begin with aidledger_, units are base units, labels never name a case or a person.
#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace aidledger::http {

/// What a figure is called, what it says, and of which ledger: its label `ledger`. Once per name and ledger.
struct Figure {
  std::string name, help;
  std::string ledger = {};  ///< empty: of the whole service, without a label
};

class Metrics {
 public:
  virtual ~Metrics() = default;
  /// A request has been answered; `route` is an operation's name ("show-case"), or "none".
  virtual void answered(std::string_view route, int status, double seconds) = 0;
  /// One line of a stream of actions has been answered.
  virtual void line_answered(int status) = 0;
  virtual void connections(int change) = 0;
  /// A connection was turned away or cut: "full", "per-address", "header-timeout", "slow-reader" ...
  virtual void cut(std::string_view why) = 0;
  /// A figure that is asked for when somebody looks; `read` is called on any thread.
  virtual void gauge(const Figure& figure, std::function<double()> read) = 0;
  /// The same for what only grows; its name ends in _total.
  virtual void counter(const Figure& figure, std::function<double()> read) = 0;
  /// The text exposition format, 0.0.4.
  virtual std::string text() = 0;
};

std::unique_ptr<Metrics> prometheus_metrics();

}  // namespace aidledger::http
