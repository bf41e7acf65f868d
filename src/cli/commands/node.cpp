#include "src/cli/asking.hpp"
#include "src/cli/commands/groups.hpp"
#include "src/cli/render.hpp"

namespace aidledger::cli {
namespace {

Exit list(const Arguments& arguments, Session& session) {
  print_list(session, session.pages(session.ledger_path() + "/nodes", read_query(arguments), limit_of(arguments)),
             {{"NODE", {"node"}}, {"KEY", {"key_id"}}, {"STATE", {"state"}}, {"SEQ", {"since"}, Show::number}},
             "no key is enrolled");
  return Exit::ok;
}

Exit key(const Arguments&, Session& session) {
  print_object(session, session.hands().node_key(session.settings()));
  return Exit::ok;
}

Exit enrol(const Arguments& arguments, Session& session) {
  auto data = Tree::object()
                  .set("node", arguments.text("--name"))
                  .set("key_id", arguments.text("--key-id"))
                  .set("public_key", arguments.text("--public-key"));
  return send(session, action_of("propose-writer-key", std::move(data), arguments));
}

Exit confirm(const Arguments& arguments, Session& session) {
  auto data = Tree::object().set("proposal", arguments.text("PROPOSAL")).set("key_id", arguments.text("--key-id"));
  return send(session, action_of("confirm-writer-key", std::move(data), arguments));
}

Exit revoke(const Arguments& arguments, Session& session) {
  auto data = Tree::object().set("key_id", arguments.text("KEY")).set("reason", arguments.text("--reason"));
  return send(session, action_of("revoke-writer-key", std::move(data), arguments));
}

}  // namespace

Commands node_commands() {
  return {
      {"node list",
       "the keys that may sign batches of a ledger",
       {{"aidledger node list", ""}},
       read_options(true),
       list},
      {"node key",
       "the key of this folder's node, made where there is none",
       {{"aidledger node key --data /srv/b --node b", "what `node enrol` asks for"}},
       {},
       key},
      {"node enrol",
       "ask, as the first of two people, that a node's key be enrolled",
       {{"aidledger node enrol --name b --key-id 5f0c6d0e9a1b2c3d4e5f60718293a4b5 --public-key "
         "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
         ""}},
       with({required_option("--name", "NODE", "the node"), required_option("--key-id", "HEX", "its key's id"),
             required_option("--public-key", "HEX", "its public key")},
            action_options()),
       enrol,
       "The answer names the proposal. A second person agrees with: aidledger node confirm PROPOSAL --key-id HEX"},
      {"node confirm",
       "agree, as the second of two people, that a node's key be enrolled",
       {{"aidledger node confirm P-1 --key-id 5f0c6d0e9a1b2c3d4e5f60718293a4b5", ""}},
       with({positional("PROPOSAL", "the proposal"), required_option("--key-id", "HEX", "the key that you looked at")},
            action_options()),
       confirm},
      {"node revoke",
       "make void what a node signs from here on",
       {{"aidledger node revoke 5f0c6d0e9a1b2c3d4e5f60718293a4b5 --reason 'the machine was stolen'", ""}},
       with({positional("KEY", "its key's id"), required_option("--reason", "TEXT", "why")}, action_options()),
       revoke}};
}

}  // namespace aidledger::cli
