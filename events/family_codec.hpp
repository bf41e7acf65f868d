#pragma once
// What a family's .cpp includes to register its events: AIDLEDGER_FAMILY(Undertakers).
#include "events/codec.hpp"
#include "events/family.hpp"
#include "events/tree_codec.hpp"

namespace aidledger::detail {

template <class T>
void collect_objects(const T& value, std::vector<ObjectRef>& out) {
  if constexpr (is_id_type<T>) {
    const ObjectRef ref{std::string(T::kind), value.value};
    if (!value.empty() && std::find(out.begin(), out.end(), ref) == out.end()) out.push_back(ref);
  } else if constexpr (is_optional<T>) {
    if (value) collect_objects(*value, out);
  } else if constexpr (is_vector<T>) {
    for (const auto& element : value) collect_objects(element, out);
  } else if constexpr (Described<T>) {
    for_each_field(value, [&](auto, const auto& field, auto, auto...) { collect_objects(field, out); });
  }
}

template <class E>
EventType type_of(std::string_view family) {
  EventType type{};
  type.tag = E::tag, type.family = family, type.name = E::name, type.meaning = E::meaning;
  E::fields(
      [&](std::string_view name, auto, std::string_view meaning, auto...) { type.fields.push_back({name, meaning}); });
  type.encode = [](const void* payload, Bytes& out) { encode_to(out, *static_cast<const E*>(payload)); };
  type.decode = [](BytesView bytes) -> std::shared_ptr<const void> {
    auto payload = std::make_shared<E>();
    decode(bytes, *payload);
    return payload;
  };
  type.to_tree = [](const void* payload) { return to_tree(*static_cast<const E*>(payload)); };
  type.schema = [] { return schema_of<E>(false); };
  type.sample = [](int n) -> std::shared_ptr<const void> { return std::make_shared<E>(sample_of<E>(n)); };
  type.objects = [](const void* payload, std::vector<ObjectRef>& out) {
    collect_objects(*static_cast<const E*>(payload), out);
  };
  return type;
}

template <FixedName Name, class... E>
std::vector<EventType> types_of(Family<Name, E...>*) {
  return {type_of<E>(Name)...};
}

}  // namespace aidledger::detail

#define AIDLEDGER_FAMILY(F)                            \
  template <>                                          \
  std::vector<EventType> event_types_of<F>() {         \
    return detail::types_of(static_cast<F*>(nullptr)); \
  }
