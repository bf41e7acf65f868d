#include "src/feed_hands.hpp"

#include "src/feed/asyncapi.hpp"
#include "src/feed/file_feed.hpp"
#include "src/feed/schemas.hpp"
#include "src/feeding.hpp"
#include "src/json/json.hpp"
#include "src/kafka_feed_port.hpp"
#include "src/serve.hpp"
#include "src/told.hpp"

namespace aidledger {
namespace {

using cli::Exit;
using cli::Failure;
using settings::Settings;

Tree event_tree(const std::optional<EventRef>& event) { return event ? Tree(to_text(*event)) : Tree(); }

/// The ledger whose events lie in a folder; empty where none do.
std::string ledger_of(world::Disk& disk, const std::string& folder) {
  static const std::string head = "aidledger.events.", tail = ".v1.ndjson";
  if (!disk.exists(folder)) return {};
  for (const auto& name : disk.list(folder))
    if (name.starts_with(head) && name.ends_with(tail) && name.size() > head.size() + tail.size())
      return name.substr(head.size(), name.size() - head.size() - tail.size());
  return {};
}

/// Null where a service has the ledger open, or there is none.
Tree ledger_next_seq(world::Disk& disk, const Settings& settings) {
  const std::string folder = settings.text("data") + "/log";
  if (!disk.exists(folder)) return {};
  try {
    return log::LedgerFiles::open(disk, folder)->head().next_seq;
  } catch (const world::Locked&) {
    return {};
  }
}

Tree last_event_in_kafka(const Settings& settings) {
  const auto kafka = kafka_settings(settings);
  KafkaFeedPort port({kafka.kafka, kafka.accept_single_copy}, settings.text("ledger"));
  const feed::Tail tail = port.tail();
  if (!tail.known) throw Failure(Exit::unavailable, port.failing());
  return event_tree(tail.last);
}

Tree status(const Settings& settings) {
  return told([&] {
    const auto disk = world::real_disk();
    const std::string& place = settings.text("feed.place");
    const std::string folder = feed_folder(settings);
    Tree found = Tree::object().set("place", place);
    if (place == "kafka")
      found.set("topic", feed::events_topic(settings.text("ledger"))).set("last_event", last_event_in_kafka(settings));
    else
      found.set("folder", folder)
          .set("last_event", event_tree(feed::last_event_in(*disk, folder, ledger_of(*disk, folder))));
    return found.set("ledger_next_seq", ledger_next_seq(*disk, settings));
  });
}

/// Replaces the feed in place: the events last, for their tail says how far the feed is.
void move_feed(world::Disk& disk, const std::string& from, const std::string& to) {
  disk.make_folder(to);
  std::vector<std::string> names;
  for (const auto& name : disk.list(from))
    if (name.ends_with(".ndjson"))
      names.insert(name.starts_with("aidledger.events.") ? names.end() : names.begin(), name);
  for (const auto& name : names) disk.rename(from + "/" + name, to + "/" + name);
  disk.sync_folder(to);
}

void forget_feed(world::Disk& disk, const std::string& folder) {
  if (!disk.exists(folder)) return;
  for (const auto& name : disk.list(folder)) disk.remove(folder + "/" + name);
}

Tree rebuild(const Settings& settings, const std::string& to, cli::Progress& progress) {
  return told([&] {
    NodeSettings of = node_settings(settings);
    of.timekeeper = false;
    Node node(of,
              {[&](const std::string& step) { progress.step(step); }, [&](Seq done) { progress.advance(done, 0); }});
    node.start();
    const std::string place = feed_folder(settings), folder = to.empty() ? place + ".new" : to;
    if (to.empty())
      forget_feed(node.disk(), folder);
    else if (!ledger_of(node.disk(), to).empty())
      throw Failure(Exit::conflict, "there is a feed in " + to + " already", "name a new or empty folder");
    progress.step("telling the feed");
    const Seq end = node.ledger().health().next_seq;
    const Seq next = tell_feed(node, settings, folder, [&](Seq done) { progress.advance(done, end); });
    if (to.empty()) move_feed(node.disk(), folder, place);
    progress.clear();
    const std::string there = to.empty() ? place : to;
    return Tree::object()
        .set("folder", there)
        .set("records", next)
        .set("last_event", event_tree(feed::last_event_in(node.disk(), there, node.opened().ledger)));
  });
}

void write_schema(world::Disk& disk, const std::string& folder, const std::string& name, const Tree& schema) {
  disk.make_folder(folder);
  world::replace_file(disk, folder + "/" + name, json::pretty(schema) + "\n");
}

Tree write_schemas(const Settings& settings, const std::string& folder) {
  return told([&] {
    const auto disk = world::real_disk();
    const std::string base = feed_terms(settings).schema_base;
    for (const auto& view : feed::all_public_views()) {
      const std::string uri = feed::data_schema_uri(*view.type, ""), slash = "/";
      const auto last = uri.rfind('/');
      write_schema(*disk, folder + uri.substr(0, last), uri.substr(last + 1) + ".json", feed::data_schema(view, base));
    }
    write_schema(*disk, folder + "/event", "1.json", feed::event_schema(base));
    return Tree::object()
        .set("folder", folder)
        .set("schemas", static_cast<std::int64_t>(feed::all_public_views().size() + 1));
  });
}

}  // namespace

void add_feed_hands(cli::Hands& hands) {
  hands.feed_status = status;
  hands.feed_rebuild = rebuild;
  hands.feed_schemas = write_schemas;
  hands.feed_asyncapi = [](const Settings& settings) { return feed::asyncapi(feed_terms(settings).schema_base); };
}

}  // namespace aidledger
