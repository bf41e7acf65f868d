// The families of rules, in the order in which their folds and consequences run. A new family is one declaration and
// one line here.
#include "src/rules/engine.hpp"

namespace aidledger::rules {

FamilyRules governance_rules();
FamilyRules import_rules();
FamilyRules undertaker_rules();
FamilyRules case_rules();
FamilyRules rights_notice_rules();
FamilyRules progress_call_rules();
FamilyRules report_rules();
FamilyRules file_review_rules();
FamilyRules evaluation_rules();
FamilyRules ladder_rules();
FamilyRules subsidy_rules();

const std::vector<FamilyRules>& all_families() {
  static const std::vector<FamilyRules> all{
      governance_rules(),     //
      import_rules(),         //
      undertaker_rules(),     //
      case_rules(),           //
      rights_notice_rules(),  //
      progress_call_rules(),  //
      report_rules(),         //
      file_review_rules(),    //
      evaluation_rules(),     //
      ladder_rules(),         //
      subsidy_rules(),        //
  };
  return all;
}

}  // namespace aidledger::rules
