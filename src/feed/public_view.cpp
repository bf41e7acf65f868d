#include "src/feed/public_view.hpp"

#include <algorithm>

#include "src/feed/public_codec.hpp"

namespace aidledger::feed {
namespace {

template <class E>
PublicView view_of() {
  return {find_event_type(E::tag), [](const void* payload) { return to_public(*static_cast<const E*>(payload)); },
          [] { return public_schema<E>(); },
          [](const void* payload) { return main_object(*static_cast<const E*>(payload)); }};
}

template <FixedName Name, class... E>
void add_views(Family<Name, E...>*, std::vector<PublicView>& out) {
  (out.push_back(view_of<E>()), ...);
}

bool in_catalogue_order(const PublicView& a, const PublicView& b) { return a.type->tag < b.type->tag; }

/// The words of "cn.aidledger.<family>.<event>.v<n>".
std::string public_word(const EventType& type, std::size_t n) {
  const std::string whole = type.public_type();
  std::size_t from = 0;
  for (std::size_t i = 0; i < n; ++i) from = whole.find('.', from) + 1;
  return whole.substr(from, whole.find('.', from) - from);
}

}  // namespace

const std::vector<PublicView>& all_public_views() {
  static const std::vector<PublicView> all = [] {
    std::vector<PublicView> out;
    with_all_families([&]<class... F>() { (add_views(static_cast<F*>(nullptr), out), ...); });
    std::sort(out.begin(), out.end(), in_catalogue_order);
    return out;
  }();
  return all;
}

const PublicView& public_view_of(const EventType& type) {
  const auto& all = all_public_views();
  return *std::lower_bound(all.begin(), all.end(), PublicView{&type, {}, {}, {}}, in_catalogue_order);
}

std::string family_in_kebab_case(const EventType& type) { return public_word(type, 2); }
std::string name_in_kebab_case(const EventType& type) { return public_word(type, 3); }

std::string data_schema_uri(const EventType& type, std::string_view base) {
  return std::string(base) + "/" + family_in_kebab_case(type) + "/" + name_in_kebab_case(type) + "/" +
         std::to_string(type.tag.version);
}

}  // namespace aidledger::feed
