# shellcheck shell=bash
# shellcheck disable=SC2154  # kept, work, ledger and AIDLEDGER_KAFKA_BROKERS are set by who sources this
# Sourced by the tests of the feed in Kafka: readers that we did not write. A consumer group of Python's
# confluent-kafka reads while everything happens; kcat reads what is there at the end.
consumers=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
confluent_kafka=2.16.1
events=aidledger.events.$ledger.v1
readers=() judged=()

skipped() {
  echo "SKIPPED readers of the feed: $*"
  exit 77
}
until_true() { # until_true SECONDS WHAT COMMAND...
  local end=$((SECONDS + $1)) what=$2
  shift 2
  until "$@" >"$work/said" 2>&1; do
    [ "$SECONDS" -lt "$end" ] || { tail -5 "$work/said"; fail "$what"; }
    sleep 0.2
  done
}

python_client() {
  local tool
  for tool in kcat python3; do command -v "$tool" >/dev/null || skipped "there is no $tool here"; done
  python=$kept/venv/bin/python
  client_is_there && return
  { python3 -m venv "$kept/venv" && "$kept/venv/bin/pip" install -q "confluent-kafka==$confluent_kafka"; } >"$kept/pip.log" 2>&1
  client_is_there || skipped "confluent-kafka $confluent_kafka cannot be installed (more in $kept/pip.log)"
}
client_is_there() { "$python" -c "import confluent_kafka, sys; sys.exit(confluent_kafka.__version__ != '$confluent_kafka')" 2>/dev/null; }

# One more member of the group; journals are named by process.
join_group() {
  mkdir -p "$work/read"
  "$python" "$consumers/member.py" "$AIDLEDGER_KAFKA_BROKERS" "foreign-$ledger" "$events" "$work/read" 2>>"$work/members.log" &
  readers+=($!)
  disown # nobody wants to hear of its end
}
# The member that read last is killed; another one joins.
kill_reader() {
  local reading
  reading=$(find "$work/read" -type f -printf '%T@ %f\n' | sort -n | tail -1)
  kill -9 "${reading##* }" && join_group
}
end_readers() { kill -9 "${readers[@]}" 2>/dev/null; }

group_has_read() { grep -qF "\"id\":\"$1\"" "$work"/read/*; }
last_in() { tail -1 "$1" | sed 's/.*"id":"\([0-9.]*\)".*/\1/'; }
# A row as the feed's files have it; tables are shared by all ledgers of a broker.
table_lines() {
  kcat -C -e -q -b "$AIDLEDGER_KAFKA_BROKERS" -X isolation.level=read_committed -t "$1" -Z -f '{"key":%k,"value":%s}\n' |
    sed 's/"value":NULL}$/"value":null}/' | grep -F "\"payload\":{\"ledger\":\"$ledger\""
}
last_rows() { awk -F',"value":' '{row[$1] = $0} END {for (key in row) print row[key]}' | sort; }

# The topics are what a rebuild into $work/again tells, up to where the events end: these byte for byte, of the tables the
# last row of every key. Leaves the events in $work/topic.
topics_are_a_rebuild() {
  local table
  kcat -C -e -q -b "$AIDLEDGER_KAFKA_BROKERS" -X isolation.level=read_committed -t "$events" -f '%s\n' >"$work/topic" || fail "kcat cannot read the topic"
  [ -s "$work/topic" ] || fail "the topic is empty"
  sed "/\"id\":\"$(last_in "$work/topic")\"/q" "$work/again/$events.ndjson" | cmp - "$work/topic" || fail "the topic is not what a rebuild tells"
  for table in aidledger.standing.v1 aidledger.subsidy.v1; do
    [ -e "$work/again/$table.ndjson" ] || continue
    cmp <(table_lines "$table" | last_rows) <(last_rows <"$work/again/$table.ndjson") || fail "$table is not that of a rebuild"
  done
}
# Every event, in order; again only what was not committed when a member died.
group_has_all() {
  until_true 60 "the group does not come to the end" group_has_read "$(last_in "$work/topic")"
  end_readers
  "$python" "$consumers/judge.py" "${judged[@]}" "$work/topic" "$work"/read/* || fail "the group has read something else"
}
