#!/usr/bin/env bash
# A new node of a ledger in Kafka is given a copy of another's ledger files, taken while that one runs: it verifies them
# against the log, makes its rows, and reads on from where they end. A copy that is damaged, one of another ledger, and
# one that is ahead of a topic that was cut are each told in a sentence. On the broker that AIDLEDGER_KAFKA names.
# usage: copied.sh PROGRAM LONG_LEDGER FORGE
# Leaves with 77 where there is no broker. Half a minute: that a topic was cut is believed after twenty seconds.
set -u
program=$(realpath "${1:?the program to try}") long=$(realpath "${2:?aidledger-long-ledger}") forge=$(realpath "${3:?aidledger-forge}")
[ -n "${AIDLEDGER_KAFKA:-}" ] || { echo "SKIPPED a node from a copy: AIDLEDGER_KAFKA names no broker"; exit 77; }
cd "$(dirname "$0")/../.." || exit
work=$(mktemp -d "${AIDLEDGER_WORK:-/tmp}/copied.XXXXXX")
declare -A pid=() port=()
end() {
  local node
  for node in "${!pid[@]}"; do kill -9 "${pid[$node]}" 2>/dev/null; done
  rm -rf "$work"
}
trap end EXIT
fail() {
  echo "FAILED $*" >&2
  tail -n 3 "$work"/*.log >&2
  exit 1
}
export AIDLEDGER_KAFKA_BROKERS=$AIDLEDGER_KAFKA AIDLEDGER_KAFKA_COPIES=single AIDLEDGER_KEK_FILE=$work/kek
export AIDLEDGER_LEDGER=copied-$$-$RANDOM AIDLEDGER_FEED_PLACE=none

field() { sed -n "s/^ *\"$1\": \"\(.*\)\",\{0,1\}\$/\1/p"; }
client() { "$program" "$@" --data "$work/a" --server "$(server a)"; }
server() { echo "http://127.0.0.1:${port[$1]}"; }
start() { # start NODE: until it says how far it is
  : >"$work/$1.log"
  port[$1]=$((20000 + RANDOM % 8000))
  "$program" serve --data "$work/$1" --node "$1" --http-port "${port[$1]}" 2>>"$work/$1.log" &
  pid[$1]=$!
  until [ -n "$(figure "$1" read_to_offset)" ]; do kill -0 "${pid[$1]}" 2>/dev/null || fail "node $1 has ended"; done
}
stop() {
  kill -TERM "${pid[$1]}"
  wait "${pid[$1]}" 2>/dev/null
  unset "pid[$1]"
}
readyz() { curl -sS -m 5 "$(server "$1")/readyz" 2>/dev/null; }
figure() { readyz "$1" | sed -n "s/.*\"$2\": *\([0-9]*\).*/\1/p" | head -1; }
until_ready() { until curl -sf -o /dev/null "$(server "$1")/readyz"; do kill -0 "${pid[$1]}" || fail "node $1 has ended"; done; }
ask() { # ask NODE PREFIX COUNT
  local i
  for ((i = 0; i < $3; ++i)); do
    printf '{"action_id":"%s-%d","type":"import-undertaker","occurred_at":"2025-01-01T00:00:00Z","data":{"undertaker":"%s-%d","source":"s"}}\n' "$2" "$i" "$2" "$i"
  done |
    curl -sS -X POST "$(server "$1")/v1/ledgers/$AIDLEDGER_LEDGER/actions" -H "Authorization: Bearer $(cat "$work/a/operator.token")" \
      -H 'Content-Type: application/x-ndjson' --data-binary @- | grep -c '"status":201'
}
# does_not_start FOLDER SENTENCE
does_not_start() {
  "$program" serve --data "$work/$1" --node "$1" --http-port 0 >"$work/$1.log" 2>&1 && fail "it starts with $1"
  grep -q "$2" "$work/$1.log" || fail "of $1 it does not say: $2"
  echo "$1: $(grep "$2" "$work/$1.log" | cut -c1-200)"
}
# copy FROM TO: the ledger files alone.
copy() { mkdir -p "$work/$2" && cp -r "$work/$1/log" "$work/$2/log"; }

"$program" vault make-kek "$work/kek" >/dev/null 2>&1
AIDLEDGER_KAFKA_FIRST_KEY=$("$program" ledger create --data "$work/a" --node a --yes --json | field first_key)
export AIDLEDGER_KAFKA_FIRST_KEY AIDLEDGER_LOG_PLACE=kafka
"$long" append "$work/a" "$work/a-vault" "$AIDLEDGER_KAFKA" 20000 50 >/dev/null || fail "the ledger could not be filled"
start a
until_ready a
export AIDLEDGER_TOKEN_FILE=$work/a/operator.token
client token add --person director-1 --roles centre-director --out "$work/director.token" >/dev/null || fail "no director"
copy a early
key=$("$program" node key --data "$work/c" --node c --json)
proposal=$(client node enrol --name c --key-id "$(field key_id <<<"$key")" --public-key "$(field public_key <<<"$key")" | sed -n 's/.*proposal=\([^ ]*\).*/\1/p')
AIDLEDGER_TOKEN_FILE=$work/director.token client node confirm "$proposal" --key-id "$(field key_id <<<"$key")" >/dev/null || fail "c is not enrolled"

# Under load, as a running node's files are copied.
held=$(figure a next_seq)
ask a load 20000 >"$work/load" &
load=$!
until [ "$(figure a next_seq)" -gt $((held + 500)) ]; do kill -0 "$load" || fail "the load is over too soon"; done
before=$(figure a read_to_offset)
copy a c
wait "$load"
[ "$(cat "$work/load")" = 20000 ] || fail "node a does not take what it is asked"
start c
said=$(sed -n 's/.*reading the log of [^ ]*: \([0-9]*\) records are held here.*/\1/p' "$work/c.log")
begun=$(figure c read_to_offset)
until_ready c
echo "c: a copy of ${said:-all} records; it goes on from offset $begun, the source stood at $before"
[ "$begun" -ge $((before - 1)) ] || fail "it reads again what the copy holds"
[ "$(ask c from-c 10)" = 10 ] || fail "it does not take actions"
until [ "$(figure a next_seq)" = "$(figure c next_seq)" ]; do kill -0 "${pid[a]}" "${pid[c]}" || fail "a node has ended"; done
stop c
stop a
[ "$("$long" head "$work/a")" = "$("$long" head "$work/c")" ] || fail "a and c do not hold the same"

copy a damaged
printf 'x' | dd of="$(find "$work/damaged/log" -name '*0.*' -size +1M | sort | head -1)" bs=1 seek=500000 conv=notrunc 2>/dev/null
does_not_start damaged "damaged"
copy a another
mine=$AIDLEDGER_LEDGER
AIDLEDGER_LEDGER=$mine-2
AIDLEDGER_KAFKA_FIRST_KEY=$(env -u AIDLEDGER_KAFKA_FIRST_KEY "$program" ledger create --data "$work/b" --node b --yes --json | field first_key) \
  does_not_start another "holds the ledger $mine, not $mine-2"
AIDLEDGER_LEDGER=$mine

# The topic is made anew with what there was early on: the copy is ahead of it.
copy a ahead
two=(--first "$AIDLEDGER_TOKEN_FILE" --second "$work/director.token")
"$forge" "$work/early" "$work/early-vault" "$AIDLEDGER_KAFKA" no-topic || fail "the topic cannot be deleted"
until "$program" ledger repair --data "$work/early" --node early --json 2>/dev/null | grep -q '1 partition'; do :; done
"$program" ledger repair --data "$work/early" --node early --yes "${two[@]}" >/dev/null || fail "the topic cannot be filled"
start ahead
until readyz ahead | grep -q '"code": *"LOG_DIVERGED"'; do kill -0 "${pid[ahead]}" || fail "the node has ended"; done
why=$(readyz ahead | sed -n 's/.*"why": *"\([^"]*\)".*/\1/p')
echo "ahead: LOG_DIVERGED: $why"
grep -q 'it was cut, or made anew' <<<"$why" || fail "it does not say that the log was cut"
curl -sS -D "$work/fields" -o /dev/null -H "Authorization: Bearer $(cat "$work/director.token")" \
  "$(server ahead)/v1/ledgers/$AIDLEDGER_LEDGER/cases?limit=1"
grep -qi '^HTTP/1.1 200' "$work/fields" || fail "it answers no reads"
grep -qi '^Aidledger-Stale: LOG_DIVERGED' "$work/fields" || fail "its reads are not marked stale"
AIDLEDGER_TOKEN_FILE=$work/director.token "$program" case list --limit 1 --server "$(server ahead)" --json 2>&1 >/dev/null |
  grep -q 'stale (LOG_DIVERGED)' || fail "the command does not warn"
