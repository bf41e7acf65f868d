#!/usr/bin/env bash
# kill -9 of the real service while it publishes the feed as files: what is there at the end is what a rebuild from the ledger gives, the events byte
# for byte, the last row of every key of the tables.
# usage: feed.sh PROGRAM [KILLS]
set -u
# shellcheck source=tests/support/service.sh
. "$(dirname "$0")/../support/service.sh"
kills=${2:-6}
count=400
export AIDLEDGER_FEED_PLACE=files
events="$work/data/feed/aidledger.events.trial.v1.ndjson"

lines() { if [ -e "$1" ]; then wc -l <"$1"; else echo 0; fi; }
last_rows() { awk -F',"value":' '{row[$1] = $0} END {for (key in row) print row[key]}' "$1" | sort; }

told=0
for ((round = 1; round <= kills; ++round)); do
  start_service
  undertakers "u$round" "$count" >"$work/batch" # each is an event and a row
  before=$(lines "$events")
  request POST /v1/ledgers/trial/actions -N -H 'Content-Type: application/x-ndjson' --data-binary "@$work/batch" >/dev/null 2>&1 &
  client=$!
  # The moment of the kill is drawn by how far the feed has come with the batch.
  wanted=$((before + 1 + RANDOM % (count / 2)))
  until [ "$(lines "$events")" -ge "$wanted" ] || ! kill -0 "$client" 2>/dev/null; do :; done
  kill -9 "$service"
  wait "$service" "$client" 2>/dev/null
  service=0
  told=$(lines "$events")
done
[ "$told" -gt 0 ] || fail "nothing was published: the test tried nothing"

start_service
last() { "$program" feed status --data "$work/data" --vault "$work/vault" --server "http://127.0.0.1:$port" --json |
  sed -n "s/.*\"$1\": \"\{0,1\}\([0-9]*\).*/\1/p"; }
until [ "$(last last_event)" = $(($(last ledger_next_seq) - 1)) ]; do
  kill -0 "$service" 2>/dev/null || fail "the service has ended"
  sleep 0.05
done
stop_service
"$program" feed rebuild --data "$work/data" --vault "$work/vault" --to "$work/again" >/dev/null || fail "the feed cannot be told again"
cmp "$events" "$work/again/$(basename "$events")" || fail "the events are not those of a rebuild after $kills kills"
table=aidledger.standing.v1.ndjson
last_rows "$work/data/feed/$table" >"$work/rows" && last_rows "$work/again/$table" >"$work/rows.again"
[ -s "$work/rows" ] || fail "no row was published"
cmp "$work/rows" "$work/rows.again" || fail "the rows are not those of a rebuild after $kills kills"
echo "$kills kills, $(lines "$events") events and $(lines "$work/rows") rows, equal to a rebuild"
