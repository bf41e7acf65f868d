#include "src/settings/options.hpp"

#include <array>
#include <charconv>
#include <optional>

#include "events/values/ids.hpp"
#include "src/settings/ledgers.hpp"

namespace aidledger::settings {
namespace {

constexpr auto table = std::to_array<Option>({
    {"data", Kind::folder, "data", "Folder of the ledger: its files and its rows."},
    {"vault", Kind::folder, "",
     "Folder of the keys and tokens: never inside the data folder. Empty: beside it, <data>-vault."},
    {"ledger", Kind::ids, "city",
     "Id of the ledger (jurisdiction), or several separated by commas: each has folders of its own, <data>/<ledger> "
     "and <vault>/<ledger>."},
    {"zone", Kind::text, "Asia/Shanghai", "Time zone of local dates in a new ledger (IANA name); record 0 keeps it."},
    {"mirror", Kind::choice, "none", "Where the log is mirrored: none, the ledger files are the log.", 0, 0, "none"},
    {"server", Kind::text, "",
     "Address of the service that commands talk to. Empty: http://<http.address>:<http.port>."},
    {"http.address", Kind::loopback, "127.0.0.1", "Address to listen on: loopback only."},
    {"http.port", Kind::integer, "8471", "Port to listen on; 0 picks a free one.", 0, 65535},
    {"http.body_limit_bytes", Kind::integer, "1048576", "Largest body of one action, in bytes.", 1024, 16777216},
    {"http.stream_limit_bytes", Kind::integer, "268435456", "Largest NDJSON body, in bytes.", 1024, 17179869184},
    {"http.header_limit_bytes", Kind::integer, "16384", "Largest request head, in bytes.", 1024, 1048576},
    {"http.connections", Kind::integer, "512", "Connections served at once; more are closed at once.", 1, 65536},
    {"http.read_timeout_seconds", Kind::integer, "30", "A request must have arrived within, in seconds.", 1, 3600},
    {"http.idle_timeout_seconds", Kind::integer, "75", "A connection without requests is closed after, in seconds.", 1,
     86400},
    {"http.answer_timeout_seconds", Kind::integer, "30",
     "An action not decided by then is answered `unknown`, in seconds.", 1, 3600},
    {"http.min_seq_wait_ms", Kind::integer, "5000", "How long a read waits for its min_seq, in milliseconds.", 0,
     60000},
    {"log.segment_mib", Kind::integer, "64", "Size of a segment of the ledger files, in MiB.", 1, 4096},
    {"log.place", Kind::choice, "embedded", "Where the log is: embedded (the ledger files are the log), kafka.", 0, 0,
     "embedded|kafka"},
    {"log.batch_records", Kind::integer, "1000", "Most records in one batch.", 1, 1000},
    {"log.batch_bytes", Kind::integer, "524288", "Most bytes in one batch.", 262144, 524288},
    {"log.queue_actions", Kind::integer, "20000", "Most actions waiting to be decided; more are asked to retry.", 1,
     1000000},
    {"node", Kind::id, "first", "What this node is called among the nodes of its ledger."},
    {"kek_file", Kind::text, "",
     "With Kafka: file of the key-encryption key of the shared vault (0600); of several ledgers LEDGER=FILE,... or one "
     "for all."},
    {"older_kek_file", Kind::text, "", "While that key is being replaced: file of the other one, which opens as well."},
    {"kafka.brokers", Kind::text, "", "Brokers to ask first: host:port, several separated by commas."},
    {"kafka.first_key", Kind::text, "",
     "Public key, in hexadecimal, that record 0 must be signed by: printed by `ledger create`; of several ledgers "
     "LEDGER=KEY,..."},
    {"kafka.copies", Kind::choice, "several", "several, or single: one replica of each topic will do.", 0, 0,
     "several|single"},
    {"kafka.protocol", Kind::choice, "plaintext", "plaintext, ssl, sasl_plaintext, sasl_ssl.", 0, 0,
     "plaintext|ssl|sasl_plaintext|sasl_ssl"},
    {"kafka.sasl_mechanism", Kind::text, "", "SCRAM-SHA-256, SCRAM-SHA-512 or PLAIN."},
    {"kafka.sasl_user", Kind::text, "", "User name for SASL."},
    {"kafka.sasl_password_file", Kind::text, "", "File whose first line is the password (0600)."},
    {"kafka.ca_file", Kind::text, "", "Certificates to trust, PEM. Empty: the system's."},
    {"kafka.certificate_file", Kind::text, "", "Our certificate, PEM. Empty: none."},
    {"kafka.key_file", Kind::text, "", "Its key, PEM (0600)."},
    {"erasure.backup_days", Kind::integer, "35",
     "For how many days backups of the vault are kept: an erasure is complete when the last from before it is gone.", 0,
     36500},
    {"erasure.broker_days", Kind::integer, "1",
     "With Kafka: days within which the brokers' files have forgotten what was erased from the shared vault.", 1,
     36500},
    {"timekeeper.interval_ms", Kind::integer, "1000", "How often overdue deadlines are looked for, in milliseconds.",
     100, 3600000},
    {"feed.place", Kind::choice, "none", "Where the public feed goes: none, files in feed.folder, kafka.", 0, 0,
     "none|files|kafka"},
    {"feed.folder", Kind::folder, "", "Folder of the feed's files. Empty: <data>/feed."},
    {"feed.schema_base", Kind::text, "https://aidledger.cn/schemas",
     "What the dataschema of every event begins with: an absolute URI without the last slash."},
    {"output.level", Kind::choice, "info", "Least weight of a log line: debug, info, warning, error.", 0, 0,
     "debug|info|warning|error"},
    {"output.color", Kind::choice, "auto", "Colours on a terminal: auto, never (NO_COLOR is heeded too).", 0, 0,
     "auto|never"},
});

std::optional<std::int64_t> to_integer(std::string_view text) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

bool is_loopback(std::string_view address) {
  if (address == "localhost" || address == "::1") return true;
  if (!address.starts_with("127.")) return false;
  int parts = 0;
  for (std::size_t at = 0; at <= address.size(); ++parts) {
    const auto dot = std::min(address.find('.', at), address.size());
    const auto part = to_integer(address.substr(at, dot - at));
    if (!part || *part < 0 || *part > 255) return false;
    at = dot + 1;
  }
  return parts == 4;
}

bool is_choice(std::string_view choices, std::string_view value) {
  return !value.empty() && value.find('|') == std::string_view::npos &&
         ("|" + std::string(choices) + "|").find("|" + std::string(value) + "|") != std::string::npos;
}

std::string integer_complaint(const Option& option, std::string_view value) {
  const auto number = to_integer(value);
  if (number && *number >= option.least && *number <= option.most) return {};
  return "must be an integer from " + std::to_string(option.least) + " to " + std::to_string(option.most);
}

}  // namespace

std::span<const Option> options() { return table; }

const Option* find_option(std::string_view key) {
  for (const auto& option : table)
    if (option.key == key) return &option;
  return nullptr;
}

std::string environment_name(const Option& option) {
  std::string name = "AIDLEDGER_";
  for (const char c : option.key) name += c == '.' ? '_' : static_cast<char>(c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c);
  return name;
}

std::string flag_name(const Option& option) {
  std::string name = "--";
  for (const char c : option.key) name += c == '.' || c == '_' ? '-' : c;
  return name;
}

std::string complaint(const Option& option, std::string_view value) {
  if (value.find('\0') != std::string_view::npos || value.size() > 4096)
    return "must be shorter than 4096 bytes, without a zero byte";
  switch (option.kind) {
    case Kind::text: return {};
    case Kind::folder: return value.empty() && !option.fallback.empty() ? "must name a folder" : "";
    case Kind::id: return is_id(value) ? "" : "must be 1-64 of A-Z a-z 0-9 . _ -";
    case Kind::ids: return complaint_about_ledgers(value);
    case Kind::loopback:
      return is_loopback(value)
                 ? ""
                 : "must be an address of this machine (127.0.0.1, ::1): beyond loopback there is no encryption yet";
    case Kind::integer: return integer_complaint(option, value);
    case Kind::choice: return is_choice(option.choices, value) ? "" : "must be one of " + std::string(option.choices);
  }
  return "has an unknown kind";
}

}  // namespace aidledger::settings
