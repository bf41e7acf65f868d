#include "src/cli/client.hpp"

#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http.hpp>

#include "src/cli/outcome.hpp"

namespace aidledger::cli {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using Code = beast::error_code;

constexpr auto connect_patience = std::chrono::seconds(5);
constexpr auto answer_patience = std::chrono::seconds(120);
constexpr std::uint64_t longest_answer = 1ull << 30;
constexpr std::size_t read_piece = 64 * 1024;

[[noreturn]] void no_service(const std::string& server, const Code& code) {
  throw Failure(Exit::unavailable, "no service answers at " + server + " (" + code.message() + ")",
                "start one with `aidledger serve`, or name another with --server");
}

[[noreturn]] void broken(bool sent_action, const Code& code) {
  if (sent_action)
    throw Failure(Exit::unavailable,
                  "the connection broke before the answer: the outcome is not known (" + code.message() + ")",
                  "ask again with the same action id: it is never done twice");
  throw Failure(Exit::unavailable, "the connection broke before the answer (" + code.message() + ")");
}

bool is_this_machine(std::string_view host) { return host == "localhost" || host == "::1" || host.starts_with("127."); }

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return out;
}

template <class Fields>
void take_headers(const Fields& from, HttpAnswer& into) {
  into.status = from.result_int();
  for (const auto& field : from) into.headers[lower(field.name_string())] = std::string(field.value());
}

}  // namespace

std::string HttpAnswer::header(std::string_view name) const {
  const auto found = headers.find(name);
  return found == headers.end() ? "" : found->second;
}

std::string url_encoded(std::string_view text) {
  constexpr std::string_view plain = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~",
                             hex = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (plain.find(c) != std::string_view::npos)
      out += c;
    else
      (out += '%') += hex[byte >> 4], out += hex[byte & 15];
  }
  return out;
}

// Beast's timeouts work on asynchronous calls only, so each step is started and the context run until it has ended.
class Client::Connection {
 public:
  Connection(const std::string& server, const std::string& host, const std::string& port) : stream_(context_) {
    asio::ip::tcp::resolver resolver(context_);
    Code code;
    const auto found = resolver.resolve(host, port, code);
    if (code) no_service(server, code);
    stream_.expires_after(connect_patience);
    stream_.async_connect(found, [&](const Code& result, const auto&) { code = result; });
    run();
    if (code) no_service(server, code);
  }

  Code send(http::request<http::string_body>& request) {
    Code code;
    stream_.expires_after(answer_patience);
    http::async_write(stream_, request, [&](const Code& result, std::size_t) { code = result; });
    run();
    return code;
  }

  template <class Parser>
  Code read_header(Parser& parser) {
    return read([&](auto done) { http::async_read_header(stream_, buffer_, parser, done); });
  }
  template <class Parser>
  Code read_rest(Parser& parser) {
    return read([&](auto done) { http::async_read(stream_, buffer_, parser, done); });
  }
  template <class Parser>
  Code read_some(Parser& parser) {
    return read([&](auto done) { http::async_read_some(stream_, buffer_, parser, done); });
  }

 private:
  template <class Start>
  Code read(Start start) {
    Code code;
    stream_.expires_after(answer_patience);
    start([&](const Code& result, std::size_t) { code = result; });
    run();
    return code;
  }
  void run() {
    context_.restart();
    context_.run();
  }

  asio::io_context context_;
  beast::tcp_stream stream_;
  beast::flat_buffer buffer_;
};

namespace {

using Request = http::request<http::string_body>;

Request request_of(http::verb verb, const std::string& target, const std::string& host, const std::string& token) {
  Request request{verb, target, 11};
  request.set(http::field::host, host);
  request.set(http::field::user_agent, "aidledger");
  request.set(http::field::accept, "application/json");
  if (!token.empty()) request.set(http::field::authorization, "Bearer " + token);
  return request;
}

template <class Connection>
HttpAnswer whole_answer(Connection& connection, bool sent_action) {
  http::response_parser<http::string_body> parser;
  parser.body_limit(longest_answer);
  if (const auto code = connection.read_rest(parser)) broken(sent_action, code);
  HttpAnswer answer;
  take_headers(parser.get(), answer);
  answer.body = std::move(parser.get().body());
  return answer;
}

// Cuts pieces into lines; false once `line` wants no more.
class Lines {
 public:
  explicit Lines(const std::function<bool(std::string_view)>& line) : line_(line) {}
  bool take(std::string_view piece) {
    pending_ += piece;
    std::size_t begin = 0;
    for (std::size_t end = 0; (end = pending_.find('\n', begin)) != std::string::npos; begin = end + 1)
      if (end > begin && !line_(std::string_view(pending_).substr(begin, end - begin))) return false;
    pending_.erase(0, begin);
    return true;
  }
  void finish() {
    if (!pending_.empty()) line_(pending_);
  }

 private:
  const std::function<bool(std::string_view)>& line_;
  std::string pending_;
};

}  // namespace

Client::Client(const std::string& server, std::string token) : server_(server), token_(std::move(token)) {
  const auto usage = [&](const std::string& why) { throw Failure(Exit::usage, "--server " + server + ": " + why); };
  if (!server.starts_with("http://")) usage("must look like http://127.0.0.1:8471");
  auto rest = server.substr(7);
  if (rest.ends_with('/')) rest.pop_back();
  const auto colon = rest.rfind(':');
  const bool has_port = colon != std::string::npos && rest.find(']', colon) == std::string::npos;
  host_ = has_port ? rest.substr(0, colon) : rest;
  port_ = has_port ? rest.substr(colon + 1) : "80";
  if (host_.size() > 2 && host_.front() == '[' && host_.back() == ']') host_ = host_.substr(1, host_.size() - 2);
  if (host_.empty() || host_.find('/') != std::string::npos) usage("must look like http://127.0.0.1:8471");
  if (!is_this_machine(host_)) usage("is not this machine, and the token would cross the network in clear");
}

Client::~Client() = default;

HttpAnswer Client::get(const std::string& target) {
  auto request = request_of(http::verb::get, target, host_, token_);
  // A kept connection may have been closed meanwhile: reading again is harmless.
  if (connection_ != nullptr && connection_->send(request))
    connection_.reset();
  else if (connection_ != nullptr) {
    try {
      return whole_answer(*connection_, false);
    } catch (const Failure&) {
      connection_.reset();
    }
  }
  connection_ = std::make_unique<Connection>(server_, host_, port_);
  if (const auto code = connection_->send(request)) broken(false, code);
  return whole_answer(*connection_, false);
}

HttpAnswer Client::post(const std::string& target, std::string body, const std::string& content_type,
                        const std::map<std::string, std::string>& headers) {
  auto request = request_of(http::verb::post, target, host_, token_);
  request.set(http::field::content_type, content_type);
  for (const auto& [name, value] : headers) request.set(name, value);
  request.body() = std::move(body);
  request.prepare_payload();
  connection_ = std::make_unique<Connection>(server_, host_, port_);
  // A server that answers early (too large, not allowed) may close while we still write: its answer is read all the
  // same.
  const auto sent = connection_->send(request);
  try {
    return whole_answer(*connection_, true);
  } catch (const Failure&) {
    if (sent) broken(true, sent);
    throw;
  }
}

HttpAnswer Client::remove(const std::string& target) {
  auto request = request_of(http::verb::delete_, target, host_, token_);
  connection_ = std::make_unique<Connection>(server_, host_, port_);
  if (const auto code = connection_->send(request)) broken(true, code);
  return whole_answer(*connection_, true);
}

HttpAnswer Client::lines(const std::string& target, const std::function<bool(std::string_view)>& line) {
  auto request = request_of(http::verb::get, target, host_, token_);
  request.set(http::field::accept, "application/x-ndjson");
  connection_ = std::make_unique<Connection>(server_, host_, port_);
  if (const auto code = connection_->send(request)) broken(false, code);
  http::response_parser<http::buffer_body> parser;
  parser.body_limit(boost::none);
  if (const auto code = connection_->read_header(parser)) broken(false, code);
  HttpAnswer answer;
  take_headers(parser.get(), answer);

  std::string piece(read_piece, '\0');
  Lines lines(line);
  while (!parser.is_done()) {
    parser.get().body().data = piece.data();
    parser.get().body().size = piece.size();
    auto code = connection_->read_some(parser);
    if (code == http::error::need_buffer) code = {};
    if (code) broken(false, code);
    const std::string_view got(piece.data(), piece.size() - parser.get().body().size);
    if (answer.status != 200)
      answer.body += got;
    else if (!lines.take(got))
      break;
  }
  if (answer.status == 200 && parser.is_done()) lines.finish();
  connection_.reset();
  return answer;
}

}  // namespace aidledger::cli
