#include "src/vault/tokens.hpp"

#include <algorithm>
#include <stdexcept>

#include "events/values/ids.hpp"
#include "src/world/digest.hpp"

namespace aidledger::vault {
namespace {

constexpr std::string_view prefix = "aidl_";
constexpr char separator = '\n';
constexpr std::size_t id_bytes = 6, secret_bytes = 32;
constexpr std::int64_t longest_token_us = longest_token_days * 86'400'000'000LL;
constexpr std::string_view tokens_prefix = "token/";

std::string name_in_vault(const std::string& id) { return std::string(tokens_prefix) + id; }
std::string revocation(const std::string& id) { return "revoked/" + id; }

bool is_token_id(const std::string& id) { return id.size() == 2 * id_bytes && from_hex(id).size() == id_bytes; }

/// One line a field; the fields are ids, names of roles and numbers, none of which holds a line break.
Bytes encode(const Grant& grant, BytesView hash) {
  std::string roles;
  for (const Role role : grant.roles) roles += std::string(name_of(role)) + " ";
  Bytes out;
  for (const std::string& field :
       {to_hex(hash), grant.person, roles, grant.ledger, grant.organisation, grant.district, grant.undertaker,
        std::to_string(grant.created.us), std::to_string(grant.expires.us)})
    out += field + separator;
  return out;
}

std::vector<std::string> lines(BytesView text) {
  std::vector<std::string> out;
  for (auto end = text.find(separator); end != BytesView::npos; end = text.find(separator)) {
    out.emplace_back(text.substr(0, end));
    text.remove_prefix(end + 1);
  }
  return out;
}

std::vector<Role> roles_of(std::string_view text) {
  std::vector<Role> out;
  for (auto end = text.find(' '); end != std::string_view::npos; end = text.find(' ')) {
    if (const auto role = parse_name<Role>(text.substr(0, end))) out.push_back(*role);
    text.remove_prefix(end + 1);
  }
  return out;
}

void check(const Grant& grant) {
  if (!is_id(grant.person))
    throw std::invalid_argument(
        "a token belongs to a person or service: name it by its id (1-64 of A-Z a-z 0-9 . _ -)");
  if (!is_id(grant.ledger) && grant.ledger != "*") throw std::invalid_argument("a token is for a ledger: give its id");
  if (!grant.undertaker.empty() && !is_id(grant.undertaker))
    throw std::invalid_argument("the undertaker is given by its id");
  if (grant.roles.empty()) throw std::invalid_argument("a token holds at least one role");
  if (std::find(grant.roles.begin(), grant.roles.end(), Role::clock) != grant.roles.end())
    throw std::invalid_argument("the clock takes no token: it is the service's own");
  if (grant.created.us < 0 || grant.expires <= grant.created || grant.expires.us - grant.created.us > longest_token_us)
    throw std::invalid_argument("a token ends in the future, within " + std::to_string(longest_token_days) + " days");
  for (const std::string* field : {&grant.organisation, &grant.district})
    if (field->find(separator) != std::string::npos) throw std::invalid_argument("a name may not hold a line break");
}

}  // namespace

struct Tokens::Stored {
  Grant grant;
  Bytes hash;
};

Tokens::Tokens(Vault& vault, world::Random& random)
    : vault_(vault), random_(random), pepper_(vault.put_once("secret/pepper", random.bytes(secret_bytes))) {}

/// Until 2026-11-25 a tenth line said whether it was revoked.
std::optional<Tokens::Stored> Tokens::stored(const std::string& id) const {
  const auto text = vault_.get(name_in_vault(id));
  if (!text) return std::nullopt;
  const auto f = lines(*text);
  if (f.size() != 9 && f.size() != 10) return std::nullopt;
  const bool revoked = f.back() == "revoked" || vault_.get(revocation(id));
  return Stored{{id, f[1], roles_of(f[2]), f[3], f[4], f[5], f[6], {std::stoll(f[7])}, {std::stoll(f[8])}, revoked},
                from_hex(f[0])};
}

Bytes Tokens::keyed(BytesView secret) const { return Bytes(view_of(world::hmac_sha256(pepper_, secret))); }

std::string Tokens::add(Grant grant) {
  check(grant);
  std::string id;
  do id = to_hex(random_.bytes(id_bytes));
  while (vault_.get(name_in_vault(id)));
  const std::string secret = to_hex(random_.bytes(secret_bytes));
  vault_.put(name_in_vault(id), encode(grant, keyed(secret)));
  return std::string(prefix) + id + "." + secret;
}

std::optional<Grant> Tokens::find(std::string_view token) const {
  const auto dot = token.find('.');
  if (!token.starts_with(prefix) || dot == std::string_view::npos || token.size() > longest_token) return std::nullopt;
  const std::string id(token.substr(prefix.size(), dot - prefix.size()));
  if (!is_token_id(id)) return std::nullopt;
  auto found = stored(id);
  if (!found && vault_.look_again()) found = stored(id);
  if (!found || !world::equal_secret(found->hash, keyed(token.substr(dot + 1)))) return std::nullopt;
  return found->grant;
}

std::vector<Grant> Tokens::list() const {
  std::vector<std::string> ids;
  vault_.list(std::string(tokens_prefix), [&](const std::string& name, BytesView) {
    ids.push_back(name.substr(tokens_prefix.size()));
    return true;
  });
  std::vector<Grant> out;
  for (const auto& id : ids)
    if (auto found = stored(id)) out.push_back(std::move(found->grant));
  return out;
}

bool Tokens::revoke(const std::string& id) {
  if (!is_token_id(id)) return false;
  if (!stored(id) && !(vault_.look_again() && stored(id))) return false;
  vault_.put(revocation(id), {});
  return true;
}

}  // namespace aidledger::vault
