#include "src/http/desk.hpp"

namespace aidledger::http {

void Desk::hand_in(std::int64_t now_us, const Caller& caller, const std::string& ledger, std::string_view text,
                   std::string_view key, std::string& found_id, std::function<void(Decided)> then) {
  auto input = read_action(text, ledger, key, found_id);
  if (!input) return then(std::unexpected(std::move(input.error())));
  const auto answer = std::make_shared<std::function<void(Decided)>>(std::move(then));
  const auto wait = waits_.begin(
      now_us, [answer] { (*answer)(std::unexpected(details_of(problem::outcome_unknown, "no answer in time"))); });
  service_.act(caller, std::move(*input), [wait, answer](Acted acted) {
    if (!wait->claim()) return;
    if (acted)
      (*answer)(std::move(*acted));
    else
      (*answer)(std::unexpected(details_of(acted.error())));
  });
}

int status_of(const Decided& decided) {
  if (!decided) return decided.error().status;
  return decided->replayed ? 200 : 201;
}

Tree body_of(const Accepted& accepted) {
  Tree body = accepted.body();
  if (accepted.replayed) body.set("replayed", true);
  return body;
}

}  // namespace aidledger::http
