#include "src/http/metrics.hpp"

#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

#include <algorithm>
#include <map>
#include <mutex>
#include <sstream>
#include <vector>

namespace aidledger::http {
namespace {

namespace prom = prometheus;

/// Figures that are read when somebody looks: families in the order in which they came.
class Asked : public prom::Collectable {
 public:
  void add(prom::MetricType type, const Figure& figure, std::function<double()> read) {
    const std::lock_guard lock(mutex_);
    auto family = std::ranges::find(families_, figure.name, &Family::name);
    if (family == families_.end()) family = families_.insert(family, {type, figure.name, figure.help, {}});
    family->of_ledgers.emplace_back(figure.ledger, std::move(read));
  }

  std::vector<prom::MetricFamily> Collect() const override {
    const std::lock_guard lock(mutex_);
    std::vector<prom::MetricFamily> families;
    for (const auto& one : families_) {
      prom::MetricFamily family{one.name, one.help, one.type, {}};
      for (const auto& [ledger, read] : one.of_ledgers) {
        auto& metric = family.metric.emplace_back();
        if (!ledger.empty()) metric.label.push_back({"ledger", ledger});
        (one.type == prom::MetricType::Gauge ? metric.gauge.value : metric.counter.value) = read();
      }
      families.push_back(std::move(family));
    }
    return families;
  }

 private:
  struct Family {
    prom::MetricType type;
    std::string name, help;
    std::vector<std::pair<std::string, std::function<double()>>> of_ledgers;
  };
  mutable std::mutex mutex_;
  std::vector<Family> families_;
};

/// Handles are kept: looking a label set up costs more than counting.
class PrometheusMetrics : public Metrics {
 public:
  void answered(std::string_view route, int status, double seconds) override {
    const std::lock_guard lock(mutex_);
    auto& handles = handles_of(route);
    auto& counter = handles.by_status[status];
    if (counter == nullptr)
      counter = &requests_.Add({{"route", std::string(route)}, {"status", std::to_string(status)}});
    counter->Increment();
    handles.seconds->Observe(seconds);
  }
  void line_answered(int status) override {
    const std::lock_guard lock(mutex_);
    auto& counter = lines_by_status_[status];
    if (counter == nullptr) counter = &lines_.Add({{"status", std::to_string(status)}});
    counter->Increment();
  }
  void connections(int change) override { connections_.Increment(change); }
  void cut(std::string_view why) override { cut_.Add({{"why", std::string(why)}}).Increment(); }
  void gauge(const Figure& figure, std::function<double()> read) override {
    asked_.add(prom::MetricType::Gauge, figure, std::move(read));
  }
  void counter(const Figure& figure, std::function<double()> read) override {
    asked_.add(prom::MetricType::Counter, figure, std::move(read));
  }
  std::string text() override {
    auto families = registry_.Collect();
    for (auto& family : asked_.Collect()) families.push_back(std::move(family));
    std::ostringstream out;
    prom::TextSerializer().Serialize(out, families);
    return out.str();
  }

 private:
  struct Handles {
    std::map<int, prom::Counter*> by_status;
    prom::Histogram* seconds = nullptr;
  };

  Handles& handles_of(std::string_view route) {
    const auto found = routes_.find(route);
    if (found != routes_.end()) return found->second;
    auto& handles = routes_[std::string(route)];
    handles.seconds = &seconds_.Add({{"route", std::string(route)}}, bounds());
    return handles;
  }
  static prom::Histogram::BucketBoundaries bounds() {
    return {0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30};
  }

  prom::Registry registry_;
  prom::Family<prom::Counter>& requests_ = prom::BuildCounter()
                                               .Name("aidledger_http_requests_total")
                                               .Help("Requests answered, by route and status.")
                                               .Register(registry_);
  prom::Family<prom::Histogram>& seconds_ = prom::BuildHistogram()
                                                .Name("aidledger_http_request_seconds")
                                                .Help("Time from a request's head to its answer.")
                                                .Register(registry_);
  prom::Family<prom::Counter>& lines_ = prom::BuildCounter()
                                            .Name("aidledger_http_action_lines_total")
                                            .Help("Actions of NDJSON streams answered, by status.")
                                            .Register(registry_);
  prom::Gauge& connections_ =
      prom::BuildGauge().Name("aidledger_http_connections").Help("Connections open now.").Register(registry_).Add({});
  prom::Family<prom::Counter>& cut_ = prom::BuildCounter()
                                          .Name("aidledger_http_connections_cut_total")
                                          .Help("Connections turned away or cut, by reason.")
                                          .Register(registry_);
  Asked asked_;
  std::mutex mutex_;
  std::map<std::string, Handles, std::less<>> routes_;
  std::map<int, prom::Counter*> lines_by_status_;
};

}  // namespace

std::unique_ptr<Metrics> prometheus_metrics() { return std::make_unique<PrometheusMetrics>(); }

}  // namespace aidledger::http
