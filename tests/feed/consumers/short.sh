#!/usr/bin/env bash
# The feed in Kafka before kcat and a consumer group that reads throughout, the publisher and members of the group being
# killed between. For the broker that AIDLEDGER_KAFKA names.
# usage: short.sh PROGRAM FOLDER    (FOLDER keeps the Python client between runs)
# Leaves with 77 where there is no broker or no client.
set -u
here=$(cd "$(dirname "$0")" && pwd)
ledger=short-$$-$RANDOM
# shellcheck source=tests/support/service.sh
. "$here/../../support/service.sh"
kept=$(mkdir -p "${2:?a folder for what is fetched}" && cd "$2" && pwd)
# shellcheck source=tests/feed/consumers/readers.sh
. "$here/readers.sh"
[ -n "${AIDLEDGER_KAFKA:-}" ] || skipped "AIDLEDGER_KAFKA names no broker"
python_client
export AIDLEDGER_KAFKA_BROKERS=$AIDLEDGER_KAFKA AIDLEDGER_KAFKA_COPIES=single AIDLEDGER_FEED_PLACE=kafka
trap 'end_readers; cleanup' EXIT

figure() { request GET /metrics | sed -n "s/^$1\({[^}]*}\)\? //p"; }
told() { [ "$(figure aidledger_feed_next_seq)" = "$(figure aidledger_next_seq)" ]; }
ask() { # ask NAME: each undertaker is an event and a row
  undertakers "$1" 300 | request POST "/v1/ledgers/$ledger/actions" -H 'Content-Type: application/x-ndjson' --data-binary @-
}

join_group && join_group
start_service
ask first >/dev/null || fail "nothing can be asked"
until_true 30 "the feed does not come to its end" told
until_true 30 "the group reads nothing" group_has_read 100.0
"$program" feed status --data "$work/data" --ledger "$ledger" --server "http://127.0.0.1:$port" --json >"$work/status" || fail "how far the feed is cannot be asked"
for said in "\"topic\": \"$events\"" "\"last_event\": \"$(($(figure aidledger_feed_next_seq) - 1)).0\""; do
  grep -qF "$said" "$work/status" || fail "the feed's status does not say $said: $(cat "$work/status")"
done
ask second >/dev/null 2>&1 &
client=$!
begun=$(figure aidledger_feed_next_seq)
until [ "$(figure aidledger_feed_next_seq)" -gt $((begun + 20)) ] || ! kill -0 "$client" 2>/dev/null; do :; done
kill_reader
kill -9 "$service"
wait "$service" "$client" 2>/dev/null
start_service
ask second >/dev/null || fail "nothing can be asked after the kill"
until_true 60 "the feed does not go on after the kill" told
stop_service
"$program" feed rebuild --data "$work/data" --vault "$work/vault" --ledger "$ledger" --to "$work/again" >/dev/null || fail "the feed cannot be told again"
topics_are_a_rebuild
group_has_all
