#include "src/hands.hpp"

#include <filesystem>

#include "src/backup.hpp"
#include "src/catching_up.hpp"
#include "src/cli/outcome.hpp"
#include "src/demonstration/city.hpp"
#include "src/feed_hands.hpp"
#include "src/file_records.hpp"
#include "src/first_start.hpp"
#include "src/import/byte_source.hpp"
#include "src/import/ledger_sink.hpp"
#include "src/import/run.hpp"
#include "src/ledger/verifier.hpp"
#include "src/ledger_tasks.hpp"
#include "src/log/embedded_log.hpp"
#include "src/log_suffix.hpp"
#include "src/reading.hpp"
#include "src/scratch_rows.hpp"
#include "src/serve.hpp"
#include "src/service.hpp"
#include "src/store/rocks_row_store.hpp"
#include "src/told.hpp"
#include "src/vault_hands.hpp"

namespace aidledger {
namespace {

using cli::Exit;
using cli::Failure;
using settings::Settings;

NodeProgress shown(cli::Progress& progress) {
  return {.step = [&](const std::string& step) { progress.step(step); },
          .records = [&](Seq done) { progress.advance(done, 0); },
          .waiting = [&](const std::string& what) { return progress.step("waiting for " + what), true; },
          .line = [&](const std::string& line) { progress.show(line); }};
}

void serve_here(const Settings& settings, const cli::Serving& serving, cli::Terminal& terminal) {
  told([&] {
    cli::Progress progress(terminal);
    ServeWish wish;
    wish.create = serving.create;
    wish.demonstration = serving.demonstration;
    const auto says = [&](const std::string& line) { progress.say(line); };
    serve(settings, wish, terminal.err_is_terminal ? shown(progress) : said_in_lines(says), says);
  });
}

/// The ledger files of a folder that no service has open, as a log to read.
struct OfflineLog {
  explicit OfflineLog(const Settings& settings) : files(open(settings)), log(*files, *commits) {}
  ~OfflineLog() { commits.reset(); }
  static std::unique_ptr<log::LedgerFiles> open(const Settings& settings) {
    static const auto disk = world::real_disk();
    const std::string folder = settings.text("data") + "/log";
    if (!disk->exists(folder)) throw NoLedger("there is no ledger in " + settings.text("data"));
    return log::LedgerFiles::open(*disk, folder);
  }
  std::unique_ptr<log::LedgerFiles> files;
  std::unique_ptr<world::Tasks> commits = world::thread_tasks();
  log::EmbeddedLog log;
};

void events_of(const Settings& settings, std::uint64_t from, const std::function<bool(const Tree&)>& line) {
  told([&] {
    const OfflineLog offline(settings);
    for (Seq seq = from; seq < offline.files->head().next_seq; ++seq)
      for (const auto& one : reading::feed_lines(seq, *offline.files->record(seq)))
        if (!line(one)) return;
  });
}

Tree finding(Seq seq, const std::string& what) { return Tree::object().set("seq", seq).set("what", what); }

/// The rows, where there are any and they can be read.
std::unique_ptr<store::RowStore> rows_in(const std::string& folder, Tree& findings) {
  if (!std::filesystem::exists(folder)) return nullptr;
  try {
    return store::open_rocks_row_store(folder);
  } catch (const store::Damaged& damaged) {
    findings.push(
        Tree::object().set("what", std::string("the rows are damaged: ") + damaged.what() +
                                       "; a start of the service builds them anew, so does aidledger rebuild"));
    return nullptr;
  }
}

ledger::Verified verify_in(const Settings& settings, cli::Progress& progress, Tree& findings) {
  OfflineLog offline(settings);
  progress.step("verifying records");
  const auto end = offline.files->head().next_seq;
  const auto opened = end == 0 ? LedgerOpened{} : ledger::opening_of(*offline.files->record(0));
  const auto rows = rows_in(settings.text("data") + "/rows", findings);
  const auto head = rows ? ledger::decode_head(rows->position()) : std::nullopt;
  const bool complete = head && head->next_seq == end;
  const FileRecords records(*offline.files);
  ScratchRows scratch(scratch_folder(settings.text("data")));
  auto verified = ledger::verify(
      {offline.log, records, complete ? rows.get() : nullptr, [&]() -> store::RowStore& { return scratch.rows(); }},
      opened.ledger, [&](Seq done) { progress.advance(done, end); });
  for (const auto& one : verified.findings) findings.push(finding(one.seq, one.what));
  if (rows && !complete)
    findings.push(finding(head ? head->next_seq : 0,
                          "the rows end before the ledger files do: a start of the service folds the rest"));
  return verified;
}

Tree verify_folder(const Settings& settings, cli::Progress& progress) {
  Tree findings = Tree::list(), result = Tree::object();
  try {
    const auto verified = verify_in(settings, progress, findings);
    result.set("records", verified.records)
        .set("head", to_hex(view_of(verified.head)))
        .set("rows_compared", verified.rows_compared);
  } catch (const log::LogDamaged& damaged) {
    findings.push(finding(damaged.seq, damaged.what()));
  } catch (const world::Locked& error) {
    throw Failure(Exit::unavailable, error.what(), "stop the service first");
  } catch (const NoLedger& error) {
    throw Failure(Exit::not_found, error.what());
  }
  progress.clear();
  const bool intact = findings.as_list()->empty();
  return result.set("intact", intact).set("findings", std::move(findings));
}

Tree rebuild_folder(const Settings& settings, cli::Progress& progress) {
  return told([&] {
    {
      const OfflineLog only_we_have_it(settings);
    }
    Node::forget_rows(node_settings(settings));
    Node node(node_settings(settings), shown(progress));
    node.start();
    const auto view = node.ledger().view();
    std::uint64_t rows = 0;
    view.reader().scan({}, {}, [&](BytesView, BytesView) { return ++rows, true; });
    progress.clear();
    return Tree::object().set("records", view.next_seq()).set("rows", rows);
  });
}

Tree restore_folder(const Settings& settings, const std::string& from, cli::Progress& progress) {
  return told([&] {
    progress.step("verifying the backup");
    const auto summary =
        restore(from, from + "-vault", node_settings(settings), [&](Seq done) { progress.advance(done, 0); });
    progress.clear();
    return Tree::object()
        .set("ledger", summary.ledger)
        .set("records", summary.records)
        .set("head_hash", summary.head_hash)
        .set("verified", true);
  });
}

Tree import_file(const Settings& settings, const cli::ImportWish& asked, cli::Progress& progress) {
  return told_here([&] {
    const import::RunWish wish{
        asked.map,      asked.file,       asked.report.empty() ? asked.file + ".rejected" : asked.report,
        asked.source,   asked.people_key, asked.dry_run,
        asked.keep_hold};
    const auto run = [&](import::ActionSink* sink) {
      progress.step(wish.dry_run ? "reading (dry run)" : "importing");
      auto figures = import::run_import(wish, world::system_clock()->now(), sink,
                                        [&](const import::ImportCounts& counts) { progress.advance(counts.steps, 0); });
      progress.clear();
      return figures;
    };
    if (asked.dry_run) return run(nullptr);
    if (asked.sink) {
      import::LinesSink sink(asked.sink);
      return run(&sink);
    }
    Node node(node_settings(settings), shown(progress));
    node.start();
    import::LedgerSink sink(node.ledger(),
                            {"operator", "operator", {Role::operator_}, node.opened().ledger, {}, {}, {}, {}});
    return run(&sink);
  });
}

Failure failure_of(const http::No& no) {
  if (no.kind == http::No::Kind::unavailable) return Failure(Exit::unavailable, no.detail);
  return Failure(Exit::usage, no.problems.empty() ? no.refusal.detail : no.problems.front().text);
}

Tree add_token(const Settings& settings, const Tree& body) {
  return told_here([&] {
    Node node(node_settings(settings), {});
    node.start();
    NodeService service(node);
    http::Call call;
    call.operation = http::Operation::add_token;
    call.caller = std::make_shared<const Principal>(
        Principal{"operator", "operator", {Role::operator_}, node.opened().ledger, {}, {}, {}, {}});
    call.body = body;
    auto reply = service.call(call);
    if (!reply) throw failure_of(reply.error());
    return reply->body;
  });
}

/// The year ends yesterday, or with the last day whose working days are known: without them no grade becomes final.
demonstration::CityWish city_of(const cli::DemoWish& asked, Instant now, const Zone& zone) {
  demonstration::CityWish wish;
  wish.seed = asked.seed;
  wish.cases = static_cast<int>(asked.cases);
  wish.undertakers = static_cast<int>(asked.undertakers);
  const Date known_to = *parse_date(std::to_string(last_shipped_year(find_config_folder())) + "-12-31");
  const Date latest = std::min(zone.local_date(now) + -1, known_to);
  wish.last_day = latest;
  if (asked.end_date.empty()) return wish;
  const auto day = parse_date(asked.end_date);
  if (!day || latest < *day) throw Failure(Exit::usage, "--end takes a date like " + to_text(latest) + " or before");
  wish.last_day = *day;
  return wish;
}

/// A new demonstration ledger, its year told with the timekeeper at rest.
Tree make_city(const Settings& settings, const cli::DemoWish& asked, cli::Progress& progress) {
  return told([&] {
    const Zone zone = world::load_zone(settings.text("zone"));
    const auto wish = city_of(asked, world::system_clock()->now(), zone);
    NodeSettings to = node_settings(settings);
    to.create = true;
    to.timekeeper = false;
    to.purpose = LedgerPurpose::demonstration;
    to.first_recorded_at = demonstration::first_moment(wish, zone);
    Node node(to, shown(progress), settings.text("ledger"));
    if (!node.created())
      throw Failure(Exit::conflict,
                    "the folder " + to.data + " holds a ledger already: a city is told in an empty one only");
    node.start();
    adopt_shipped(node, find_config_folder(), to.first_recorded_at);
    progress.step("telling the year, in days");
    const auto summary = demonstration::fill_city(node.ledger(), wish, [&](int day, int days) {
      progress.advance(static_cast<std::uint64_t>(day), static_cast<std::uint64_t>(days));
    });
    progress.clear();
    if (summary.refused > 0)
      throw Failure(Exit::check_failed, std::to_string(summary.refused) +
                                            " actions of the story were refused; the first: " + summary.first_refusal);
    ensure_operator_token(node, operator_token_path(settings));
    return Tree::object()
        .set("ledger", node.opened().ledger)
        .set("cases", summary.cases)
        .set("undertakers", summary.undertakers)
        .set("records", node.ledger().health().next_seq);
  });
}

Tree create_ledger(const Settings& settings, bool really, cli::Progress& progress) {
  return told([&] { return create_in_kafka(settings, {really, shown(progress)}); });
}

Tree move_ledger(const Settings& settings, bool really, cli::Progress& progress) {
  return told([&] { return move_to_kafka(settings, {really, shown(progress)}); });
}

Tree repair(const Settings& settings, bool really, const std::string& first, const std::string& second,
            cli::Progress& progress) {
  return told([&] { return repair_log(settings, {really, shown(progress)}, {first, second}); });
}

Tree pass_over(const Settings& settings, bool really, const std::string& first, const std::string& second,
               const std::string& hash, const std::string& reason, cli::Progress& progress) {
  return told([&] { return pass_poison(settings, {really, shown(progress)}, {first, second}, {hash, reason}); });
}

}  // namespace

cli::Hands make_hands() {
  cli::Hands hands;
  hands.serve = serve_here;
  hands.events = events_of;
  hands.verify = verify_folder;
  hands.rebuild = rebuild_folder;
  hands.restore = restore_folder;
  hands.import = import_file;
  hands.add_token = add_token;
  hands.demo = make_city;
  hands.create_ledger = create_ledger;
  hands.move_ledger = move_ledger;
  hands.repair_log = repair;
  hands.pass_poison = pass_over;
  hands.node_key = [](const Settings& settings) { return told([&] { return node_key(settings); }); };
  add_feed_hands(hands);
  add_vault_hands(hands);
  return hands;
}

}  // namespace aidledger
