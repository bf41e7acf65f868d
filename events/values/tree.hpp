#pragma once
// A neutral tree of values: what JSON, TOML, actions and answers have in common. No floats; objects keep their order.
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace aidledger {

class Tree;
struct TreeMember;
using TreeList = std::vector<Tree>;
using TreeObject = std::vector<TreeMember>;

class Tree {
 public:
  Tree();
  Tree(const Tree&);
  Tree(Tree&&) noexcept;
  Tree& operator=(const Tree&);
  Tree& operator=(Tree&&) noexcept;
  ~Tree();
  Tree(bool value);
  Tree(std::int64_t value);
  Tree(int value);
  Tree(std::uint64_t value);
  Tree(std::string value);
  Tree(std::string_view value);
  Tree(const char* value);
  Tree(TreeList value);
  Tree(TreeObject value);

  static Tree object();
  static Tree list();

  bool is_null() const { return std::holds_alternative<std::monostate>(value_); }
  const bool* as_bool() const { return std::get_if<bool>(&value_); }
  const std::int64_t* as_int() const { return std::get_if<std::int64_t>(&value_); }
  const std::string* as_string() const { return std::get_if<std::string>(&value_); }
  const TreeList* as_list() const { return std::get_if<TreeList>(&value_); }
  const TreeObject* as_object() const { return std::get_if<TreeObject>(&value_); }
  TreeList* as_list() { return std::get_if<TreeList>(&value_); }
  TreeObject* as_object() { return std::get_if<TreeObject>(&value_); }

  /// The member of that name, or nullptr (also where this is no object).
  const Tree* find(std::string_view name) const;
  /// A member by dotted path ("ladder.window_months"), or nullptr.
  const Tree* at_path(std::string_view path) const;
  /// Sets a member of an object (a null tree becomes an object); returns *this for chaining.
  Tree& set(std::string_view name, Tree value);
  /// Appends to a list (a null tree becomes a list).
  Tree& push(Tree value);
  /// "object", "list", "string", "integer", "boolean" or "null".
  std::string_view type_name() const;
  bool operator==(const Tree&) const;

 private:
  std::variant<std::monostate, bool, std::int64_t, std::string, TreeList, TreeObject> value_;
};

struct TreeMember {
  std::string name;
  Tree value;
  bool operator==(const TreeMember&) const = default;
};

}  // namespace aidledger
