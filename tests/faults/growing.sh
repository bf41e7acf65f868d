#!/usr/bin/env bash
# A new node of a long ledger in Kafka is killed (-9) at a quarter, a half and three quarters of its catching up. Each
# time it goes on where it was; until it has come to the end it says that it is not ready; then it serves what the
# ledger holds. On the broker that AIDLEDGER_KAFKA names.
# usage: growing.sh PROGRAM LONG_LEDGER RECORDS A_BATCH
# Fails on what is wrong, never on what is slow: times are printed. Leaves with 77 where there is no broker.
set -u
program=$(realpath "${1:?the program to try}") long=$(realpath "${2:?aidledger-long-ledger}")
records=${3:?how many records} a_batch=${4:?how many of them in a batch}
[ -n "${AIDLEDGER_KAFKA:-}" ] || { echo "SKIPPED a node that grows: AIDLEDGER_KAFKA names no broker"; exit 77; }
cd "$(dirname "$0")/../.." || exit
work=$(mktemp -d "${AIDLEDGER_WORK:-/tmp}/growing.XXXXXX")
node=0 port=$((20000 + RANDOM % 8000)) most_mib=0
trap '[ "$node" -eq 0 ] || kill -9 "$node"; rm -rf "$work"' EXIT
fail() {
  echo "FAILED $*" >&2
  tail -5 "$work/new.log" >&2
  exit 1
}
export AIDLEDGER_KAFKA_BROKERS=$AIDLEDGER_KAFKA AIDLEDGER_KAFKA_COPIES=single AIDLEDGER_KEK_FILE=$work/kek
export AIDLEDGER_LEDGER=long-$$-$RANDOM AIDLEDGER_FEED_PLACE=none
now_ms() { date +%s%3N; }
seconds() { awk -v ms="$1" 'BEGIN {printf "%.1f", ms / 1000}'; }

make_ledger() {
  "$program" vault make-kek "$work/kek" >/dev/null 2>&1
  AIDLEDGER_KAFKA_FIRST_KEY=$("$program" ledger create --data "$work/source" --yes --json | sed -n 's/^ *"first_key": "\(.*\)",\{0,1\}$/\1/p')
  export AIDLEDGER_KAFKA_FIRST_KEY AIDLEDGER_LOG_PLACE=kafka
  "$program" token add --data "$work/source" --person director-1 --roles centre-director --out "$work/token" >/dev/null ||
    fail "the ledger could not be made"
  "$long" append "$work/source" "$work/source-vault" "$AIDLEDGER_KAFKA" "$records" "$a_batch" >"$work/source.head" ||
    fail "the ledger could not be filled"
  read -r total head <"$work/source.head"
}
start() {
  : >"$work/new.log"
  "$program" serve --data "$work/new" --node new --http-port "$port" 2>>"$work/new.log" &
  node=$!
  until look; do alive; done
}
alive() { kill -0 "$node" 2>/dev/null || fail "the node has ended"; }
# look: what /readyz says now. A node that has not come to the end must not call itself ready.
look() {
  local mib
  answer=$(curl -sS -m 5 -w '\n%{http_code}' "http://127.0.0.1:$port/readyz" 2>/dev/null) || return
  status=${answer##*$'\n'} folded_to=$(figure folded_to) offset=$(figure read_to_offset)
  [ -n "$folded_to" ] || return
  [ "$status" = 503 ] || [ "$folded_to" -ge "$total" ] || fail "it says that it is ready with $folded_to of $total records"
  mib=$(awk '/^RssAnon/ {print int($2 / 1024)}' "/proc/$node/status")
  [ "${mib:-0}" -le "$most_mib" ] || most_mib=$mib
}
# Its key is not enrolled: it reads as good as any, and takes no actions.
reads_to_the_end() { [ "$status" = 200 ] || grep -q '"code": *"KEY_NOT_ENROLLED"' <<<"$answer"; }
figure() { sed -n "s/.*\"$1\": *\([0-9]*\).*/\1/p" <<<"$answer" | head -1; }
kill_at() { # kill_at SHARE: of a hundred
  local was said
  until look && [ "$folded_to" -ge $((total * $1 / 100)) ]; do alive; done
  was=$folded_to
  kill -9 "$node"
  wait "$node" 2>/dev/null
  local down
  down=$(now_ms)
  start
  until grep -q 'reading the log' "$work/new.log" || reads_to_the_end; do look; done
  said=$(sed -n 's/.*reading the log of [^ ]*: \([0-9]*\) records are held here.*/\1/p' "$work/new.log")
  echo "killed with $was of $total records; it answers after $(seconds $(($(now_ms) - down))) s, goes on from record ${said:-$folded_to} and offset $offset"
  [ "${said:-$folded_to}" -ge "$was" ] || fail "it had $was records and begins with ${said:-none}"
  [ "$offset" -gt 0 ] || fail "it reads the log from its beginning"
}

begun=$(now_ms)
make_ledger
echo "$total records in batches of $a_batch, made in $(seconds $(($(now_ms) - begun))) s"
begun=$(now_ms)
start
for share in 25 50 75; do kill_at $share; done
until look && [ "$folded_to" -ge "$total" ]; do alive; done
reached=$(now_ms)
until look && reads_to_the_end; do alive; done
ready=$(now_ms)
spent=$((reached - begun)) late=$((ready - reached))
echo "caught up in $(seconds $spent) s, kills and all: $((total * 1000 / spent)) records/s, as many events; at most $most_mib MiB of heap"
echo "ready $(seconds $late) s after the end was reached: the 10 s are $([ $late -le 10000 ] && echo met || echo not met)"

last=$(((records - 1) / 20))
curl -sS -D "$work/fields" -H "Authorization: Bearer $(cat "$work/token")" "http://127.0.0.1:$port/v1/ledgers/$AIDLEDGER_LEDGER/cases/LA-$last" >"$work/case"
grep -q "\"up_to_seq\": *$((total - 1))\b" "$work/case" || fail "the last case is not that of the last record: $(head -c 300 "$work/case")"
until grep -q 'the end of the log of .* is reached' "$work/new.log"; do alive; done
! grep -qi '^Aidledger-Stale' "$work/fields" || fail "its reads are marked stale"
kill -TERM "$node"
wait "$node"
node=0
[ "$("$long" head "$work/new")" = "$total $head" ] || fail "its files do not end with the head of the source"
echo "its head is that of the source: $total $head"

# Folded anew, in memory: for as long as that is no more than a machine has.
[ "$records" -le 1000000 ] || exit 0
"$program" verify --data "$work/new" --node new >"$work/verified" 2>&1 || fail "it does not verify: $(tail -3 "$work/verified")"
echo "its rows are those of a ledger that is folded anew"
