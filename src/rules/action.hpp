#pragma once
// An action is declared once, like an event: a struct with its name, who may ask for it, its fields, and a pure
// decide(action, context) beside it.
//
//   struct GrantAid {
//     static constexpr auto name = "grant-aid"sv, meaning = "aid is granted: a case begins"sv;
//     static constexpr std::array roles{Role::intake};
//     static constexpr auto refusals = Refusals::unrecorded;   // recorded for decisions of directors and finance
//     ...fields
//   };
//   Decision decide(const GrantAid&, const Context&);
#include <functional>
#include <memory>

#include "events/tree_codec.hpp"
#include "src/rules/context.hpp"

namespace aidledger::rules {

enum class Refusals { unrecorded, recorded };

using ActionPtr = std::shared_ptr<void>;
/// A sealed field of an action: the clear text to be sealed, whose it is, the blind index it feeds, and
/// "<action>/<field>".
using SealVisit = std::function<void(Sealed& field, const PersonId& whose, IndexKind index, const std::string& schema)>;
/// An id that the action left out.
using IdVisit = std::function<void(std::string& id)>;

struct ActionType {
  std::string_view family;
  std::string_view name;
  std::string_view meaning;
  std::vector<Role> roles;
  Refusals refusals;
  ActionPtr (*read)(const Tree& data, const std::string& pointer, Problems& problems);
  Tree (*to_tree)(const void* action);
  Tree (*schema)();
  ActionPtr (*sample)(int n);
  void (*missing_ids)(void* action, const IdVisit& visit);
  void (*sealed)(void* action, const SealVisit& visit);
  void (*objects)(const void* action, std::vector<ObjectRef>& out);
  Decision (*decide)(const void* action, const Context& context);
};

/// nullptr when there is no action of that name.
const ActionType* find_action(std::string_view name);
const std::vector<ActionType>& all_actions();

/// A request, complete: ids named, personal data sealed.
struct Request {
  const ActionType* type = nullptr;
  ActionPtr action;
  std::string principal;
  std::string action_id;
  Instant occurred_at;
  Actor actor;
  Hash digest{};
};

}  // namespace aidledger::rules
