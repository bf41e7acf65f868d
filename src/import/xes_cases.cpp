#include "src/import/xes_cases.hpp"

#include <expat.h>

#include <deque>
#include <vector>

namespace aidledger::import {
namespace {

constexpr int feed_bytes = 64 * 1024;
constexpr std::string_view own_attributes = "aidledger:";

std::string_view local_name(const char* name) {
  const std::string_view text(name);
  const auto colon = text.rfind(':');
  return colon == std::string_view::npos ? text : text.substr(colon + 1);
}

bool is_attribute(std::string_view element) {
  return element == "string" || element == "date" || element == "int" || element == "float" || element == "boolean" ||
         element == "id";
}

class XesCases final : public CaseReader {
 public:
  XesCases(std::unique_ptr<ByteSource> source, std::string case_column, InputLimits limits, OnRejected rejected)
      : source_(std::move(source)),
        case_column_(std::move(case_column)),
        limits_(limits),
        rejected_(std::move(rejected)),
        parser_(XML_ParserCreate(nullptr), &XML_ParserFree) {
    XML_SetUserData(parser_.get(), this);
    XML_SetElementHandler(
        parser_.get(),
        [](void* self, const char* name, const char** pairs) {
          static_cast<XesCases*>(self)->open(local_name(name), pairs);
        },
        [](void* self, const char* name) { static_cast<XesCases*>(self)->close(local_name(name)); });
    XML_SetStartDoctypeDeclHandler(parser_.get(), [](void* self, const char*, const char*, const char*, int) {
      static_cast<XesCases*>(self)->stop("a document type declaration is not taken");
    });
  }

  std::optional<SourceCase> next() override {
    while (ready_.empty() && !ended_) {
      feed();
      report();
    }
    if (ready_.empty() && !damage_.empty()) throw InputDamaged(damage_);
    if (ready_.empty()) return std::nullopt;
    SourceCase out = std::move(ready_.front());
    ready_.pop_front();
    return out;
  }

 private:
  enum class Place { outside, trace, event };

  void feed() {
    void* into = XML_GetBuffer(parser_.get(), feed_bytes);
    if (into == nullptr) throw std::bad_alloc();
    const std::size_t got = source_->read(static_cast<char*>(into), feed_bytes);
    ended_ = got == 0;
    if (XML_ParseBuffer(parser_.get(), static_cast<int>(got), ended_) == XML_STATUS_OK) return check_progress(got);
    ended_ = true;
    damage_ = "line " + std::to_string(line()) + ": " +
              (damage_.empty() ? "not well-formed XML: " + std::string(XML_ErrorString(XML_GetErrorCode(parser_.get())))
                               : damage_);
  }

  /// expat keeps an unfinished tag whole: a tag that does not end must not fill the memory.
  void check_progress(std::size_t got) {
    unfinished_bytes_ = moved_ ? 0 : unfinished_bytes_ + got;
    moved_ = false;
    if (unfinished_bytes_ > limits_.row_bytes)
      throw InputDamaged("line " + std::to_string(line()) + ": an element larger than its limit");
  }

  void open(std::string_view element, const char** pairs) {
    moved_ = true;
    if (++depth_ > limits_.nesting) return stop("elements nested deeper than the limit");
    if (skip_below_ != 0) return;
    if (depth_ == 1) return element == "log" ? void() : stop("not an XES log: its root is not <log>");
    if (element == "trace" && place_ == Place::outside && depth_ == 2) return begin_trace();
    if (element == "event" && place_ != Place::event) return begin_event();
    if (place_ != Place::outside && is_attribute(element)) keep(pairs);
    skip_below_ = depth_;
  }

  void close(std::string_view element) {
    moved_ = true;
    if (skip_below_ == depth_) {
      skip_below_ = 0;
    } else if (skip_below_ == 0) {
      if (element == "event") end_event();
      if (element == "trace") end_trace();
    }
    --depth_;
  }

  void begin_trace() {
    place_ = Place::trace;
    case_ = {};
    case_.line = line();
    case_bytes_ = 0;
  }

  void begin_event() {
    stray_ = place_ == Place::outside;
    place_ = Place::event;
    event_ = {};
    event_.line = line();
  }

  void keep(const char** pairs) {
    std::string_view key, value;
    for (; *pairs != nullptr; pairs += 2) {
      if (std::string_view(pairs[0]) == "key") key = pairs[1];
      if (std::string_view(pairs[0]) == "value") value = pairs[1];
    }
    if (key.empty() || key.starts_with(own_attributes)) return;
    if (value.size() > limits_.field_bytes) return stop("an attribute value larger than its limit");
    case_bytes_ += key.size() + value.size() + sizeof(Attribute);
    if (case_bytes_ > 2 * limits_.case_bytes) return;
    if (place_ == Place::event)
      event_.attributes.push_back({std::string(key), std::string(value)});
    else
      case_.attributes.push_back({"case:" + std::string(key), std::string(value)});
  }

  void end_event() {
    if (stray_) {
      place_ = Place::outside;
      return reject_event("the event stands outside a trace");
    }
    place_ = Place::trace;
    if (case_.events.size() == limits_.events_of_a_case || case_bytes_ > limits_.case_bytes)
      return reject_event("the case has more events than can be taken");
    case_.events.push_back(std::move(event_));
  }

  void end_trace() {
    place_ = Place::outside;
    case_.key = std::string(value_of(case_.attributes, case_column_).value_or(""));
    if (!case_.key.empty() && !case_.events.empty()) {
      ready_.push_back(std::move(case_));
      return;
    }
    const std::string reason =
        case_.key.empty() ? "the trace has no '" + case_column_ + "'" : "the trace has no events";
    if (case_.events.empty()) return refuse({case_.line, reason, case_.key, case_.attributes, {}, {}});
    for (auto& event : case_.events)
      refuse({event.line, reason, case_.key, case_.attributes, std::move(event.attributes), {}});
  }

  void reject_event(const std::string& reason) {
    const bool inside = place_ == Place::trace;
    const auto key = inside ? value_of(case_.attributes, case_column_).value_or("") : std::string_view();
    refuse({event_.line,
            reason,
            std::string(key),
            inside ? case_.attributes : Attributes{},
            std::move(event_.attributes),
            {}});
  }

  void refuse(Rejected rejected) { refused_.push_back(std::move(rejected)); }

  /// Outside the parser's callbacks: what is called may throw, and expat is C.
  void report() {
    for (const auto& rejected : refused_) rejected_(rejected);
    refused_.clear();
  }

  void stop(std::string why) {
    if (!damage_.empty()) return;
    damage_ = std::move(why);
    XML_StopParser(parser_.get(), XML_FALSE);
  }

  std::uint64_t line() const { return XML_GetCurrentLineNumber(parser_.get()); }

  std::unique_ptr<ByteSource> source_;
  std::string case_column_;
  InputLimits limits_;
  OnRejected rejected_;
  std::unique_ptr<XML_ParserStruct, decltype(&XML_ParserFree)> parser_;
  std::deque<SourceCase> ready_;
  std::vector<Rejected> refused_;
  SourceCase case_;
  SourceEvent event_;
  Place place_ = Place::outside;
  bool stray_ = false;
  bool moved_ = false;
  bool ended_ = false;
  std::size_t depth_ = 0;
  std::size_t skip_below_ = 0;
  std::size_t case_bytes_ = 0;
  std::size_t unfinished_bytes_ = 0;
  std::string damage_;
};

}  // namespace

std::unique_ptr<CaseReader> read_xes_cases(std::unique_ptr<ByteSource> source, std::string case_column,
                                           InputLimits limits, OnRejected rejected) {
  return std::make_unique<XesCases>(std::move(source), std::move(case_column), limits, std::move(rejected));
}

}  // namespace aidledger::import
