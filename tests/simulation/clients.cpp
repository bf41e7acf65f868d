#include "tests/simulation/clients.hpp"

#include "src/rules/action.hpp"

namespace aidledger::simulation {

Tree Clients::adopt_policy() {
  return Tree::object()
      .set("policy", some("policy", 3))
      .set("version", std::to_string(random_.below(6)))
      .set("effective_from", "2024-01-01")
      .set("text", "days = 3\n")
      .set("legal_basis", "simulated");
}
Tree Clients::import_undertaker() {
  return Tree::object().set("undertaker", some("u", 20)).set("source", some("source", 2));
}
Tree Clients::open_hold() { return Tree::object().set("source", some("source", 2)); }
Tree Clients::close_hold() { return open_hold(); }
Tree Clients::propose_erasure() {
  return Tree::object().set("proposal", some("erase", 10)).set("person", some("person", 8)).set("ground", "asked for");
}
Tree Clients::confirm_erasure() { return Tree::object().set("proposal", some("erase", 10)); }
Tree Clients::record_step() {
  return Tree::object().set("case", some("case", 10)).set("step", "looked at").set("performer", some("person", 8));
}

Tree Clients::enrol() {
  return Tree::object()
      .set("undertaker", some("u", 20))
      .set("person", some("person", 8))
      .set("category", "social-lawyer")
      .set("organisation", some("firm", 3))
      .set("district", "d-1")
      .set("salaried", false)
      .set("licence", some("licence", 20))
      .set("licence_since", "2015-01-01")
      .set("name", "canary-" + std::to_string(random_.next()));
}

Tree Clients::decline() { return Tree::object().set("case", some("la", 5)).set("ground", "no time"); }
Tree Clients::replace() {
  return Tree::object()
      .set("case", some("la", 5))
      .set("from", story_undertaker())
      .set("undertaker", story_undertaker())
      .set("mode", "rotation")
      .set("ground", "asked for");
}
Tree Clients::terminate() {
  const std::string number = std::to_string(random_.below(5));
  return Tree::object()
      .set("case", "la-" + number)
      .set("recipient", "person-" + number)
      .set("ground", "recipient-asked")
      .set("work_done", "before-hearing");
}
Tree Clients::clock() {
  const char* const rules[] = {"assign-after-grant", "first-progress-call", "file-hand-in", "file-review",
                               "rights-notice"};
  return Tree::object()
      .set("rule", rules[random_.below(std::size(rules))])
      .set("subject", Tree::object().set("kind", "case").set("id", some("la", 5)))
      .set("key", random_.chance(500) ? "1" : "");
}
Tree Clients::waive() { return Tree::object().set("clock", clock()).set("reason", "agreed"); }
Tree Clients::extend() {
  return Tree::object()
      .set("clock", clock())
      .set("due", "2024-0" + std::to_string(random_.between(3, 9)) + "-15")
      .set("reason", "agreed");
}

Wish Clients::next() {
  if (random_.chance(150)) return casework.out_of_turn();
  using Make = Tree (Clients::*)();
  const std::pair<const char*, Make> all[] = {{"adopt-policy", &Clients::adopt_policy},
                                              {"import-undertaker", &Clients::import_undertaker},
                                              {"open-clock-hold", &Clients::open_hold},
                                              {"close-clock-hold", &Clients::close_hold},
                                              {"propose-erasure", &Clients::propose_erasure},
                                              {"confirm-erasure", &Clients::confirm_erasure},
                                              {"enrol-undertaker", &Clients::enrol},
                                              {"enrol-undertaker", &Clients::enrol},
                                              {"record-case-step", &Clients::record_step},
                                              {"decline-assignment", &Clients::decline},
                                              {"replace-undertaker", &Clients::replace},
                                              {"terminate-aid", &Clients::terminate},
                                              {"waive-deadline", &Clients::waive},
                                              {"extend-deadline", &Clients::extend}};
  Wish wish;
  const auto& [action, make] = all[random_.below(std::size(all))];
  wish.action = rules::find_action(action) != nullptr ? action : "adopt-policy";
  wish.data = wish.action == action ? (this->*make)() : adopt_policy();
  const std::string who = std::to_string(random_.below(3));
  wish.principal = {"token-" + who, "person-of-" + who, all_roles(), "simulated", {}, {}, {}, {}};
  // Ids repeat over principals on purpose: they belong to the principal.
  wish.action_id = "a-" + std::to_string(random_.chance(50) ? random_.below(static_cast<std::uint64_t>(asked_) + 1)
                                                            : static_cast<std::uint64_t>(asked_ / 2));
  ++asked_;
  return wish;
}

}  // namespace aidledger::simulation
