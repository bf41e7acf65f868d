#include "events/values/tree.hpp"

#include <array>

namespace aidledger {
namespace {

constexpr std::size_t usual_members = 8;

}  // namespace

Tree::Tree() = default;
Tree::Tree(const Tree&) = default;
Tree::Tree(Tree&&) noexcept = default;
Tree& Tree::operator=(const Tree&) = default;
Tree& Tree::operator=(Tree&&) noexcept = default;
Tree::~Tree() = default;
Tree::Tree(bool value) : value_(value) {}
Tree::Tree(std::int64_t value) : value_(value) {}
Tree::Tree(int value) : value_(static_cast<std::int64_t>(value)) {}
Tree::Tree(std::uint64_t value) : value_(static_cast<std::int64_t>(value)) {}
Tree::Tree(std::string value) : value_(std::move(value)) {}
Tree::Tree(std::string_view value) : value_(std::string(value)) {}
Tree::Tree(const char* value) : value_(std::string(value)) {}
Tree::Tree(TreeList value) : value_(std::move(value)) {}
Tree::Tree(TreeObject value) : value_(std::move(value)) {}
Tree Tree::object() { return Tree(TreeObject{}); }
Tree Tree::list() { return Tree(TreeList{}); }
bool Tree::operator==(const Tree& other) const { return value_ == other.value_; }

const Tree* Tree::find(std::string_view name) const {
  if (const auto* members = as_object())
    for (const auto& member : *members)
      if (member.name == name) return &member.value;
  return nullptr;
}

const Tree* Tree::at_path(std::string_view path) const {
  const Tree* here = this;
  while (here != nullptr && !path.empty()) {
    const auto dot = path.find('.');
    here = here->find(path.substr(0, dot));
    path = dot == std::string_view::npos ? std::string_view{} : path.substr(dot + 1);
  }
  return here;
}

Tree& Tree::set(std::string_view name, Tree value) {
  if (is_null()) value_ = TreeObject{};
  auto& members = std::get<TreeObject>(value_);
  if (members.capacity() == 0) members.reserve(usual_members);
  for (auto& member : members)
    if (member.name == name) {
      member.value = std::move(value);
      return *this;
    }
  members.push_back({std::string(name), std::move(value)});
  return *this;
}

Tree& Tree::push(Tree value) {
  if (is_null()) value_ = TreeList{};
  std::get<TreeList>(value_).push_back(std::move(value));
  return *this;
}

std::string_view Tree::type_name() const {
  constexpr std::array<std::string_view, 6> names{"null", "boolean", "integer", "string", "list", "object"};
  return names.at(value_.index());
}

}  // namespace aidledger
