#include <algorithm>
#include <boost/json/basic_parser_impl.hpp>
#include <vector>

#include "events/tree_codec.hpp"
#include "src/json/json.hpp"

namespace aidledger::json {
namespace {

namespace bj = boost::json;

/// Refusals of our own on top of the parser's; carried beside its error code.
struct Complaint {
  std::string_view code;
  std::string_view text;
};

constexpr Complaint duplicate_key{"duplicate-key", "the same member stands twice in one object"};
constexpr Complaint not_an_integer{"not-an-integer", "numbers must be integers, without fraction or exponent"};
constexpr Complaint out_of_range{"number-out-of-range", "the number does not fit in 64 bits with a sign"};
constexpr Complaint too_many_values{"too-many-values", "the text holds too many values"};
constexpr Complaint too_long{"too-long", "a string is too long"};
constexpr Complaint name_too_long{"too-long", "the name of a member is too long"};
constexpr Complaint text_too_long{"too-long", "the text is too long"};
constexpr Complaint empty{"empty", "there is no text where JSON was expected"};

Complaint complaint_about(const bj::error_code& error, std::string_view text) {
  switch (static_cast<bj::error>(error.value())) {
    case bj::error::too_deep: return {"too-deep", "lists and objects are nested too deeply"};
    case bj::error::extra_data: return {"trailing-text", "something follows the JSON value"};
    case bj::error::incomplete: return {"incomplete", "the text ends in the middle of a value"};
    case bj::error::exponent_overflow: return not_an_integer;
    case bj::error::illegal_leading_surrogate:
    case bj::error::illegal_trailing_surrogate:
    case bj::error::expected_utf16_escape: return {"bad-utf8", "an escaped character is half of a surrogate pair"};
    default: break;
  }
  if (!is_utf8(text)) return {"bad-utf8", "the text is not UTF-8"};
  return {"syntax", "this is not JSON"};
}

/// True when two members share a name; `name` gets it.
bool has_duplicate(const TreeObject& members, std::string_view& name) {
  std::vector<std::string_view> names;
  names.reserve(members.size());
  for (const auto& member : members) names.push_back(member.name);
  std::sort(names.begin(), names.end());
  const auto twice = std::adjacent_find(names.begin(), names.end());
  if (twice != names.end()) name = *twice;
  return twice != names.end();
}

/// Builds the tree while the parser reads. One open list or object per level.
class Builder {
 public:
  static constexpr std::size_t max_array_size = SIZE_MAX;
  static constexpr std::size_t max_object_size = SIZE_MAX;
  static constexpr std::size_t max_string_size = SIZE_MAX;
  static constexpr std::size_t max_key_size = SIZE_MAX;

  Builder(std::string_view text, const Limits& limits) : text_(text), limits_(limits) {}

  Tree result;
  const Complaint* complaint = nullptr;

  /// Where the reader is: RFC 6901. Between two members it is at the object itself.
  std::string pointer() const {
    std::string path;
    for (const auto& level : open_)
      if (level.value.as_list() != nullptr || !level.name.empty()) path = pointer_of(path, level.step());
    return path;
  }

  bool on_document_begin(bj::error_code&) { return true; }
  bool on_document_end(bj::error_code&) { return true; }
  bool on_array_begin(bj::error_code& error) { return open(Tree::list(), error); }
  bool on_object_begin(bj::error_code& error) { return open(Tree::object(), error); }
  bool on_array_end(std::size_t, bj::error_code&) { return close(); }
  bool on_object_end(std::size_t, bj::error_code& error) {
    std::string_view twice;
    if (has_duplicate(*open_.back().value.as_object(), twice)) {
      open_.back().name = twice;
      return refuse(duplicate_key, error);
    }
    return close();
  }
  bool on_key_part(bj::string_view part, std::size_t size, bj::error_code& error) {
    if (size > limits_.name) return refuse(name_too_long, error);
    name_.append(part.data(), part.size());
    return true;
  }
  bool on_key(bj::string_view part, std::size_t size, bj::error_code& error) {
    if (!on_key_part(part, size, error)) return false;
    open_.back().name = std::move(name_);
    name_.clear();
    return true;
  }
  bool on_string_part(bj::string_view part, std::size_t size, bj::error_code& error) {
    if (size > limits_.string) return refuse(too_long, error);
    string_.append(part.data(), part.size());
    return true;
  }
  bool on_string(bj::string_view part, std::size_t size, bj::error_code& error) {
    if (!on_string_part(part, size, error)) return false;
    std::string whole = std::move(string_);
    string_.clear();
    return add(Tree(std::move(whole)), error);
  }
  bool on_number_part(bj::string_view, bj::error_code&) { return true; }
  bool on_int64(std::int64_t value, bj::string_view, bj::error_code& error) { return add(Tree(value), error); }
  bool on_uint64(std::uint64_t, bj::string_view, bj::error_code& error) { return refuse(out_of_range, error); }
  bool on_double(double, bj::string_view part, bj::error_code& error) {
    return refuse(is_whole(part) ? out_of_range : not_an_integer, error);
  }
  bool on_bool(bool value, bj::error_code& error) { return add(Tree(value), error); }
  bool on_null(bj::error_code& error) { return add(Tree(), error); }
  bool on_comment_part(bj::string_view, bj::error_code&) { return true; }
  bool on_comment(bj::string_view, bj::error_code&) { return true; }

 private:
  struct Level {
    Tree value;
    std::string name;  ///< of the member being read
    std::string step() const {
      if (const auto* list = value.as_list()) return std::to_string(list->size());
      return name;
    }
  };

  bool refuse(const Complaint& what, bj::error_code& error) {
    complaint = &what;
    error = bj::error::exception;
    return false;
  }

  /// A number too large for 64 bits arrives as a double: look at how it was written.
  bool is_whole(bj::string_view part) const {
    const char* end = part.data() + part.size();
    if (end < text_.data() || end > text_.data() + text_.size()) return false;
    const auto written = text_.substr(0, static_cast<std::size_t>(end - text_.data()));
    const auto before = written.find_last_not_of("0123456789+-.eE");
    return written.substr(before == std::string_view::npos ? 0 : before + 1).find_first_of(".eE") ==
           std::string_view::npos;
  }

  bool open(Tree value, bj::error_code& error) {
    if (++nodes_ > limits_.nodes) return refuse(too_many_values, error);
    open_.push_back({std::move(value), {}});
    return true;
  }

  bool add(Tree value, bj::error_code& error) {
    if (++nodes_ > limits_.nodes) return refuse(too_many_values, error);
    place(std::move(value));
    return true;
  }

  bool close() {
    Tree value = std::move(open_.back().value);
    open_.pop_back();
    place(std::move(value));
    return true;
  }

  void place(Tree value) {
    if (open_.empty()) {
      result = std::move(value);
    } else if (auto* list = open_.back().value.as_list()) {
      list->push_back(std::move(value));
    } else {
      open_.back().value.as_object()->push_back({std::move(open_.back().name), std::move(value)});
      open_.back().name.clear();
    }
  }

  std::string_view text_;
  const Limits& limits_;
  std::vector<Level> open_;
  std::string name_, string_;
  std::size_t nodes_ = 0;
};

JsonError error_at(std::string_view text, std::size_t offset, const Complaint& what, std::string pointer) {
  const auto line = 1 + std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(offset), '\n');
  return {what.code, offset, static_cast<std::size_t>(line), std::string(what.text), std::move(pointer)};
}

}  // namespace

std::expected<Tree, JsonError> parse(std::string_view text, const Limits& limits) {
  if (text.size() > limits.text) return std::unexpected(error_at(text, limits.text, text_too_long, ""));
  if (text.find_first_not_of(" \t\r\n") == std::string_view::npos)
    return std::unexpected(error_at(text, text.size(), empty, ""));
  bj::parse_options options;
  options.max_depth = limits.depth;
  bj::basic_parser<Builder> parser(options, text, limits);
  bj::error_code error;
  const std::size_t read = parser.write_some(false, text.data(), text.size(), error);
  auto& built = parser.handler();
  if (!error && read < text.size()) error = bj::error::extra_data;
  if (!error) return std::move(built.result);
  const auto what = built.complaint != nullptr ? *built.complaint : complaint_about(error, text);
  return std::unexpected(error_at(text, std::min(read, text.size()), what, built.pointer()));
}

}  // namespace aidledger::json
