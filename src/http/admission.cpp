// The first look at a request, at its head alone: nothing of a body is read for what is refused here.
#include <algorithm>

#include "src/http/handler.hpp"

namespace aidledger::http {
namespace {

constexpr std::size_t max_token_length = 256;

std::string lower(std::string_view text) {
  std::string out(text);
  std::ranges::transform(out, out.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return out;
}

std::string_view trim(std::string_view text) {
  const auto first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

/// The media type in lower case; empty where a character set other than UTF-8 is named.
std::string media_type(std::string_view content_type) {
  const auto semicolon = content_type.find(';');
  if (semicolon != std::string_view::npos) {
    const auto parameter = lower(trim(content_type.substr(semicolon + 1)));
    if (parameter.starts_with("charset") && parameter != "charset=utf-8" && parameter != "charset=\"utf-8\"") return {};
  }
  return lower(trim(content_type.substr(0, semicolon)));
}

std::optional<std::string> bearer(const std::string& authorization) {
  constexpr std::string_view scheme = "bearer ";
  if (authorization.size() > max_token_length + scheme.size() ||
      lower(authorization.substr(0, scheme.size())) != scheme)
    return std::nullopt;
  return std::string(trim(std::string_view(authorization).substr(scheme.size())));
}

bool takes_body(const Route& route) { return route.answerer == Answerer::act || route.body != nullptr; }

/// The mode of body that its content type stands for, or what to say.
std::expected<BodyMode, ProblemDetails> body_mode(const Route& route, const Head& head) {
  if (!takes_body(route)) return BodyMode::none;
  if (!head.content_encoding.empty() && lower(head.content_encoding) != "identity")
    return std::unexpected(
        details_of(problem::unsupported_encoding, "send the body as it is, without Content-Encoding"));
  const auto type = media_type(head.content_type);
  if (type == json_type) return BodyMode::whole;
  const bool lines = route.answerer == Answerer::act;
  if (type == ndjson_type && lines) return BodyMode::lines;
  return std::unexpected(
      details_of(problem::unsupported_media_type, lines ? "send application/json or application/x-ndjson, in UTF-8"
                                                        : "send application/json, in UTF-8"));
}

}  // namespace

std::string Handler::next_request_id() { return id_prefix_ + std::to_string(++requests_); }

/// Remembered tokens spare the vault; never for longer than the settings say, and never those that are refused.
Caller Handler::authenticate(const std::string& authorization, std::int64_t now_us) {
  constexpr std::size_t max_remembered = 1'000;
  const auto token = bearer(authorization);
  if (!token || token->empty()) return nullptr;
  const std::lock_guard lock(tokens_mutex_);
  if (const auto known = tokens_.find(*token); known != tokens_.end()) {
    if (now_us < known->second.until_us) return known->second.caller;
    tokens_.erase(known);
  }
  auto caller = ports_.service.authenticate(*token);
  if (tokens_.size() >= max_remembered) tokens_.clear();
  if (caller != nullptr) tokens_.emplace(*token, KnownToken{caller, now_us + settings_.token_memory_us});
  return caller;
}

Admission Handler::admit(const Head& head) {
  const auto visit = std::make_shared<Visit>();
  visit->request_id = next_request_id(), visit->verb = head.verb, visit->peer = head.peer;
  visit->began_us = ports_.clock.monotonic_us();
  visit->idempotency_key = head.idempotency_key, visit->if_none_match = head.if_none_match;
  Admission admission{.visit = visit};
  try {
    look_at(head, *visit, admission);
  } catch (const std::exception& error) {
    failed(*visit, error.what());
    admission.answer = no(*visit, details_of(problem::internal));
  }
  admission.limit = admission.body == BodyMode::lines ? settings_.stream_limit : settings_.body_limit;
  return admission;
}

void Handler::look_at(const Head& head, Visit& visit, Admission& admission) {
  const auto [path, query] = split_target(head.target);
  visit.path = path;
  const auto refuse = [&](const ProblemDetails& details) { admission.answer = no(visit, details); };
  auto matched = match(head.verb, path);
  if (matched.allow.empty()) return refuse(details_of(problem::no_such_resource));
  if (head.verb == Verb::options) {
    admission.answer = finish(visit, {.status = 204, .content_type = {}, .headers = {{"Allow", matched.allow}}});
    return;
  }
  if (matched.route == nullptr) {
    refuse(details_of(problem::method_not_allowed, "it takes " + matched.allow));
    admission.answer->headers.emplace_back("Allow", matched.allow);
    return;
  }
  visit.route = matched.route, visit.args = std::move(matched.args);
  if (!visit.route->open) visit.caller = authenticate(head.authorization, visit.began_us);
  if (!visit.route->open && visit.caller == nullptr) {
    const auto why = ports_.service.away(visit.args.ledger);
    return refuse(why.empty() ? details_of(problem::unauthenticated) : details_of(No{.detail = why}));
  }
  if (!visit.args.ledger.empty() && !ports_.service.has_ledger(visit.args.ledger))
    return refuse(details_of(problem::no_such_ledger));
  auto read = read_query(*visit.route, query);
  if (!read) return refuse(details_of(problem::bad_parameter, read.error().front().text, read.error()));
  const auto mode = body_mode(*visit.route, head);
  if (!mode) return refuse(mode.error());
  visit.query = std::move(*read), admission.body = *mode;
}

}  // namespace aidledger::http
