#pragma once
// One ledger's node behind the HTTP door: trees and principals in, answers out.
#include <memory>
#include <string>

#include "src/http/api.hpp"
#include "src/node.hpp"
#include "src/vault/tokens.hpp"

namespace aidledger {

class NodeService : public http::Service {
 public:
  explicit NodeService(Node& node);

  http::Caller authenticate(std::string_view token) override;
  bool has_ledger(std::string_view ledger) override;
  void act(const http::Caller& caller, http::ActionInput input, std::function<void(http::Acted)> then) override;
  std::expected<http::Reply, http::No> call(const http::Call& call) override;
  std::expected<http::FeedPage, http::No> feed(const http::FeedQuery& query) override;
  void when_readable(std::string_view ledger, Seq seq, std::function<void()> then) override;
  /// It is here; who follows several ledgers says of each where it is.
  std::string away(std::string_view) override { return {}; }
  /// Its detail is the ledger's alone, no list.
  http::Readiness readiness(std::string_view ledger) override;
  std::string stale(std::string_view ledger) override;

 private:
  std::expected<http::Reply, http::No> read(const http::Call& call);
  std::expected<http::Reply, http::No> issue_token(const http::Call& call);
  std::expected<http::Reply, http::No> recall_token(const http::Call& call);
  std::expected<http::Reply, http::No> find_persons(const http::Call& call);
  std::expected<http::Reply, http::No> make_backup(const http::Call& call);
  std::optional<Seq> known_at(const http::Call& call) const;

  Node& node_;
  vault::Tokens tokens_;
};

/// Who may read: every role that has casework to do, and the auditor; an undertaker or recipient own cases only (the
/// queries look).
const std::vector<Role>& reading_roles();
/// An answer as the door gives it.
http::Acted acted(const ledger::Answer& answer);
/// A principal from what a token in the vault of the ledger `home` grants: in that ledger, whatever else it says.
Principal principal_of(const vault::Grant& grant, const std::string& home);

}  // namespace aidledger
