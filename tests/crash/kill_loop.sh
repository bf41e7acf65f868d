#!/usr/bin/env bash
# kill -9 of the real service under load, again and again: every acknowledged action is in the ledger once, none twice.
# The oracle is the clients' journal, kept outside the service.
# usage: kill_loop.sh PROGRAM [KILLS]
set -u
# shellcheck source=tests/support/service.sh
. "$(dirname "$0")/../support/service.sh"
kills=${2:-10}
actions=3000

batch() { # batch NUMBER: one file of actions
  for ((i = 0; i < actions; ++i)); do
    printf '{"action_id":"k%d-%d","type":"import-undertaker","occurred_at":"2025-01-01T00:00:00Z","data":{"undertaker":"u%d-%d","source":"s"}}\n' "$1" "$i" "$1" "$i"
  done >"$work/batch.$1"
}

for ((round = 1; round <= kills; ++round)); do
  start_service
  batch "$round"
  request POST /v1/ledgers/trial/actions -N -H 'Content-Type: application/x-ndjson' --data-binary "@$work/batch.$round" >"$work/journal.$round" 2>/dev/null &
  client=$!
  # The moment of the kill is drawn by how many answers have come: somewhere within the batch.
  wanted=$((RANDOM % (actions - 200)))
  until [ "$(wc -l <"$work/journal.$round")" -ge "$wanted" ] || ! kill -0 "$client" 2>/dev/null; do :; done
  kill -9 "$service"
  wait "$service" "$client" 2>/dev/null
  service=0
done

start_service
stop_service
"$program" verify --data "$work/data" --vault "$work/vault" >/dev/null || fail "verify finds damage after $kills kills"
"$program" events --data "$work/data" --vault "$work/vault" --json >"$work/events" || fail "the events cannot be read"
grep -o '"action_id":"k[0-9-]*"' "$work/events" | sort >"$work/recorded"
# What was answered whole with 201 or 200 is acknowledged.
cat "$work"/journal.* | grep -E '"status":20[01],' | grep -o '"action_id":"k[0-9-]*"' | sort -u >"$work/acknowledged"
twice=$(uniq -d "$work/recorded" | wc -l)
lost=$(comm -13 <(sort -u "$work/recorded") "$work/acknowledged" | wc -l)
echo "$kills kills, $(wc -l <"$work/acknowledged") acknowledged, $(wc -l <"$work/recorded") recorded, $lost lost, $twice twice"
[ "$(wc -l <"$work/acknowledged")" -gt 0 ] || fail "nothing was acknowledged: the test tried nothing"
if [ "$lost" -ne 0 ] || [ "$twice" -ne 0 ]; then fail "an acknowledged action was lost or applied twice"; fi
