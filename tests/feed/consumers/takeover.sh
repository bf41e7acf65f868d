#!/usr/bin/env bash
# Two nodes of one ledger in Kafka, one of which publishes its feed. The publisher is frozen amid its work until the other
# one has taken over, and wakes: it is fenced, and writes nothing. Then its successor is killed under load. The topic must
# be what a rebuild tells, and a consumer group that reads throughout must have it all in order.
# usage: takeover.sh PROGRAM FOLDER    (FOLDER keeps the Python client between runs)
# Leaves with 77 where a tool cannot be had. Takes a minute and a half: a feed is taken over when it has lagged for 30 s.
set -u
ledger=city
# shellcheck source=tests/support/service.sh
. "$(dirname "$0")/../../support/service.sh"
program=$(realpath "$program")
kept=$(mkdir -p "${2:?a folder for what is fetched}" && cd "$2" && pwd)
cd "$(dirname "$0")/../../.." || exit
# shellcheck source=tests/feed/consumers/readers.sh
. tests/feed/consumers/readers.sh
python_client
here=$PWD/ops data=$work/city port=$((20000 + RANDOM % 8000)) install=() second=0
end() {
  end_readers
  kill -9 "$second" 2>/dev/null
  ops/kafka down --wipe >/dev/null 2>&1
  cleanup
}
has_ledger() { true; }
client() { "$program" "$@" --data "$data" --server "http://127.0.0.1:$port"; }
start_first() {
  "$program" serve --data "$data" --http-port "$port" 2>>"$work/first.log" &
  service=$!
  disown
  until_true 60 "the first node does not answer" ready "$port"
  token=$(cat "$data/operator.token")
}
figure() { curl -sS "http://127.0.0.1:$1/metrics" -H "Authorization: Bearer $token" | sed -n "s/^$2\({[^}]*}\)\? //p"; } # figure PORT NAME
ready() { curl -sf -o /dev/null "http://127.0.0.1:$1/readyz"; }
start_b() {
  "$program" serve --data "$data-b" --node b --http-port $((port + 1)) 2>>"$work/second.log" &
  second=$!
  disown
  until_true 60 "the second node does not answer" ready $((port + 1))
}
told_by() { # told_by PORT: its node has told everything, and there is something to tell
  local next
  next=$(figure "$1" aidledger_feed_next_seq)
  [ "$next" -gt 0 ] && [ "$next" -eq "$(figure "$1" aidledger_next_seq)" ]
}
refused() { [ "$(figure "$1" aidledger_feed_fenced_total)" -gt 0 ]; }
has_ended() { ! kill -0 "$1" 2>/dev/null; }
load() { # load PREFIX PORT
  undertakers "$1" 500 | curl -sS -X POST "http://127.0.0.1:$2/v1/ledgers/$ledger/actions" -H "Authorization: Bearer $token" \
    -H 'Content-Type: application/x-ndjson' --data-binary @- >/dev/null
}
# The producer and its epoch wherever another one goes on in the topic, read from the broker's own file: what was not
# committed is there as well.
epochs() {
  java -Dlog4j.configuration="file:$PWD/ops/lib/kafka/log4j.properties" -cp "$PWD/build/kafka-jars/*" kafka.tools.DumpLogSegments \
    --files "$(ls "$AIDLEDGER_KAFKA_DIR/node-1/data/$events-0/"*.log)" |
    sed -n 's/^baseOffset: .* producerId: \([0-9]*\) producerEpoch: \([0-9]*\) .* isControl: false .*/\1 \2/p' | uniq
}

"$program" demo --data "$data" --seed 3 --cases 600 --undertakers 60 >/dev/null || fail "no city to tell of"
export AIDLEDGER_FEED_PLACE=none AIDLEDGER_KAFKA_DIR=$data-kafka
trap end EXIT
ops/kafka up 1 --port $((port + 1000)) >/dev/null || skipped "there is no broker"
# shellcheck source=ops/lib/run-kafka.sh
. ops/lib/run-kafka.sh
start_first
client token add --person director-1 --roles centre-director --out "$data/director.token" >/dev/null || fail "no director"
start_second
disown
kill -9 "$service" "$second"

# A publisher is frozen amid the backlog; another node sees the feed stand still, and goes on from where it ends.
export AIDLEDGER_FEED_PLACE=kafka
join_group && join_group
start_first
until [ "$(figure "$port" aidledger_feed_next_seq)" -gt 0 ] || has_ended "$service"; do :; done
kill -STOP "$service"
start_b
b=$((port + 1))
until_true 90 "nobody takes the feed over from a node that is frozen" told_by "$b"
epochs >"$work/epochs"
[ "$(wc -l <"$work/epochs")" -eq 2 ] || fail "one after the other should have written: $(cat "$work/epochs")"

# It wakes in the belief that the feed is its own, and tries.
kill -CONT "$service"
until_true 30 "the zombie has tried to write nothing: this shows nothing" refused "$port"
load woken "$port"
until_true 60 "the successor does not go on" told_by "$b"
epochs | cmp - "$work/epochs" || fail "the zombie has written, or fenced its successor"
echo "a frozen publisher woke, was refused $(figure "$port" aidledger_feed_fenced_total) times, and wrote nothing"

# The successor is killed under load.
load more "$port" &
client=$!
begun=$(figure "$b" aidledger_feed_next_seq)
until [ "$(figure "$b" aidledger_feed_next_seq)" -gt $((begun + 20)) ] || has_ended "$client"; do :; done
kill -9 "$second"
kill_reader
wait "$client"
until_true 90 "nobody takes the feed over from a node that was killed" told_by "$port"
[ "$(epochs | wc -l)" -eq 3 ] || fail "three should have written, one after the other: $(epochs)"
kill -TERM "$service"
until_true 30 "the first node does not end" has_ended "$service"
"$program" feed rebuild --data "$data" --to "$work/again" >/dev/null || fail "the feed cannot be told again"
topics_are_a_rebuild
group_has_all
