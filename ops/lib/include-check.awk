# The include table. Rooms are folders; events/values is a room of its own below everything.
BEGIN {
  base = "values world json settings"                       # what every room but the pure ones may use
  may["values"] = "values"
  may["events"] = "events values"
  may["rules"] = "rules events values"
  may["projections"] = "projections events values"
  may["world"] = "world values"
  may["json"] = "json events " base
  may["settings"] = "settings " base
  may["log"] = "log " base
  may["store"] = "store " base
  may["vault"] = "vault " base
  may["documents"] = "documents " base
  may["evidence"] = "evidence " base
  may["access"] = "access events " base
  may["ledger"] = "ledger log store vault documents evidence access rules projections events " base
  may["feed"] = "feed ledger rules projections events " base
  may["export"] = "export ledger rules projections events " base
  may["import"] = "import ledger rules projections events " base
  may["http"] = "http ledger access rules projections events " base
  may["cli"] = "cli ledger access rules projections events " base
  may["demonstration"] = "demonstration ledger access rules projections events " base
  may["console"] = "console ledger access rules projections events " base

  # Only main knows the concrete classes behind the ports that ledger is handed.
  concrete = "^src/(store/(rocks|memory)_|vault/(directory_|memory_|topic_v)|log/(ledger_files|kafka|memory))"

  # Constants of one room that another one needs: topics are made and examined in src/log.
  lent["src/vault/topic_settings.hpp"] = "log"

  # Pure rooms know no file, socket, thread, clock, randomness.
  impure = "^(fstream|iostream|filesystem|thread|mutex|shared_mutex|condition_variable|future|atomic|chrono|ctime|time\\.h|random|cstdlib|stdlib\\.h|unistd\\.h|fcntl\\.h|sys/.*|netinet/.*|arpa/.*|regex)$"

  # Libraries with one user.
  only["^cereal/"] = "events"
  only["^rocksdb/"] = "store"
  only["^librdkafka/"] = "log"
  only["^toml"] = "settings"
  only["^CLI/"] = "cli"
  only["^boost/json"] = "json"
  only["^boost/"] = "http cli json"
  only["^sodium"] = "vault"
  only["^openssl/"] = "world vault evidence"
  only["^expat"] = "import"
  only["^zlib"] = "import"
  only["^prometheus/"] = "http"
  heavy = "^(iostream|regex|filesystem)$"                   # not in headers: they cost every file that includes them
}

function room_of(path, part) {
  if (path ~ /^events\/(values\/|describe\.hpp$)/) return "values"   # describe: how a value lists its fields
  if (path ~ /^events\//) return "events"
  if (path ~ /^projections\//) return "projections"
  if (path ~ /^src\/[^\/]+$/) return "main"               # main and what it is made of
  split(path, part, "/")
  return part[1] == "src" ? part[2] : ""
}

function has(list, word) { return index(" " list " ", " " word " ") > 0 }

function violation(why) { printf "%s:%d: %s\n", FILENAME, FNR, why; found = 1 }

function judge_ours(room, target, other) {
  other = room_of(target)
  if (target ~ /^\.|^[^\/]*$/) violation("\"" target "\": in-tree includes are written from the root")
  else if (!(room in may)) violation("room '" room "' is not in the include table (ops/lib/include-check.awk)")
  else if (!has(may[room], other) && !has(lent[target], room)) violation(room " may not include " other " (\"" target "\"); it may include: " may[room])
  else if (room != other && target ~ concrete) violation(room " may include the interface, not \"" target "\": main wires it")
}

function judge_library(room, target, pattern, allowed) {
  if (room ~ /^(values|events|rules|projections)$/ && target ~ impure)
    violation(room " is pure: <" target "> brings a file, thread, clock or chance; take it as a value")
  if (FILENAME ~ /\.hpp$/ && target ~ heavy) violation("<" target "> in a header: include it in the .cpp")
  for (pattern in only)
    if (target ~ pattern && !(pattern == "^boost/" && target ~ /^boost\/json/) && !has(only[pattern], room))
      violation("<" target "> may be used only in: " only[pattern])
}

/^[ \t]*#[ \t]*include[ \t]*["<]/ {
  room = room_of(FILENAME)
  if (room == "main") next
  match($0, /["<][^">]+/)
  target = substr($0, RSTART + 1, RLENGTH - 1)
  if (substr($0, RSTART, 1) == "\"") judge_ours(room, target)
  else judge_library(room, target)
}

END { exit found }
