// What `explain` returns for an answer is what made the answer: every event, left out in turn.
#include <catch2/catch.hpp>

#include "events/governance.hpp"
#include "projections/cases.hpp"
#include "projections/deadlines.hpp"
#include "projections/standing.hpp"
#include "src/ledger/queries_deadlines.hpp"
#include "tests/projections/histories.hpp"
#include "tests/projections/leave_one_out.hpp"

using namespace aidledger;
using namespace aidledger::projections;
using namespace aidledger::projections::testing;
using aidledger::ledger::Queries;

namespace {

struct Question {
  std::string kind, id;
};

void strip_refs(Tree& tree) {
  if (auto* members = tree.as_object()) {
    std::erase_if(*members, [](const auto& member) { return member.name == "refs" || member.name == "as_of_seq"; });
    for (auto& member : *members) strip_refs(member.value);
  } else if (auto* list = tree.as_list()) {
    for (auto& element : *list) strip_refs(element);
  }
}

Queries queries(const Rows& rows, const History& history) {
  const auto record = [&](Seq seq) -> std::optional<Record> { return history.records().at(seq); };
  return Queries({rows, history.records().size(), date_of(2024, 6, 1), record});
}

ledger::Found answered(const Rows& rows, const History& history, const Question& question) {
  const Queries ask = queries(rows, history);
  return question.kind == "undertaker" ? ask.undertaker(question.id)
         : question.kind == "case"     ? ask.case_(question.id)
         : question.kind == "subsidy"  ? ask.subsidy(question.id)
                                       : ask.deadline(question.id);
}

/// The answer without its references; null where there is none.
Tree shown_answer(const Rows& rows, const History& history, const Question& question) {
  const auto found = answered(rows, history, question);
  Tree tree = found ? *found : Tree();
  strip_refs(tree);
  return tree;
}

std::vector<std::string> explained(const Rows& rows, const History& history, const Question& question) {
  std::vector<std::string> refs;
  const auto found = queries(rows, history).explain(question.kind, question.id);
  if (found)
    for (const auto& event : *found->find("events")->as_list()) refs.push_back(*event.find("ref")->as_string());
  return refs;
}

/// The references that the row of the answer carries itself.
std::vector<std::string> carried(const Rows& rows, const History& history, const Question& question) {
  const auto found = answered(rows, history, question);
  std::vector<std::string> refs;
  if (found)
    for (const auto& ref : *found->at_path(question.kind + ".refs")->as_list()) refs.push_back(*ref.as_string());
  return refs;
}

std::vector<Question> questions(const Rows& rows) {
  std::vector<Question> all;
  const auto add = [&](const char* kind, std::string_view id) { all.push_back({kind, std::string(id)}); };
  rows.each<StandingRow>("", [&](auto key, const auto&) { return add("undertaker", key_parts(key).at(0)), true; });
  rows.each<CaseRow>("", [&](auto key, const auto&) { return add("case", key_parts(key).at(0)), true; });
  rows.each<SubsidyRow>("", [&](auto key, const auto&) { return add("subsidy", key_parts(key).at(0)), true; });
  rows.each<DeadlineRow>(
      "", [&](auto, const DeadlineRow& row) { return add("deadline", ledger::deadline_id(row.start.clock)), true; });
  return all;
}

}  // namespace

TEST_CASE("what explain returns made the answer, and nothing else did") {
  for (unsigned seed = 1; seed <= 4; ++seed) {
    const History history = random_history(seed, 120);
    Layer rows(no_rows());
    fold_all(rows, history.records());
    const auto asked = questions(rows);
    std::vector<std::vector<std::string>> refs;
    std::vector<Tree> answers;
    for (const auto& question : asked) {
      answers.push_back(shown_answer(rows, history, question));
      refs.push_back(explained(rows, history, question));
      if (!answers.back().is_null()) CHECK(refs.back() == carried(rows, history, question));
    }
    for (const auto left_out : events_of(history.records())) {
      Layer others(no_rows());
      fold_all(others, history.records(), left_out);
      for (std::size_t i = 0; i < asked.size(); ++i) {
        if (answers[i].is_null()) continue;
        const bool named = std::find(refs[i].begin(), refs[i].end(), to_text(left_out)) != refs[i].end();
        const bool changed = shown_answer(others, history, asked[i]) != answers[i];
        INFO("seed " << seed << ": " << asked[i].kind << " " << asked[i].id << " without " << to_text(left_out));
        CHECK(named == changed);
      }
    }
  }
}
