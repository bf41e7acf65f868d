// The families of rules, in the order in which their folds and consequences run. A new family is one declaration and
// one line here.
#include "src/rules/engine.hpp"

namespace aidledger::rules {

FamilyRules evaluation_rules();
FamilyRules ladder_rules();
FamilyRules subsidy_rules();
FamilyRules governance_rules();
FamilyRules import_rules();

const std::vector<FamilyRules>& all_families() {
  static const std::vector<FamilyRules> all{
      evaluation_rules(),
      ladder_rules(),
      subsidy_rules(),
      governance_rules(),
      import_rules(),
  };
  return all;
}

}  // namespace aidledger::rules
