#include "events/catalogue.hpp"

#include <algorithm>

#include "events/families.hpp"

namespace aidledger {
namespace {

template <class... F>
std::vector<EventType> types_of_all() {
  std::vector<EventType> all;
  const auto add = [&](std::vector<EventType> types) { all.insert(all.end(), types.begin(), types.end()); };
  (add(event_types_of<F>()), ...);
  std::sort(all.begin(), all.end(), [](const EventType& a, const EventType& b) { return a.tag < b.tag; });
  return all;
}

const std::vector<EventType>& catalogue() {
  static const std::vector<EventType> all = with_all_families([]<class... F>() { return types_of_all<F...>(); });
  return all;
}

}  // namespace

const EventType* find_event_type(EventTag tag) {
  const auto& all = catalogue();
  const auto found = std::lower_bound(all.begin(), all.end(), tag,
                                      [](const EventType& type, EventTag wanted) { return type.tag < wanted; });
  return found != all.end() && found->tag == tag ? &*found : nullptr;
}

const EventType* find_event_type(std::string_view name) {
  const auto& all = catalogue();
  const auto found = std::find_if(all.begin(), all.end(), [&](const EventType& type) { return type.name == name; });
  return found != all.end() ? &*found : nullptr;
}

const std::vector<const EventType*>& all_event_types() {
  static const std::vector<const EventType*> all = [] {
    std::vector<const EventType*> out;
    for (const auto& type : catalogue()) out.push_back(&type);
    return out;
  }();
  return all;
}

Tree catalogue_tree() {
  Tree list = Tree::list();
  for (const auto* type : all_event_types()) {
    Tree tag = Tree::list();
    tag.push(static_cast<int>(type->tag.family))
        .push(static_cast<int>(type->tag.event))
        .push(static_cast<int>(type->tag.version));
    list.push(Tree::object()
                  .set("name", type->name)
                  .set("family", type->family)
                  .set("type", type->public_type())
                  .set("tag", tag)
                  .set("meaning", type->meaning)
                  .set("schema", type->schema()));
  }
  return list;
}

}  // namespace aidledger
