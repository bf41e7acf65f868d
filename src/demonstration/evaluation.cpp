#include "src/demonstration/evaluation.hpp"

#include <utility>

namespace aidledger::demonstration {
namespace {

struct Item {
  std::string_view name;
  int marks;
};
/// The shipped rubric.
constexpr std::array rubric{Item{"evidence", 20}, Item{"hearing", 15},      Item{"documents", 15}, Item{"intake", 10},
                            Item{"meeting", 10},  Item{"file_reading", 10}, Item{"closing", 10},   Item{"effect", 10}};

Tree in_round(const std::string& round, const std::string& case_id) {
  return Tree::object().set("round", round).set("case", case_id);
}

/// Deductions that leave `marks` of 100: small ones from a few items, and what is still to be lost from whatever has
/// marks left.
Tree deductions(Chance& chance, int marks) {
  std::array<int, rubric.size()> lost{};
  int left = 100 - marks;
  for (int round = 0; left > 0 && round < 100; ++round) {
    const auto at = static_cast<std::size_t>(chance.between(0, static_cast<int>(rubric.size()) - 1));
    const int here = std::min({left, rubric[at].marks - lost[at], chance.between(2, 6)});
    lost[at] += here;
    left -= here;
  }
  Tree list = Tree::list();
  for (std::size_t at = 0; at < rubric.size(); ++at) {
    if (lost[at] == 0) continue;
    const int page = chance.between(2, 60);
    list.push(Tree::object()
                  .set("item", rubric[at].name)
                  .set("marks", lost[at])
                  .set("pages", std::to_string(page) + "-" + std::to_string(page + 2))
                  .set("reason", poor_finding(chance)));
  }
  return list;
}

/// A third of the cases are excellent, nearly all others qualified: inside the ranges that practice shows.
int fair_marks(Chance& chance) { return chance.percent(24) ? chance.between(87, 95) : chance.between(68, 82); }

}  // namespace

void Evaluation::later(int days, std::function<void()> tell) {
  Date day = teller_.today() + days;
  while (weekday(day) == 0 || weekday(day) == 6) day = day + 1;
  teller_.at(day, chance_.between(9 * 60, 17 * 60), std::move(tell));
}

void Evaluation::begin_round(const std::string& round, const std::string& title) {
  teller_.ask(officers_.lead, "open-evaluation-round",
              Tree::object()
                  .set("round", round)
                  .set("title", title)
                  .set("method", "all")
                  .set("cutoff", to_text(teller_.today() + -1)));
  for (const auto& evaluator : officers_.evaluators)
    teller_.ask(
        officers_.lead, "appoint-evaluator",
        Tree::object().set("round", round).set("evaluator", evaluator.id).set("organisation", "lawyers-association"));
  teller_.ask(officers_.lead, "sample-cases", Tree::object().set("round", round));
  for (auto& archived : casework_.archived()) {
    if (archived.graded) continue;
    archived.graded = true;
    later(chance_.between(1, 12), [this, round, archived]() mutable { evaluate(round, archived); });
  }
  later(70, [this, round] { teller_.ask(officers_.lead, "close-round", Tree::object().set("round", round)); });
}

void Evaluation::evaluate(const std::string& round, Archived& archived) {
  auto* undertaker = archived.undertaker;
  const bool poor = undertaker->unqualified_left > 0;
  if (poor) --undertaker->unqualified_left;
  const Graded g{round, archived.case_id, undertaker, poor ? chance_.between(44, 54) : fair_marks(chance_), poor};
  const auto first = static_cast<std::size_t>(chance_.between(0, 11)),
             step = static_cast<std::size_t>(chance_.between(1, 3));
  const Person one = officers_.evaluators[first], two = officers_.evaluators[(first + step) % 12],
               three = officers_.evaluators[(first + 2 * step) % 12];
  const bool far_apart = !poor && g.marks < 84 && chance_.percent(3);
  teller_.ask(officers_.lead, "assign-evaluation", in_round(round, g.case_id).set("evaluator", one.id));
  teller_.ask(officers_.lead, "assign-evaluation", in_round(round, g.case_id).set("evaluator", two.id));
  later(chance_.between(1, 3), [this, g, one, two, three, far_apart] {
    score(g, one, g.marks);
    later(chance_.between(2, 3), [this, g, two, three, far_apart] { second_score(g, two, three, far_apart); });
  });
}

void Evaluation::second_score(const Graded& g, const Person& two, const Person& three, bool far_apart) {
  score(g, two, far_apart ? 62 : g.marks + (g.unqualified ? 2 : g.marks > 84 ? -1 : 1));
  if (!far_apart || g.marks - 62 <= 10) return settle(g);
  teller_.ask(officers_.lead, "assign-evaluation", in_round(g.round, g.case_id).set("evaluator", three.id));
  later(2, [this, g, three] {
    score(g, three, g.marks - 2);
    settle(g);
  });
}

void Evaluation::score(const Graded& g, const Person& evaluator, int marks) {
  Tree data = in_round(g.round, g.case_id)
                  .set("person", g.undertaker->person.id)
                  .set("deductions", deductions(chance_, marks))
                  .set("hard_fail", "none")
                  .set("comments", g.unqualified ? poor_comment(chance_) : good_comment(chance_));
  if (g.unqualified)
    data.set("findings", Tree::list()
                             .push(Tree::object().set("finding", poor_finding(chance_)).set("pages", "12-15"))
                             .push(Tree::object().set("finding", poor_finding(chance_)).set("pages", "31")));
  teller_.ask(evaluator, "submit-score", data);
}

void Evaluation::settle(const Graded& g) {
  later(1, [this, g] {
    teller_.ask(officers_.lead, "notify-grade", in_round(g.round, g.case_id));
    const bool objects = g.unqualified && g.undertaker->fate == Fate::objects;
    if (objects) {
      later(5, [this, g] {
        teller_.ask(g.undertaker->person, "object-to-grade",
                    in_round(g.round, g.case_id)
                        .set("person", g.undertaker->person.id)
                        .set("statement", "会见笔录已于结案后补交，评查时未予计入，请求复核。"));
        later(9, [this, g] {
          teller_.ask(officers_.director, "redetermine-grade",
                      in_round(g.round, g.case_id)
                          .set("marks", 71)
                          .set("hard_fail", "none")
                          .set("ground", "objection")
                          .set("reasons", "会见笔录确已补交，相应扣分予以撤销。"));
        });
      });
    }
    later(chance_.between(27, 31), [this, g] {  // ten working days, with a long holiday among them
      teller_.ask(officers_.director, "finalise-grade", in_round(g.round, g.case_id));
      if (g.unqualified) after_final(g);
    });
  });
}

void Evaluation::after_final(const Graded& g) {
  auto* one = g.undertaker;
  if (one->fate == Fate::objects) return;
  if (!std::exchange(one->commented, true)) comments(one);
  if (--one->unqualified_not_final > 0) return;
  if (one->fate == Fate::three_unqualified) one->held = true;
  if (one->fate == Fate::redetermined)
    later(18, [this, g] {
      teller_.ask(officers_.director, "redetermine-grade",
                  in_round(g.round, g.case_id)
                      .set("marks", 66)
                      .set("hard_fail", "none")
                      .set("ground", "review")
                      .set("reasons", "市司法局抽查认为证据部分扣分过重，予以改定。"));
    });
  // The director waits for the written comments: a warning absorbs what is still owed of them.
  if (one->fate == Fate::two_unqualified) later(16, [this, one] { decide_warning(one); });
  if (one->fate == Fate::three_unqualified) later(4, [this, one] { decide_disqualification(one); });
}

void Evaluation::comments(Undertaker* one) {
  later(6, [this, one] {
    teller_.ask(one->person, "submit-written-comments",
                Tree::object()
                    .set("undertaker", one->person.undertaker)
                    .set("person", one->person.id)
                    .set("comments", "本人对该案庭前准备不足作书面检查，今后将按规定会见受援人并及时提交代理意见。"));
    later(3, [this, one] {
      teller_.ask(officers_.supervisors.front(), "accept-written-comments",
                  Tree::object().set("undertaker", one->person.undertaker));
    });
  });
}

void Evaluation::decide_warning(Undertaker* one) {
  const std::string proposal = "sanction-" + one->person.undertaker;
  teller_.ask(officers_.director, "propose-sanction",
              Tree::object()
                  .set("proposal", proposal)
                  .set("undertaker", one->person.undertaker)
                  .set("sanction", "warning")
                  .set("reasons", "两件案件被评定为不合格，依办法给予管理警告。"));
  later(2, [this, proposal] {
    teller_.ask(officers_.bureau, "confirm-sanction", Tree::object().set("proposal", proposal));
  });
}

void Evaluation::decide_disqualification(Undertaker* one) {
  teller_.ask(officers_.director, "offer-hearing", Tree::object().set("undertaker", one->person.undertaker));
  later(8, [this, one] {
    teller_.ask(one->person, "record-statement",
                Tree::object()
                    .set("undertaker", one->person.undertaker)
                    .set("person", one->person.id)
                    .set("statement", "对评定结果无异议，请求考虑所涉案件较为复杂。"));
  });
  later(24, [this, one] {
    const std::string proposal = "sanction-" + one->person.undertaker;
    Tree plans = Tree::list();
    for (const auto& open : one->open) plans.push(Tree::object().set("case", open).set("plan", "keep"));
    teller_.ask(officers_.director, "propose-sanction",
                Tree::object()
                    .set("proposal", proposal)
                    .set("undertaker", one->person.undertaker)
                    .set("sanction", "disqualification")
                    .set("open_cases", plans)
                    .set("reasons", "三件案件被评定为不合格，依办法取消承办资格。"));
    teller_.ask(officers_.bureau, "confirm-sanction", Tree::object().set("proposal", proposal));
  });
}

}  // namespace aidledger::demonstration
