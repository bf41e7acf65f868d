#include "src/import/run.hpp"

#include <fstream>
#include <sstream>

#include "events/values/ids.hpp"
#include "src/world/world.hpp"

namespace aidledger::import {
namespace {

constexpr std::size_t largest_mapping = 128 * 1024;  // it is adopted as a policy

std::string contents_of(const std::string& path, const char* what) {
  std::ifstream in(path, std::ios::binary);
  std::stringstream out;
  out << in.rdbuf();
  if (!in) throw std::runtime_error("cannot read the " + std::string(what) + " " + path);
  return out.str();
}

Mapping read_mapping(const RunWish& wish) {
  const std::string text = contents_of(wish.map, "mapping");
  if (text.size() > largest_mapping) throw MappingFault(wish.map + ": a mapping may be 128 KiB long");
  try {
    return parse_mapping(text, wish.source);
  } catch (const MappingFault& fault) {
    throw MappingFault(wish.map + ": " + fault.what());
  }
}

}  // namespace

Bytes read_people_key(const std::string& path) {
  if (path.empty())
    throw std::runtime_error("the mapping says that people are called by name: name a file with a secret (people key)");
  Bytes key = contents_of(path, "people key");
  while (!key.empty() && (key.back() == '\n' || key.back() == '\r')) key.pop_back();
  if (key.size() < shortest_people_secret)
    throw std::runtime_error("the people key " + path + " is shorter than 16 bytes");
  return key;
}

Tree run_import(const RunWish& wish, Instant now, ActionSink* sink, const Importer::Progress& progress) {
  ImportSettings settings;
  settings.plan.mapping = read_mapping(wish);
  const Mapping& mapping = settings.plan.mapping;
  settings.plan.zone = world::load_zone(mapping.zone);
  settings.plan.now = now;
  if (mapping.people_by_name) settings.plan.people_secret = read_people_key(wish.people_key);
  settings.dry_run = wish.dry_run;
  settings.keep_hold = wish.keep_hold;
  RejectReport report(wish.report, mapping.format, mapping.delimiter);
  const ImportCounts counts = Importer(settings, sink, report, progress).run(wish.file);
  Tree out = Tree::object();
  out.set("source", mapping.source).set("cases", counts.cases).set("steps", counts.steps).set("dates", counts.dates);
  out.set("clocks", counts.clocks).set("undertakers", counts.undertakers).set("actions", counts.actions);
  out.set("taken", counts.new_records).set("known", counts.already_there).set("rejected", counts.rejected);
  if (!counts.unseen.empty()) out.set("unseen", Tree(TreeList(counts.unseen.begin(), counts.unseen.end())));
  if (counts.rejected > 0 && !wish.report.empty()) out.set("report", wish.report);
  if (!wish.dry_run) out.set("hold", wish.keep_hold ? "open" : "closed");
  return out;
}

}  // namespace aidledger::import
