#include "src/import/unseen.hpp"

namespace aidledger::import {

Unseen::Unseen(const Mapping& mapping) : activity_column_(mapping.activity_column) {
  columns_ = {mapping.record_column, mapping.undertaker_column, mapping.performer_column, mapping.supervisor_column,
              mapping.type_column};
  columns_.insert(mapping.details.begin(), mapping.details.end());
  for (const auto& clock : mapping.clocks) {
    columns_.insert(clock.due), columns_.insert(clock.met);
    if (!clock.from.empty()) activities_.insert(clock.from);
    activities_.insert(clock.met_by.begin(), clock.met_by.end());
  }
  for (const auto& action : mapping.actions) {
    activities_.insert(action.activity);
    for (const auto& [field, column] : action.columns) columns_.insert(column);
  }
  columns_.erase(std::string());
}

void Unseen::see(const SourceCase& source) {
  if (columns_.empty() && activities_.empty()) return;
  std::erase_if(columns_, [&](const auto& column) { return value_of(source.attributes, column).has_value(); });
  for (const auto& event : source.events) {
    std::erase_if(columns_, [&](const auto& column) { return value_of(event.attributes, column).has_value(); });
    if (activities_.empty()) continue;
    const auto activity = value_of(event.attributes, activity_column_);
    const auto found = activities_.find(activity.value_or(std::string_view()));
    if (found != activities_.end()) activities_.erase(found);
  }
}

std::vector<std::string> Unseen::names() const {
  std::vector<std::string> all;
  for (const auto& column : columns_) all.push_back("column " + column);
  for (const auto& activity : activities_) all.push_back("activity " + activity);
  return all;
}

}  // namespace aidledger::import
