// Reads a zone once and keeps its changes as a value; after that no tz library is asked again.
#define USE_OS_TZDB 1
#define HAS_REMOTE_API 0
#include <date/tz.h>

#include <stdexcept>

#include "src/world/world.hpp"

namespace aidledger::world {
namespace {

const date::time_zone* find_zone(const std::string& name) {
  try {
    return date::locate_zone(name);
  } catch (const std::exception&) {
    throw std::runtime_error("no time zone '" + name + "' in the system's tz database");
  }
}

}  // namespace

Zone load_zone(const std::string& name) {
  using date::sys_days;
  using std::chrono::seconds;
  const date::time_zone* zone = find_zone(name);
  Zone out;
  out.name = name;
  date::sys_seconds at = sys_days{date::year{1900} / 1 / 1};
  const date::sys_seconds end = sys_days{date::year{2100} / 1 / 1};
  while (at < end) {
    const date::sys_info info = zone->get_info(at);
    const auto offset = static_cast<std::int32_t>(info.offset.count());
    if (out.changes.empty() || out.changes.back().offset_seconds != offset) {
      out.changes.push_back({Instant{at.time_since_epoch().count() * 1'000'000}, offset});
    }
    if (info.end <= at) break;
    at = info.end;
  }
  return out;
}

}  // namespace aidledger::world
