#include "src/demonstration/casework.hpp"

namespace aidledger::demonstration {
namespace {

constexpr std::array checklist{"complete",        "interview-transcript", "evidence-lawful", "complaint-correct",
                               "defence-correct", "opinion-correct",      "closing-report"};

std::string case_id(int number, int year) {
  std::string text = std::to_string(number);
  return "LA-" + std::to_string(year) + "-" + std::string(text.size() < 4 ? 4 - text.size() : 0, '0') + text;
}

Tree of_case(const std::string& id) { return Tree::object().set("case", id); }

}  // namespace

void Casework::later(int days, std::function<void()> tell) {
  Date day = teller_.today() + days;
  while (weekday(day) == 0 || weekday(day) == 6) day = day + 1;
  teller_.at(day, chance_.between(9 * 60, 17 * 60), std::move(tell));
}

void Casework::begin(int number, int year) {
  auto c = std::make_shared<Case>();
  c->id = case_id(number, year);
  c->recipient = "P-R-" + std::to_string(number);
  c->matter = &matter(chance_);
  c->district = &chance_.one_of(districts);
  c->clerk = chance_.one_of(officers_.clerks);
  c->supervisor = chance_.one_of(officers_.supervisors);
  Tree grant = of_case(c->id)
                   .set("recipient", c->recipient)
                   .set("case_type", c->matter->type)
                   .set("stage", c->matter->stage)
                   .set("cause", c->matter->cause)
                   .set("organ", c->matter->organ)
                   .set("district", c->district->id)
                   .set("name", full_name(chance_))
                   .set("identity_number", identity_number(chance_, *c->district, chance_.between(1948, 2006)))
                   .set("telephone", telephone(chance_))
                   .set("address", address(chance_, *c->district))
                   .set("facts", c->matter->facts);
  if (chance_.percent(8)) grant.set("flags", Tree::list().push("vulnerable"));
  teller_.ask(c->clerk, "grant-aid", grant);
  later(chance_.percent(3) ? chance_.between(4, 6) : chance_.between(0, 1), [this, c] { assign(c); });
}

/// Somebody who may take it, rather of the same district, with the fewest open cases of a few who are asked. Whom the
/// year has chosen for the ladder is asked first, until enough cases of theirs will be archived in time.
Undertaker* Casework::choose(const Case& of) {
  constexpr int spare = 1;  // some are terminated, some take long
  for (auto& one : undertakers_)
    if (one.unqualified_left > 0 && one.led <= one.unqualified_left + spare) return &one;
  Undertaker* best = nullptr;
  for (int tries = 0; tries < 60 && (best == nullptr || tries < 8); ++tries) {
    auto& one = undertakers_[static_cast<std::size_t>(chance_.between(0, static_cast<int>(undertakers_.size()) - 1))];
    const bool fits = !one.held && (of.matter->type != std::string_view("criminal") || one.lawyer) &&
                      (one.category != "volunteer" || !of.matter->litigated) &&
                      (of.matter->type != std::string_view("criminal")
                           ? true
                           : one.category == "social-lawyer" || one.category == "fulltime-legal-aid-lawyer");
    if (fits && (best == nullptr || one.open.size() < best->open.size()) && (tries > 20 || one.district == of.district))
      best = &one;
  }
  return best;
}

void Casework::assign(const CasePtr& c) {
  c->undertaker = choose(*c);
  if (c->undertaker == nullptr) return later(1, [this, c] { assign(c); });
  c->undertaker->open.insert(c->id);
  ++c->undertaker->led;
  teller_.ask(c->clerk, "assign-undertaker",
              of_case(c->id)
                  .set("undertaker", c->undertaker->person.undertaker)
                  .set("mode", chance_.percent(80) ? "rotation" : "specialist"));
  later(chance_.percent(4) ? chance_.between(6, 9) : chance_.between(0, 2), [this, c] { notify(c); });
  later(chance_.percent(5) ? chance_.between(17, 22) : chance_.between(7, 13), [this, c] { call(c); });
  if (chance_.percent(2)) return later(chance_.between(10, 30), [this, c] { terminate(c); });
  later(chance_.percent(4) ? chance_.between(32, 36) : chance_.between(16, 26), [this, c] { report_on_progress(c); });
  if (c->matter->litigated) return later(chance_.between(8, 18), [this, c] { schedule_hearing(c); });
  later(chance_.between(28, 60), [this, c] { conclude(c); });
}

void Casework::notify(const CasePtr& c) {
  if (c->closed) return;
  teller_.ask(c->clerk, "issue-rights-notice",
              of_case(c->id)
                  .set("text_version", "2024-1")
                  .set("supervision_phone", "12348")
                  .set("complaint_channel", "市司法局法律援助监督科")
                  .set("language", "zh"));
  later(0, [this, c] {
    if (!c->closed)
      teller_.ask(c->clerk, "deliver-rights-notice",
                  of_case(c->id).set("channel", chance_.percent(60) ? "in-person" : "letter"));
  });
}

void Casework::call(const CasePtr& c) {
  if (c->closed) return;
  ++c->calls;
  if (chance_.percent(7)) {
    teller_.ask(c->supervisor, "record-unreached-call", of_case(c->id).set("channel", "telephone"));
    return later(1, [this, c] { call(c); });
  }
  const auto yes = [&](int of_hundred) { return chance_.percent(of_hundred) ? "yes" : "no"; };
  Tree answers = Tree::object()
                     .set("filed_in_time", yes(97))
                     .set("met", yes(96))
                     .set("kept_informed", yes(93))
                     .set("asked_for_money", "no")
                     .set("attitude", chance_.between(3, 5));
  teller_.ask(c->supervisor, "record-progress-call",
              of_case(c->id)
                  .set("recipient", c->recipient)
                  .set("channel", "telephone")
                  .set("answers", answers)
                  .set("remarks", call_remark(chance_)));
  later(chance_.percent(5) ? chance_.between(32, 38) : chance_.between(21, 27), [this, c] { call(c); });
}

void Casework::schedule_hearing(const CasePtr& c) {
  if (c->closed) return;
  c->hearing = "H-" + c->id.substr(3);
  c->hearing_day = teller_.today() + chance_.between(20, 45);
  while (weekday(c->hearing_day) == 0 || weekday(c->hearing_day) == 6) c->hearing_day = c->hearing_day + 1;
  teller_.ask(c->supervisor, "schedule-hearing",
              of_case(c->id)
                  .set("hearing", c->hearing)
                  .set("at", to_text(c->hearing_day) + "T09:30:00+08:00")
                  .set("organ", c->matter->organ));
  if (!chance_.percent(2))
    later(c->hearing_day - teller_.today() - (chance_.percent(5) ? 1 : chance_.between(6, 10)),
          [this, c] { report_before_hearing(c); });
  teller_.at(c->hearing_day, 11 * 60 + 30, [this, c] { hear(c); });
}

Tree Casework::papers(const CasePtr& c) const {
  return of_case(c->id)
      .set("recipient", c->recipient)
      .set("evidence", c->matter->evidence)
      .set("opinion", c->matter->opinion)
      .set("analysis", c->matter->analysis);
}

void Casework::report_before_hearing(const CasePtr& c) {
  if (c->closed || teller_.today() >= c->hearing_day) return;
  teller_.ask(c->undertaker->person, "submit-pre-hearing-report",
              papers(c).set("hearing", c->hearing).set("report", "R-" + c->id.substr(3)));
  later(0, [this, c] {
    if (c->closed || teller_.today() > c->hearing_day) return;
    teller_.ask(c->supervisor, "accept-report", of_case(c->id).set("report", "R-" + c->id.substr(3)));
    teller_.ask(c->supervisor, "clear-hearing", of_case(c->id).set("hearing", c->hearing));
  });
}

void Casework::report_on_progress(const CasePtr& c) {
  if (c->closed) return;
  teller_.ask(c->undertaker->person, "submit-periodic-report", papers(c));
  later(chance_.percent(4) ? chance_.between(32, 36) : chance_.between(18, 26), [this, c] { report_on_progress(c); });
}

void Casework::hear(const CasePtr& c) {
  if (c->closed) return;
  teller_.ask(c->supervisor, "record-hearing-held", of_case(c->id).set("hearing", c->hearing).set("attended", true));
  later(chance_.between(5, 20), [this, c] { conclude(c); });
}

void Casework::conclude(const CasePtr& c) {
  if (c->closed) return;
  c->closed = true;
  c->end = teller_.today();
  c->undertaker->open.erase(c->id);
  const char* outcome = c->matter->stage == std::string_view("mediation")     ? "mediated"
                        : c->matter->stage == std::string_view("arbitration") ? "award"
                        : c->matter->litigated                                ? "judgment"
                                                                              : "decision";
  teller_.ask(c->undertaker->person, "conclude-case", of_case(c->id).set("outcome", outcome));
  later(chance_.percent(5) ? chance_.between(31, 37) : chance_.between(6, 24), [this, c] { hand_in(c); });
}

void Casework::hand_in(const CasePtr& c) {
  teller_.ask(c->undertaker->person, "submit-closing-report",
              of_case(c->id).set("recipient", c->recipient).set("summary", closing_summary(chance_, c->matter->type)));
  teller_.ask(c->undertaker->person, "submit-file", of_case(c->id));
  if (chance_.percent(35)) {
    Tree voucher = Tree::object()
                       .set("kind", chance_.percent(70) ? "travel" : "printing")
                       .set("amount", chance_.between(18, 360) * 100)
                       .set("document", "V-" + c->id.substr(3));
    teller_.ask(c->clerk, "record-vouched-costs",
                of_case(c->id).set("vouchers", Tree::list().push(std::move(voucher))));
  }
  later(chance_.percent(4) ? chance_.between(32, 36) : chance_.between(4, 20), [this, c] { review(c, false); });
}

void Casework::review(const CasePtr& c, bool again) {
  const bool fails = !again && chance_.percent(7);
  Tree items = Tree::list();
  for (const char* item : checklist) {
    const bool bad = fails && (item == std::string_view("complete") || item == std::string_view("opinion-correct"));
    Tree one = Tree::object().set("item", item).set("passed", !bad);
    if (bad) one.set("severity", "major");
    items.push(std::move(one));
  }
  teller_.ask(c->supervisor, "review-file", of_case(c->id).set("items", items));
  if (fails)
    return later(chance_.between(4, 12), [this, c] {
      teller_.ask(c->undertaker->person, "resubmit-file", of_case(c->id));
      later(chance_.between(2, 8), [this, c] { review(c, true); });
    });
  teller_.ask(c->supervisor, "archive-file", of_case(c->id));
  archived_.push_back({c->id, c->recipient, c->undertaker});
}

void Casework::terminate(const CasePtr& c) {
  if (c->closed) return;
  c->closed = true;
  c->undertaker->open.erase(c->id);
  teller_.ask(officers_.director, "terminate-aid",
              of_case(c->id)
                  .set("recipient", c->recipient)
                  .set("ground", chance_.percent(60) ? "recipient-asked" : "income-rose")
                  .set("work_done", "before-hearing"));
  later(chance_.between(6, 24), [this, c] { hand_in(c); });
}

}  // namespace aidledger::demonstration
