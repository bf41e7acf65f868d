#include "src/import/importer.hpp"

#include "events/tree_codec.hpp"
#include "src/import/byte_source.hpp"
#include "src/import/case_reader.hpp"
#include "src/import/identity.hpp"
#include "src/rules/governance.hpp"
#include "src/rules/imports.hpp"

namespace aidledger::import {
namespace {

using Kind = ActionResult::Kind;

constexpr std::size_t actions_of_a_batch = 500;
constexpr std::size_t items_of_a_batch = 4'000;

template <class A>
OutgoingAction outgoing(std::string action_id, Instant occurred_at, const A& action) {
  return {std::string(A::name), std::move(action_id), occurred_at, to_tree(action)};
}

std::optional<PersonId> person(const std::string& id) {
  return id.empty() ? std::nullopt : std::optional(PersonId{id});
}

rules::ImportedItem imported(const PlannedItem& item) {
  rules::ImportedItem out;
  out.kind = item.is_date ? rules::ImportedKind::date : rules::ImportedKind::step;
  out.identity = item.identity, out.name = item.name, out.at = item.at, out.on = item.on;
  out.performer = person(item.performer), out.supervisor = person(item.supervisor);
  for (const auto& detail : item.details) out.details.push_back({detail.name, detail.value});
  for (const auto& start : item.starts) out.starts.push_back({start.clock, start.days, start.unit, start.due});
  out.meets = item.meets;
  return out;
}

/// An id that no earlier run used: opening and closing a hold are decisions of this run.
std::string id_of_run(const PlanSettings& plan, std::string_view what) {
  return "imp-" + identity_of({plan.mapping.source, what, to_text(plan.now)});
}

[[noreturn]] void stop(const ActionResult& result) {
  throw ImportStopped(result.refusal + (result.refusal.empty() ? "" : ": ") + result.detail);
}

/// A run cannot go on without these; where one holds already (a conflict says so, or the refusal named), that is well.
void must_hold(const ActionResult& result, std::string_view held) {
  const bool holds = result.kind == Kind::accepted || result.kind == Kind::already || result.kind == Kind::conflict ||
                     (result.kind == Kind::refused && result.refusal == held);
  if (!holds) stop(result);
}

}  // namespace

OutgoingAction import_case_action(const PlannedPart& part, const Mapping& mapping) {
  rules::ImportCase action;
  action.case_id = {part.case_id}, action.source = {mapping.source}, action.source_key = part.case_key;
  action.zone = mapping.zone, action.calendar = mapping.calendar, action.case_type = part.type;
  action.mapping = policy_of(mapping);
  if (!part.undertaker.empty()) action.undertaker = UndertakerId{part.undertaker};
  for (const auto& item : part.items) action.items.push_back(imported(item));
  return outgoing(part.action_id, part.opened_at, action);
}

Importer::Importer(const ImportSettings& settings, ActionSink* sink, RejectReport& report, Progress progress)
    : settings_(settings),
      sink_(settings.dry_run ? nullptr : sink),
      report_(report),
      progress_(std::move(progress)),
      unseen_(mapping()) {}

ImportCounts Importer::run(const std::string& path) {
  if (mapping().people_by_name && settings_.plan.people_secret.size() < shortest_people_secret)
    throw MappingFault("the mapping says that people are called by name: that takes a secret of 16 bytes or more");
  const auto rejected = [this](const Rejected& line) { report_.add(line); };
  const auto reader = read_cases(path, mapping(), {}, rejected);
  report_.columns(reader->columns());
  begin();
  try {
    while (auto next = reader->next()) take(std::move(*next));
  } catch (const InputDamaged&) {
    flush();  // what was read before the damage stands
    report_.close();
    throw;
  }
  flush();
  end();
  report_.close();
  counts_.rejected = report_.count();
  counts_.unseen = unseen_.names();
  return counts_;
}

ActionResult Importer::ask(const OutgoingAction& action) { return sink_->submit({action}).at(0); }

void Importer::begin() {
  if (sink_ == nullptr) return;
  const Instant now = settings_.plan.now;
  const PolicyRef adopted = policy_of(mapping());
  const rules::AdoptPolicy adopt{adopted.name, adopted.version, settings_.plan.zone.local_date(now), mapping().text,
                                 "the mapping of an import"};
  const auto id = "imp-" + identity_of({"adopt", adopted.name, adopted.version});
  must_hold(ask(outgoing(id, now, adopt)), rules::version_exists.name);
  const rules::OpenClockHold open{{mapping().source}};
  must_hold(ask(outgoing(id_of_run(settings_.plan, "open"), now, open)), rules::hold_open.name);
}

void Importer::end() {
  if (sink_ == nullptr || settings_.keep_hold) return;
  const rules::CloseClockHold close{{mapping().source}};
  must_hold(ask(outgoing(id_of_run(settings_.plan, "close"), settings_.plan.now, close)), rules::hold_not_open.name);
}

void Importer::take(SourceCase read) {
  const auto source = std::make_shared<const SourceCase>(std::move(read));
  unseen_.see(*source);
  CasePlan plan = plan_case(*source, settings_.plan);
  for (const auto& rejected : plan.rejected) report_.add(rejected);
  counts_.rejected = report_.count();
  if (!plan.parts.empty() || !plan.actions.empty()) ++counts_.cases;
  if (plan.undertaker && undertakers_.insert(plan.undertaker->id).second) {
    ++counts_.undertakers;
    const rules::ImportUndertaker action{{plan.undertaker->id}, {mapping().source}};
    wait_for({outgoing(plan.undertaker->action_id, plan.undertaker->seen_at, action), source, 0, nullptr, true});
  }
  for (auto& part : plan.parts) take_part(std::move(part), source);
  for (const auto& action : plan.actions) {
    ++counts_.actions;
    wait_for({{action.action, action.action_id, action.at, action.data}, source, action.event});
  }
}

void Importer::take_part(PlannedPart part, const std::shared_ptr<const SourceCase>& source) {
  for (const auto& item : part.items) {
    ++(item.is_date ? counts_.dates : counts_.steps);
    if (!item.starts.empty()) ++counts_.clocks;
  }
  if (sink_ == nullptr) return;
  const auto kept = std::make_shared<const PlannedPart>(std::move(part));
  wait_for({import_case_action(*kept, mapping()), source, 0, kept});
}

void Importer::wait_for(Waiting waiting) {
  if (sink_ == nullptr) return;
  waiting_items_ += waiting.part ? waiting.part->items.size() : 1;
  waiting_.push_back(std::move(waiting));
  if (waiting_.size() >= actions_of_a_batch || waiting_items_ >= items_of_a_batch) flush();
}

void Importer::flush() {
  const auto batch = std::exchange(waiting_, {});
  waiting_items_ = 0;
  std::vector<OutgoingAction> actions;
  actions.reserve(batch.size());
  for (const auto& waiting : batch) actions.push_back(waiting.action);
  if (!actions.empty()) {
    const auto results = sink_->submit(actions);
    for (std::size_t i = 0; i < batch.size(); ++i) answered(batch[i], results.at(i));
  }
  if (progress_) progress_(counts_);
}

void Importer::answered(const Waiting& waiting, const ActionResult& result) {
  if (result.kind == Kind::failed) stop(result);
  if (result.kind == Kind::accepted) {
    ++counts_.new_records;
  } else if (result.kind == Kind::already || result.refusal == rules::nothing_new.name ||
             (waiting.names_someone && result.kind == Kind::conflict)) {
    ++counts_.already_there;
  } else if (waiting.part && waiting.part->items.size() > 1) {
    try_one_by_one(waiting);
  } else {
    reject(waiting, result);
  }
}

/// One item of a part was refused: the others are recorded all the same.
void Importer::try_one_by_one(const Waiting& waiting) {
  for (const auto& item : waiting.part->items) {
    PlannedPart one = *waiting.part;
    one.items = {item};
    one.action_id = action_id_of(one, mapping());
    const auto part = std::make_shared<const PlannedPart>(std::move(one));
    const Waiting again{import_case_action(*part, mapping()), waiting.source, item.event, part};
    answered(again, ask(again.action));
  }
}

void Importer::reject(const Waiting& waiting, const ActionResult& result) {
  const bool of_part = waiting.part && !waiting.part->items.empty();
  const auto& event = waiting.source->events.at(of_part ? waiting.part->items.front().event : waiting.event);
  const std::string why =
      result.kind == Kind::conflict ? "recorded before with another content" : "refused: " + result.refusal;
  report_.add({event.line,
               why + (result.detail.empty() ? "" : ": " + result.detail),
               waiting.source->key,
               waiting.source->attributes,
               event.attributes,
               {}});
  counts_.rejected = report_.count();
}

}  // namespace aidledger::import
