#include "src/http/action_lines.hpp"

namespace aidledger::http {
namespace {

bool is_blank(std::string_view line) { return line.find_first_not_of(" \t\r") == std::string_view::npos; }

}  // namespace

ActionLines::ActionLines(Desk& desk, Metrics& metrics, LineContext context, LineBounds bounds,
                         std::function<std::int64_t()> now_us, std::function<void()> wake)
    : desk_(desk), metrics_(metrics), context_(std::move(context)), bounds_(bounds), now_us_(std::move(now_us)) {
  shared_->wake = std::move(wake);
}

std::size_t ActionLines::feed(std::string_view bytes) {
  std::size_t ended = 0;
  while (!bytes.empty()) {
    const auto newline = bytes.find('\n');
    const auto piece = bytes.substr(0, newline);
    too_long_ = too_long_ || partial_.size() + piece.size() > bounds_.line_bytes;
    if (too_long_)
      partial_.clear();
    else
      partial_.append(piece);
    if (newline == std::string_view::npos) break;
    end_line();
    ++ended;
    bytes.remove_prefix(newline + 1);
  }
  return ended;
}

void ActionLines::finish() {
  if (!partial_.empty() || too_long_) end_line();
  finished_ = true;
}

void ActionLines::break_off(const ProblemKind& kind) {
  ++lines_;
  settle(*shared_, *open_slot(), std::unexpected(details_of(kind, "the lines from here on were not taken")));
  finished_ = true;
}

void ActionLines::end_line() {
  ++lines_;
  if (too_long_) {
    const auto longest = "a line may be " + std::to_string(bounds_.line_bytes) + " bytes long";
    settle(*shared_, *open_slot(), std::unexpected(details_of(problem::line_too_long, longest)));
  } else if (!is_blank(partial_)) {
    submit(partial_);
  }
  partial_.clear();
  too_long_ = false;
}

std::shared_ptr<ActionLines::Slot> ActionLines::open_slot() {
  auto slot = std::make_shared<Slot>();
  slot->line = lines_;
  const std::lock_guard lock(shared_->mutex);
  shared_->slots.push_back(slot);
  return slot;
}

void ActionLines::submit(std::string_view text) {
  const auto slot = open_slot();
  std::string found_id;
  const auto then = [shared = shared_, slot](Decided decided) { settle(*shared, *slot, std::move(decided)); };
  try {
    desk_.hand_in(now_us_(), context_.caller, context_.ledger, text, {}, found_id, then);
  } catch (const std::exception&) {
    then(std::unexpected(details_of(problem::internal)));
  }
  const std::lock_guard lock(shared_->mutex);
  slot->action_id = std::move(found_id);
}

void ActionLines::settle(Shared& shared, Slot& slot, Decided decided) {
  {
    const std::lock_guard lock(shared.mutex);
    if (slot.decided) return;
    slot.decided = std::move(decided);
    if (shared.woken || shared.slots.empty() || shared.slots.front().get() != &slot) return;
    shared.woken = true;
  }
  shared.wake();
}

bool ActionLines::wants_more() const {
  const std::lock_guard lock(shared_->mutex);
  return !finished_ && shared_->slots.size() < bounds_.in_flight;
}

std::string ActionLines::take() {
  std::string out;
  while (out.size() < bounds_.take_bytes) {
    std::shared_ptr<Slot> slot;
    {
      const std::lock_guard lock(shared_->mutex);
      shared_->woken = false;
      if (shared_->slots.empty() || !shared_->slots.front()->decided) break;
      slot = std::move(shared_->slots.front());
      shared_->slots.pop_front();
    }
    metrics_.line_answered(status_of(*slot->decided));
    out += print(*slot);
    out += '\n';
  }
  return out;
}

bool ActionLines::done() const {
  const std::lock_guard lock(shared_->mutex);
  return finished_ && shared_->slots.empty();
}

std::string ActionLines::print(const Slot& slot) const {
  Tree line = Tree::object().set("line", static_cast<std::int64_t>(slot.line));
  if (!slot.action_id.empty()) line.set("action_id", slot.action_id);
  line.set("status", status_of(*slot.decided));
  if (!*slot.decided) {
    line.set("problem", slot.decided->error().tree(context_.request_id, ""));
  } else
    try {
      line.set("answer", body_of(**slot.decided));
    } catch (const std::exception&) {
      line.set("status", problem::internal.status);
      line.set("problem", details_of(problem::internal).tree(context_.request_id, ""));
    }
  return json::print(line);
}

}  // namespace aidledger::http
