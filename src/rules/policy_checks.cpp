#include "src/rules/policy_checks.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "events/values/casework.hpp"
#include "events/values/enum_names.hpp"

namespace aidledger::rules {
namespace {

using Problem = std::optional<std::string>;

enum class Kind { integer, flag, text, texts };

/// One key of a policy; "*" stands for any name. Texts, also those of a list, are one of `options`, where
/// there are any.
struct Key {
  std::string_view path;
  Kind kind = Kind::integer;
  std::int64_t least = 0, most = 0;
  std::vector<std::string_view> options = {};
};

constexpr std::int64_t longest_clock = 3'660, longest_months = 1'200, most_scores = 9;
constexpr std::int64_t whole = 10'000;                    ///< basis points
constexpr std::int64_t highest_rate = 100'000;            ///< ten times the base
constexpr std::int64_t highest_standard = 1'000'000'000;  ///< fen: CNY 10,000,000

const std::vector<Key>& deadlines() {
  static const std::vector<Key> keys{{"calendar", Kind::text},
                                     {"*.days", Kind::integer, -longest_clock, longest_clock},
                                     {"*.unit", Kind::text, 0, 0, {"natural", "working"}},
                                     {"*.calendar", Kind::text}};
  return keys;
}

/// The clocks that the rules start. One that a policy misspells would never run.
constexpr std::array clock_rules{
    "assign-after-grant"sv,  "assign-after-notice"sv, "replacement-decision"sv, "rights-notice"sv,
    "first-progress-call"sv, "progress-call"sv,       "correction"sv,           "pre-hearing-report"sv,
    "periodic-report"sv,     "file-hand-in"sv,        "file-review"sv,          "file-resubmission"sv,
    "grade-objection"sv,     "objection-review"sv,    "written-comments"sv,     "hearing-statement"sv};

Problem wrong_deadlines(const Tree& text) {
  for (const auto& member : *text.as_object())
    if (member.name != "calendar" && std::ranges::find(clock_rules, member.name) == clock_rules.end())
      return "there is no clock " + member.name;
  return std::nullopt;
}

template <NamedEnum E>
std::vector<std::string_view> names() {
  const auto all = names_of(E{});
  return {all.begin(), all.end()};
}

const std::vector<Key>& eligibility() {
  static const std::vector<Key> keys{{"matrix.*.*", Kind::texts, 0, 0, names<UndertakerCategory>()},
                                     {"life-or-death.years", Kind::integer, 0, 50},
                                     {"licence.needed", Kind::texts, 0, 0, names<UndertakerCategory>()}};
  return keys;
}

/// Every case type says who takes it, and stages are those of cases.
Problem wrong_eligibility(const Tree& text) {
  for (const auto type : names<CaseType>())
    if (text.at_path("matrix." + std::string(type) + ".default") == nullptr)
      return "matrix." + std::string(type) + ".default is missing";
  for (const auto& type : *text.find("matrix")->as_object()) {
    if (!parse_name<CaseType>(type.name)) return "there is no case type " + type.name;
    for (const auto& stage : *type.value.as_object())
      if (stage.name != "default" && !parse_name<CaseStage>(stage.name)) return "there is no stage " + stage.name;
  }
  return std::nullopt;
}

const std::vector<Key>& casework() {
  static const std::vector<Key> keys{{"clearance_needs", Kind::text, 0, 0, {"submitted", "accepted"}},
                                     {"file_checklist", Kind::text},
                                     {"failed_reviews", Kind::integer, 1, 100}};
  return keys;
}

const std::vector<Key>& grades() {
  static const std::vector<Key> keys{{"thresholds.excellent", Kind::integer, 1, 100},
                                     {"thresholds.good", Kind::integer, 1, 100},
                                     {"thresholds.qualified", Kind::integer, 1, 100}};
  return keys;
}

const std::vector<Key>& evaluation() {
  static const std::vector<Key> keys{{"scores", Kind::integer, 2, most_scores},
                                     {"gap_marks", Kind::integer, 0, 100},
                                     {"own_grade_months", Kind::integer, 0, longest_months},
                                     {"interval_months", Kind::integer, 1, longest_months},
                                     {"rubric.*", Kind::integer, 1, 100}};
  return keys;
}

const std::vector<Key>& ladder() {
  static const std::vector<Key> keys{{"window_months", Kind::integer, 0, longest_months},
                                     {"basis", Kind::text, 0, 0, {"count"}},
                                     {"require_notice", Kind::flag},
                                     {"disq_months", Kind::integer, 1, longest_months},
                                     {"steps.comments", Kind::integer, 1, 1'000},
                                     {"steps.warning", Kind::integer, 1, 1'000},
                                     {"steps.disqualification", Kind::integer, 1, 1'000},
                                     {"steps.assignment_hold", Kind::integer, 1, 1'000},
                                     {"step1.author", Kind::text, 0, 0, {"undertaker", "centre"}},
                                     {"requalification.training", Kind::flag},
                                     {"requalification.probation_months", Kind::integer, 0, longest_months}};
  return keys;
}

const std::vector<Key>& subsidy() {
  static const std::vector<Key> keys{{"quality_base", Kind::text, 0, 0, {"standard", "labour", "total"}},
                                     {"labour_bp", Kind::integer, 0, whole},
                                     {"salaried", Kind::text, 0, 0, {"direct_only", "full"}},
                                     {"stage1_bp", Kind::integer, 0, whole},
                                     {"late_evaluation_months", Kind::integer, 0, longest_months},
                                     {"grades.unqualified_bp", Kind::integer, -whole, highest_rate},
                                     {"grades.qualified_bp", Kind::integer, -whole, highest_rate},
                                     {"grades.good_bp", Kind::integer, -whole, highest_rate},
                                     {"grades.excellent_bp", Kind::integer, -whole, highest_rate},
                                     {"terminated.default_bp", Kind::integer, 0, whole},
                                     {"terminated.none_bp", Kind::integer, 0, whole},
                                     {"terminated.before-hearing_bp", Kind::integer, 0, whole},
                                     {"terminated.after-hearing_bp", Kind::integer, 0, whole},
                                     {"terminated.*.default_bp", Kind::integer, 0, whole},
                                     {"terminated.*.none_bp", Kind::integer, 0, whole},
                                     {"terminated.*.before-hearing_bp", Kind::integer, 0, whole},
                                     {"terminated.*.after-hearing_bp", Kind::integer, 0, whole},
                                     {"standard.civil.*", Kind::integer, 0, highest_standard},
                                     {"standard.administrative.*", Kind::integer, 0, highest_standard},
                                     {"standard.criminal.*", Kind::integer, 0, highest_standard}};
  return keys;
}

std::string_view first_name(std::string_view& path) {
  const auto dot = path.find('.');
  const auto name = path.substr(0, dot);
  path = dot == std::string_view::npos ? std::string_view{} : path.substr(dot + 1);
  return name;
}

bool matches(std::string_view pattern, std::string_view path) {
  while (!pattern.empty() && !path.empty()) {
    const auto wanted = first_name(pattern), name = first_name(path);
    if (wanted != "*" && wanted != name) return false;
  }
  return pattern.empty() && path.empty();
}

Problem wrong_text(const Key& key, const std::string& path, const std::string* text) {
  if (text == nullptr) return path + " must be a text";
  if (key.options.empty() || std::ranges::find(key.options, *text) != key.options.end()) return std::nullopt;
  std::string options;
  for (const auto option : key.options) options += (options.empty() ? "" : ", ") + std::string(option);
  return path + " must be one of " + options;
}

Problem wrong_list(const Key& key, const std::string& path, const Tree& value) {
  if (value.as_list() == nullptr) return path + " must be a list of texts";
  for (const auto& element : *value.as_list())
    if (auto problem = wrong_text(key, "each of " + path, element.as_string())) return problem;
  return std::nullopt;
}

Problem wrong_value(const Key& key, const std::string& path, const Tree& value) {
  if (key.kind == Kind::texts) return wrong_list(key, path, value);
  if (key.kind == Kind::text) return wrong_text(key, path, value.as_string());
  if (key.kind == Kind::flag) return value.as_bool() != nullptr ? Problem{} : path + " must be true or false";
  const auto* number = value.as_int();
  if (number != nullptr && key.least <= *number && *number <= key.most) return std::nullopt;
  return path + " must be an integer from " + std::to_string(key.least) + " to " + std::to_string(key.most);
}

/// Looks at every leaf: each has to be a key that is known, with a value that it may have.
Problem wrong_leaf(std::span<const Key> keys, const std::string& path, const Tree& value) {
  if (const auto* members = value.as_object()) {
    for (const auto& member : *members)
      if (auto problem = wrong_leaf(keys, path.empty() ? member.name : path + "." + member.name, member.value))
        return problem;
    return std::nullopt;
  }
  const auto key = std::ranges::find_if(keys, [&](const Key& known) { return matches(known.path, path); });
  return key == keys.end() ? "there is no key " + path : wrong_value(*key, path, value);
}

std::int64_t number_at(const Tree& text, std::string_view path, std::int64_t otherwise) {
  const Tree* value = text.at_path(path);
  return value != nullptr && value->as_int() != nullptr ? *value->as_int() : otherwise;
}

/// Each of these is at least the one before, where it is there at all.
Problem out_of_order(const Tree& text, std::initializer_list<std::string_view> paths) {
  std::int64_t reached = 0;
  for (const auto path : paths) {
    const auto value = number_at(text, path, reached);
    if (value < reached) return std::string(path) + " is below what it has to reach: " + std::to_string(reached);
    reached = value;
  }
  return std::nullopt;
}

Problem missing(const Tree& text, std::initializer_list<std::string_view> paths) {
  for (const auto path : paths)
    if (text.at_path(path) == nullptr) return std::string(path) + " is missing";
  return std::nullopt;
}

Problem wrong_grades(const Tree& text) {
  if (auto problem = missing(text, {"thresholds.qualified", "thresholds.excellent"})) return problem;
  return out_of_order(text, {"thresholds.qualified", "thresholds.good", "thresholds.excellent"});
}

Problem wrong_rubric(const Tree& text) {
  const Tree* rubric = text.find("rubric");
  std::int64_t marks = 0;
  if (rubric != nullptr && rubric->as_object() != nullptr)
    for (const auto& item : *rubric->as_object()) marks += *item.value.as_int();
  return marks == 100 ? Problem{} : "the rubric's items give " + std::to_string(marks) + " marks, not 100";
}

Problem wrong_subsidy(const Tree& text) {
  return missing(text, {"standard.civil.default", "standard.administrative.default", "standard.criminal.default"});
}

}  // namespace

std::optional<std::string> problem_of_policy(std::string_view name, const Tree& text) {
  const auto check = [&](const std::vector<Key>& keys, Problem (*whole_text)(const Tree&)) {
    auto problem = wrong_leaf(keys, {}, text);
    return problem ? problem : whole_text(text);
  };
  if (name == "deadlines") return check(deadlines(), wrong_deadlines);
  if (name == "eligibility") return check(eligibility(), wrong_eligibility);
  if (name == "casework") return check(casework(), [](const Tree&) { return Problem{}; });
  if (name == "grades") return check(grades(), wrong_grades);
  if (name == "evaluation") return check(evaluation(), wrong_rubric);
  if (name == "ladder")
    return check(ladder(), [](const Tree& tree) {
      return out_of_order(tree, {"steps.comments", "steps.warning", "steps.disqualification"});
    });
  if (name == "subsidy") return check(subsidy(), wrong_subsidy);
  return std::nullopt;
}

}  // namespace aidledger::rules
