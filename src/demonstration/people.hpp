#pragma once
// Believable people and papers of a city that does not exist.
#include <string>

#include "events/values/time.hpp"
#include "src/demonstration/chance.hpp"

namespace aidledger::demonstration {

struct District {
  std::string_view id, name, area_code;
};
inline constexpr std::array<District, 6> districts{{{"chengbei", "城北区", "330902"},
                                                    {"chengnan", "城南区", "330903"},
                                                    {"jiangdong", "江东区", "330904"},
                                                    {"lingang", "临港区", "330905"},
                                                    {"qingyuan", "清源县", "330921"},
                                                    {"baihe", "白河县", "330922"}}};

std::string full_name(Chance& chance);
/// 11 digits of a mobile number in a range that no operator uses for customers.
std::string telephone(Chance& chance);
/// 18 digits with a right check digit; the area codes belong to no place.
std::string identity_number(Chance& chance, const District& district, int birth_year);
std::string address(Chance& chance, const District& district);

struct Matter {
  std::string_view type, stage, cause, organ, facts, evidence, opinion, analysis;
  int weight;
  bool litigated;
};
/// A kind of case, with the texts that its papers hold.
const Matter& matter(Chance& chance);
std::string_view call_remark(Chance& chance);
std::string_view closing_summary(Chance& chance, std::string_view type);
std::string_view good_comment(Chance& chance);
std::string_view poor_comment(Chance& chance);
std::string_view poor_finding(Chance& chance);

}  // namespace aidledger::demonstration
