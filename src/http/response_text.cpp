#include "src/http/response_text.hpp"

#include <array>
#include <charconv>

namespace aidledger::http {
namespace {

/// Answers are data for the one who asked: nothing may keep, sniff, frame or run them.
constexpr std::string_view security_fields =
    "Cache-Control: no-store\r\n"
    "X-Content-Type-Options: nosniff\r\n"
    "Content-Security-Policy: default-src 'none'; frame-ancestors 'none'\r\n"
    "Referrer-Policy: no-referrer\r\n";

std::string_view reason(int status) {
  switch (status) {
    case 200: return "OK";
    case 201: return "Created";
    case 204: return "No Content";
    case 304: return "Not Modified";
    case 400: return "Bad Request";
    case 401: return "Unauthorized";
    case 403: return "Forbidden";
    case 404: return "Not Found";
    case 405: return "Method Not Allowed";
    case 408: return "Request Timeout";
    case 409: return "Conflict";
    case 412: return "Precondition Failed";
    case 413: return "Content Too Large";
    case 415: return "Unsupported Media Type";
    case 422: return "Unprocessable Content";
    case 429: return "Too Many Requests";
    case 431: return "Request Header Fields Too Large";
    case 503: return "Service Unavailable";
    case 504: return "Gateway Timeout";
    default: return "Internal Server Error";
  }
}

bool has_no_body(int status) { return status == 204 || status == 304; }

void field_to(std::string& out, std::string_view name, std::string_view value) {
  out += name;
  out += ": ";
  for (const char c : value)
    if (static_cast<unsigned char>(c) >= 0x20) out += c;
  out += "\r\n";
}

void digits_to(std::string& out, int value, std::size_t width) {
  const auto text = std::to_string(value);
  out.append(width > text.size() ? width - text.size() : 0, '0');
  out += text;
}

}  // namespace

std::string head_text(const Response& response, const Wire& wire) {
  std::string out;
  out.reserve(512);
  out += "HTTP/1.1 ";
  out += std::to_string(response.status);
  out += ' ';
  out += reason(response.status);
  out += "\r\n";
  field_to(out, "Date", wire.date);
  out += security_fields;
  if (!response.content_type.empty()) field_to(out, "Content-Type", response.content_type);
  for (const auto& [name, value] : response.headers) field_to(out, name, value);
  if (wire.framing == Framing::chunked)
    out += "Transfer-Encoding: chunked\r\n";
  else if (wire.framing == Framing::length && !has_no_body(response.status))
    field_to(out, "Content-Length", std::to_string(response.body.size()));
  if (!wire.keep_alive) out += "Connection: close\r\n";
  out += "\r\n";
  return out;
}

std::string chunk_text(std::string_view bytes) {
  std::array<char, 16> size;
  const auto end = std::to_chars(size.data(), size.data() + size.size(), bytes.size(), 16);
  std::string out(size.data(), end.ptr);
  out += "\r\n";
  out += bytes;
  out += "\r\n";
  return out;
}

std::string http_date(Instant now) {
  constexpr std::array<std::string_view, 7> days{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  constexpr std::array<std::string_view, 12> months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                    "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  constexpr std::int64_t second = 1'000'000, day_seconds = 86'400;
  const auto seconds = now.us / second;
  const Date date{static_cast<std::int32_t>(seconds / day_seconds)};
  const auto [year, month, day] = ymd(date);
  const int in_day = static_cast<int>(seconds % day_seconds);
  std::string out(days.at(static_cast<std::size_t>(weekday(date))));
  out += ", ";
  digits_to(out, day, 2);
  out += ' ';
  out += months.at(static_cast<std::size_t>(month - 1));
  out += ' ';
  digits_to(out, year, 4);
  for (const auto& [separator, value] : {std::pair{' ', in_day / 3600}, {':', in_day / 60 % 60}, {':', in_day % 60}}) {
    out += separator;
    digits_to(out, value, 2);
  }
  return out + " GMT";
}

}  // namespace aidledger::http
