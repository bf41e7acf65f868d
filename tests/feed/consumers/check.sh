#!/usr/bin/env bash
# The feed in real Apache Kafka before programs that we did not write: Kafka Connect with a stock JDBC sink into a real
# PostgreSQL, a consumer group of Python's confluent-kafka, kcat. The tables there must be our own read model, row by row:
# at first, after rows changed, after a row went, after a kill -9 of publisher, reader and Connect; the topics must be
# what a rebuild tells, and told again into a topic made anew they must be the same.
# usage: check.sh PROGRAM FOLDER    (FOLDER keeps what is fetched between runs)
# Leaves with 77 where a tool is missing or cannot be fetched.
set -u
here=$(cd "$(dirname "$0")" && pwd) root=$(cd "$(dirname "$0")/../../.." && pwd)
ledger=city
# shellcheck source=tests/support/service.sh
. "$here/../../support/service.sh"
kept=$(mkdir -p "${2:?a folder for what is fetched}" && cd "$2" && pwd)
# shellcheck source=tests/feed/consumers/readers.sh
. "$here/readers.sh"
# shellcheck source=tests/feed/consumers/sink.sh
. "$here/sink.sh"
python_client
fetch_sink
export AIDLEDGER_KAFKA_DIR="$work/kafka"
end() {
  end_readers
  end_sink
  "$root/ops/kafka" down --wipe >/dev/null 2>&1
  cleanup
}
trap end EXIT
AIDLEDGER_KAFKA_BROKERS=$("$root/ops/kafka" up 1 --port $((21000 + RANDOM % 8000)) | tail -1) || skipped "there is no broker"
export AIDLEDGER_KAFKA_BROKERS AIDLEDGER_KAFKA_COPIES=single AIDLEDGER_FEED_PLACE=kafka

figure() { request GET /metrics | sed -n "s/^$1\({[^}]*}\)\? //p"; }
told() { [ "$(figure aidledger_feed_next_seq)" = "$(figure aidledger_next_seq)" ]; }
give() { # give ROLE: a token of somebody who has it
  request POST /v1/tokens -H 'Content-Type: application/json' -d "{\"person\":\"p-$1\",\"roles\":[\"$1\"]}" | sed -n 's/.*"token":"\([^"]*\)".*/\1/p' >"$work/$1.token"
}
act() { request POST "/v1/ledgers/$ledger/actions" -H 'Content-Type: application/x-ndjson' --data-binary @-; }
as_director() { # as_director ACTION UNDERTAKER...
  local action=$1 undertaker token
  token=$(cat "$work/centre-director.token")
  shift
  for undertaker in "$@"; do
    printf '{"action_id":"%s-%s","type":"%s-undertaker","occurred_at":"%s","data":{"undertaker":"%s","ground":"tried"}}\n' \
      "$action" "$undertaker" "$action" "$(date -u +%Y-%m-%dT%H:%M:%SZ)" "$undertaker"
  done | act | grep -c '"status":201' | grep -qx $# || fail "not everybody was made to $action"
}
hold() { # hold WHEN: the sink's tables become our read model
  until_true 60 "$1: the feed does not come to its end" told
  until_true 120 "$1: the sink's tables are not our read model (what Connect says: $kept/connect.log)" same_as_model
  no_task_failed || fail "$1: a sink's task has failed"
  echo "$1: $(cat "$work/said")"
}

join_group && join_group
"$program" demo --data "$work/data" --vault "$work/vault" --seed 3 --cases 150 --undertakers 20 >/dev/null || fail "no city to tell of"
start_service
give auditor && give centre-director
start_postgres
: >"$kept/connect.log"
start_connect
hold "at first"

as_director suspend U-000{1,2,3,4,5}
hold "after rows changed"

# No fact takes a row away yet: kcat tells the tombstone that one would tell. What changes the row tells it again.
only_that_row_is_missing() { same_as_model; grep -qx 'undertaker U-0001: missing' "$work/said" && grep -q ': 1 differences$' "$work/said"; }
key=$(table_lines aidledger.standing.v1 | sed -n 's/^{"key":\(.*"undertaker":"U-0001"}}\),"value":.*/\1/p' | tail -1)
printf '%s\t\n' "$key" | kcat -P -b "$AIDLEDGER_KAFKA_BROKERS" -t aidledger.standing.v1 -K '\t' -Z || fail "kcat cannot tell a tombstone"
until_true 30 "after a row went: it is not the one that is missing" only_that_row_is_missing
echo "after a row went: $(tail -1 "$work/said")"
as_director reinstate U-0001
hold "after the row was told again"

# Publisher, reader and sink are killed while many rows are told.
undertakers N 600 | act >/dev/null 2>&1 &
client=$!
begun=$(figure aidledger_feed_next_seq)
until [ "$(figure aidledger_feed_next_seq)" -gt $((begun + 50)) ] || ! kill -0 "$client" 2>/dev/null; do :; done
kill_reader
kill -9 "$connect" "$service"
wait "$service" "$client" 2>/dev/null
start_connect
start_service
undertakers N 600 | act >/dev/null || fail "nothing can be asked after the kill"
as_director reinstate U-000{2,3,4,5}
hold "after a kill of publisher, reader and sink"

tell_again() {
  stop_service
  rm -rf "$work/again"
  "$program" feed rebuild --data "$work/data" --vault "$work/vault" --to "$work/again" >/dev/null || fail "the feed cannot be told again"
}
tell_again
topics_are_a_rebuild
group_has_all
until_true 30 "the sink's tables are not those of a rebuild" compared rebuild "$work/again"
cat "$work/said"

# The events topic is lost beneath its publisher: its successor is the same.
start_service
mv "$work/topic" "$work/topic.before"
"$python" "$here/lose_topic.py" "$AIDLEDGER_KAFKA_BROKERS" "$events" || fail "the topic cannot be deleted"
as_director suspend U-0006
hold "after the topic was told anew"
tell_again
topics_are_a_rebuild
head -n "$(wc -l <"$work/topic.before")" "$work/topic" | cmp - "$work/topic.before" || fail "the topic made anew is another one"
echo "kcat, a consumer group and PostgreSQL hold what the ledger tells: $(wc -l <"$work/topic") events"
