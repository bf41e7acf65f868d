#include "tests/simulation/casework.hpp"

#include <algorithm>
#include <array>

namespace aidledger::simulation {
namespace {

constexpr int refusals_before_going_on = 3, refusals_before_giving_up = 8;
constexpr int objection_window_days = 20;  ///< ten working days and a holiday

const char* const round = "round-1";

std::string case_id(int number) { return "la-" + std::to_string(number); }
std::string recipient(int number) { return "person-" + std::to_string(number); }
std::string undertaker_id(int number) { return "u-s" + std::to_string(number); }
Principal undertaker_of(const std::string& id) { return somebody("p-" + id, {Role::undertaker}, id); }
Principal evaluator(int number) { return somebody("e-" + std::to_string(number), {Role::evaluator}); }
Tree of_case(int number) { return Tree::object().set("case", case_id(number)); }
Tree in_round(int number) { return of_case(number).set("round", round); }

/// Every item of the shipped checklist is as it should be.
Tree passed_items() {
  Tree items = Tree::list();
  for (const char* item : {"complete", "interview-transcript", "evidence-lawful", "complaint-correct",
                           "defence-correct", "opinion-correct", "closing-report"})
    items.push(Tree::object().set("item", item).set("passed", true));
  return items;
}

Tree findings() {
  return Tree::list().push(Tree::object().set("finding", "no meeting with the recipient").set("pages", "12"));
}

/// A score of so many marks under the shipped rubric.
Tree score(int number, const std::string& undertaker, int marks) {
  constexpr std::array rubric{std::pair{"evidence", 20}, std::pair{"hearing", 15}, std::pair{"documents", 15},
                              std::pair{"intake", 10}};
  Tree deductions = Tree::list();
  int lost = 100 - marks;
  for (const auto& [item, most] : rubric) {
    const int here = std::min(lost, most);
    if (here > 0)
      deductions.push(
          Tree::object().set("item", item).set("marks", here).set("pages", "3").set("reason", "not as it should be"));
    lost -= here;
  }
  Tree data = in_round(number)
                  .set("person", "p-" + undertaker)
                  .set("deductions", std::move(deductions))
                  .set("hard_fail", "none")
                  .set("comments", "canary-comment");
  if (marks < 60) data.set("findings", findings());
  return data;
}

Tree redetermination(int number, int marks, const char* ground) {
  Tree data = in_round(number)
                  .set("marks", marks)
                  .set("hard_fail", "none")
                  .set("ground", ground)
                  .set("reasons", "looked at again");
  if (marks < 60) data.set("findings", findings());
  return data;
}

}  // namespace

Casework::Casework(Random& random) : random_(random) {
  enrol(0, false);
  enrol(1, random_.chance(500));
  const int cases = static_cast<int>(random_.between(2, 5));
  for (int number = 0; number < cases; ++number) handle(number);
  open_round();
}

void Casework::then(Story& story, std::string action, Tree data, Principal principal, int days_before) {
  story.steps.push_back({std::move(action), std::move(data), std::move(principal), days_before});
}

void Casework::enrol(int undertaker, bool salaried) {
  const std::string id = undertaker_id(undertaker);
  Story story{Phase::enrolling};
  then(story, "enrol-undertaker",
       Tree::object()
           .set("undertaker", id)
           .set("person", "p-" + id)
           .set("category", "social-lawyer")
           .set("organisation", "firm")
           .set("district", "d-1")
           .set("salaried", salaried)
           .set("licence", "licence-" + id)
           .set("licence_since", "2015-01-01")
           .set("name", "canary-name"),
       somebody("clerk"));
  stories_.push_back(std::move(story));
}

void Casework::handle(int number) {
  const std::string undertaker = undertaker_id(random_.chance(800) ? 0 : 1);
  const bool criminal = random_.chance(200);
  const auto some_days = [&] { return static_cast<int>(random_.between(0, 4)); };
  Story story{Phase::handling};
  then(story, "grant-aid",
       of_case(number)
           .set("recipient", recipient(number))
           .set("case_type", criminal ? "criminal" : "civil")
           .set("stage", criminal              ? "investigation"
                         : random_.chance(300) ? "mediation"
                                               : "first-trial")
           .set("cause", "labour-remuneration")
           .set("organ", "court")
           .set("district", "d-1")
           .set("name", "canary-recipient"),
       somebody("clerk"));
  then(story, "assign-undertaker", of_case(number).set("undertaker", undertaker).set("mode", "rotation"),
       somebody("clerk"), some_days());
  then(story, "conclude-case", of_case(number).set("outcome", "judgment"), undertaker_of(undertaker), some_days());
  then(story, "submit-file", of_case(number), undertaker_of(undertaker), random_.chance(100) ? 32 : some_days());
  if (random_.chance(300)) {
    Tree voucher = Tree::object()
                       .set("kind", "travel")
                       .set("amount", random_.between(1, 9'999))
                       .set("document", "v-" + std::to_string(number));
    then(story, "record-vouched-costs", of_case(number).set("vouchers", Tree::list().push(std::move(voucher))),
         somebody("clerk"));
  }
  then(story, "review-file", of_case(number).set("items", passed_items()), somebody("supervisor"), some_days());
  then(story, "archive-file", of_case(number), somebody("supervisor"));
  stories_.push_back(std::move(story));
  evaluate(number, undertaker, criminal);
}

void Casework::open_round() {
  Story story{Phase::opening_round};
  then(story, "open-evaluation-round",
       Tree::object().set("round", round).set("title", "all").set("method", "all").set("cutoff", "2026-01-01"),
       somebody("lead"));
  for (int number = 1; number <= 2; ++number)
    then(story, "appoint-evaluator",
         Tree::object()
             .set("round", round)
             .set("evaluator", "e-" + std::to_string(number))
             .set("organisation", "lawyers-association"),
         somebody("lead"));
  then(story, "sample-cases", Tree::object().set("round", round), somebody("lead"));
  stories_.push_back(std::move(story));
}

void Casework::evaluate(int number, const std::string& undertaker, bool criminal) {
  const int marks = random_.chance(600) ? 55 : random_.chance(500) ? 90 : 75;
  Story story{Phase::evaluating};
  for (int who = 1; who <= 2; ++who)
    then(story, "assign-evaluation", in_round(number).set("evaluator", "e-" + std::to_string(who)), somebody("lead"));
  for (int who = 1; who <= 2; ++who) then(story, "submit-score", score(number, undertaker, marks), evaluator(who));
  then(story, "notify-grade", in_round(number), somebody("lead"));
  if (random_.chance(400)) {
    then(story, "object-to-grade", in_round(number).set("person", "p-" + undertaker).set("statement", "canary-grounds"),
         undertaker_of(undertaker), 1);
    if (random_.chance(300)) return stories_.push_back(std::move(story));
    if (random_.chance(500))
      then(story, "uphold-grade", in_round(number).set("reasons", "as it was"), somebody("director"), 2);
    else
      then(story, "redetermine-grade", redetermination(number, criminal ? 88 : 71, "objection"), somebody("director"),
           2);
  }
  then(story, "finalise-grade", in_round(number), somebody("director"), objection_window_days);
  if (random_.chance(400))
    then(story, "redetermine-grade", redetermination(number, marks < 60 ? 86 : 50, "review"), somebody("director"), 1);
  stories_.push_back(std::move(story));
}

bool Casework::over(Phase phase) const {
  return std::all_of(stories_.begin(), stories_.end(),
                     [&](const Story& story) { return story.phase != phase || story.over(); });
}

int Casework::ready() {
  const Phase now = !over(Phase::enrolling)       ? Phase::enrolling
                    : !over(Phase::handling)      ? Phase::handling
                    : !over(Phase::opening_round) ? Phase::opening_round
                                                  : Phase::evaluating;
  std::vector<int> all;
  for (std::size_t i = 0; i < stories_.size(); ++i)
    if (stories_[i].phase == now && !stories_[i].over() && !stories_[i].waits) all.push_back(static_cast<int>(i));
  return all.empty() ? -1 : random_.pick(all);
}

Wish Casework::step(int index) {
  auto& story = stories_[static_cast<std::size_t>(index)];
  const auto& step = story.steps[story.at];
  story.waits = true;
  const std::string id =
      "s" + std::to_string(index) + "-" + std::to_string(story.at) + "-" + std::to_string(story.refused);
  return {step.action, step.data, step.principal, id, index, step.days_before};
}

void Casework::answered(int index, const ledger::Answer& answer) {
  using Kind = ledger::Answer::Kind;
  auto& story = stories_[static_cast<std::size_t>(index)];
  if (!story.waits) return;
  story.waits = false;
  if (answer.kind == Kind::unknown || answer.kind == Kind::unavailable) return;
  if (answer.kind != Kind::accepted) {
    if (++story.refused >= refusals_before_giving_up) story.at = story.steps.size();
    if (++story.refused_here < refusals_before_going_on) return;
  }
  story.refused_here = 0;
  ++story.at;
}

void Casework::nobody_answers() {
  for (auto& story : stories_) story.waits = false;
}

Wish Casework::out_of_turn() {
  const auto& step = random_.pick(random_.pick(stories_).steps);
  return {step.action, step.data, step.principal, "o-" + std::to_string(++asked_out_of_turn_), -1, 0};
}

}  // namespace aidledger::simulation
