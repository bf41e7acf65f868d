#include "src/cli/command.hpp"

#include <charconv>

namespace aidledger::cli {

using Form = Parameter::Form;

Parameter positional(std::string name, std::string meaning) {
  return {Form::positional, std::move(name), "", std::move(meaning), true, false};
}
Parameter optional_positional(std::string name, std::string meaning) {
  return {Form::positional, std::move(name), "", std::move(meaning), false, false};
}
Parameter many_positionals(std::string name, std::string meaning) {
  return {Form::positional, std::move(name), "", std::move(meaning), false, true};
}
Parameter option(std::string name, std::string value, std::string meaning) {
  return {Form::option, std::move(name), std::move(value), std::move(meaning), false, false};
}
Parameter required_option(std::string name, std::string value, std::string meaning) {
  return {Form::option, std::move(name), std::move(value), std::move(meaning), true, false};
}
Parameter many_options(std::string name, std::string value, std::string meaning) {
  return {Form::option, std::move(name), std::move(value), std::move(meaning), false, true};
}
Parameter flag(std::string name, std::string meaning) {
  return {Form::flag, std::move(name), "", std::move(meaning), false, false};
}

std::string Arguments::text(std::string_view name) const {
  const auto found = values_.find(name);
  return found == values_.end() || found->second.empty() ? "" : found->second.front();
}

std::vector<std::string> Arguments::all(std::string_view name) const {
  const auto found = values_.find(name);
  return found == values_.end() ? std::vector<std::string>{} : found->second;
}

std::optional<std::uint64_t> Arguments::number(std::string_view name) const {
  if (!has(name)) return std::nullopt;
  const auto typed = text(name);
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(typed.data(), typed.data() + typed.size(), value);
  if (error != std::errc{} || end != typed.data() + typed.size())
    throw Failure(Exit::usage, std::string(name) + " takes a whole number from 0 on");
  return value;
}

}  // namespace aidledger::cli
