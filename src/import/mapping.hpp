#pragma once
// The mapping file: what another system's columns and activities mean here. config/imports/*.toml are examples with
// every key explained.
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "events/event.hpp"

namespace aidledger::import {

/// The mapping cannot be used; the sentence names the key and what is wrong with it.
struct MappingFault : std::runtime_error {
  using std::runtime_error::runtime_error;
};

enum class InputFormat { csv, xes };

/// A clock of the imported cases. Either (a) it starts with an activity and runs for some days, or (b) a column gives
/// the last date.
struct MappedClock {
  std::string name;
  std::string from;                 ///< (a) the activity that starts it
  std::int32_t days = 0;            ///< (a) its length; day 1 is the day after
  DayUnit unit = DayUnit::natural;  ///< (a)
  std::vector<std::string> met_by;  ///< (a) activities that meet it; none: it can only fall due
  std::string due;                  ///< (b) the column with the last moment or date in time, compared by local date
  std::string met;  ///< (b) the column with the moment at which it was done; empty values mean "not yet"
};

/// An activity that is an action of this ledger rather than a named step.
struct MappedAction {
  std::string activity;
  std::string action;                                        ///< e.g. conclude-case
  std::vector<std::pair<std::string, Tree>> fields;          ///< fixed values by field
  std::vector<std::pair<std::string, std::string>> columns;  ///< fields that take the text of a column
};

struct Mapping {
  std::string name;      ///< part of every import identity, like `source`: must not change between runs
  std::string source;    ///< the system or file that the histories come from
  std::string text;      ///< the file, whole
  std::string version;   ///< 12 hexadecimal digits of the text's hash
  std::string zone;      ///< IANA name: local dates, and times written without an offset
  std::string calendar;  ///< for clocks in working days: cn-mainland, or none (weekends only)
  InputFormat format = InputFormat::csv;
  char delimiter = ',';
  bool grouped = false;
  std::string encoding = "UTF-8";

  std::string case_column, activity_column, time_column;
  std::string time_format = "iso";
  std::string record_column;      ///< the source's own id of an event; empty: case and time stand for it
  std::string undertaker_column;  ///< who answers for the case
  std::string performer_column, supervisor_column;  ///< of one step
  std::string type_column, type;                    ///< case type: from a column, or fixed
  std::vector<std::string> details;        ///< columns kept with each step, in clear: name none with personal data
  std::string case_prefix, person_prefix;  ///< put before the source's ids; by default the source's name and a dot

  /// The source calls people by name rather than by number: their ids here must not show it.
  bool people_by_name = false;

  std::vector<MappedClock> clocks;
  std::vector<MappedAction> actions;
};

/// The policy under which the mapping is adopted, so that the ledger alone explains the clocks of an import.
PolicyRef policy_of(const Mapping& mapping);

/// Throws MappingFault.
/// Where `source` is given it stands for the file's source name, and the prefixes that follow from it: another
/// file of the same shape.
Mapping parse_mapping(std::string_view toml, const std::string& source = {});

}  // namespace aidledger::import
