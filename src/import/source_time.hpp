#pragma once
// How other systems write a moment. A local time without offset is read in the mapping's zone.
#include <optional>
#include <string>
#include <string_view>

#include "events/values/time.hpp"

namespace aidledger::import {

/// `format` is "iso" (ISO 8601 / RFC 3339: date, T or space, time, fraction, Z or +hh:mm, +hhmm, +hh; time and offset
/// may be missing), "unix" or "unix-ms" (seconds or milliseconds since 1970), or a pattern of %Y %m %d %H %M %S %f
/// (fraction) %z %b (Jan ...) and plain characters. A date alone is its first moment. Of a local time that occurred
/// twice the first is taken; one that never occurred (the hour that spring skips), and anything else that does not fit,
/// gives nothing.
std::optional<Instant> parse_source_time(std::string_view text, std::string_view format, const Zone& zone);

/// Empty when `format` can be used, otherwise what is wrong with it.
std::string fault_of_time_format(std::string_view format);

}  // namespace aidledger::import
