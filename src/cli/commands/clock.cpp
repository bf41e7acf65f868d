#include "src/cli/asking.hpp"
#include "src/cli/commands/groups.hpp"

namespace aidledger::cli {
namespace {

Exit accept_clock(const Arguments& arguments, Session& session) {
  auto data = Tree::object().set("node", arguments.text("--node")).set("finding", arguments.text("--finding"));
  return send(session, action_of("accept-clock", std::move(data), arguments));
}

}  // namespace

Commands clock_commands() {
  return {{"clock accept",
           "say that the machine's clock is right after it was suspect",
           {{"aidledger clock accept --node node-1 --finding 'clock was set by hand, now follows NTP'", ""}},
           with({required_option("--node", "NODE", "the node, as /readyz names it"),
                 required_option("--finding", "TEXT", "what had been wrong")},
                action_options()),
           accept_clock,
           "A node whose clock stepped by more than five minutes, or stands behind its last record, writes nothing "
           "until then."}};
}

}  // namespace aidledger::cli
