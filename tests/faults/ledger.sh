# shellcheck shell=bash
# shellcheck disable=SC2154  # program, work and root are set by who sources this
# Three nodes of one ledger on three brokers, clients that write a journal of what was acknowledged, and what must hold
# after every fault.
export AIDLEDGER_KAFKA_DIR=$work/kafka AIDLEDGER_LEDGER=faults AIDLEDGER_KEK_FILE=$work/kek
export topic=aidledger.ledger.faults.v1
nodes=(a b c)
declare -A pid=() port=()

note() { printf '        %s\n' "$*"; }
must() { # must WHAT COMMAND...: now, or the fault has been found
  local what=$1
  shift
  "$@" || wait_failed "$what"
}
aidledger() { "$program" "$@"; }
field() { sed -n "s/^ *\"$1\": \"\(.*\)\",\{0,1\}\$/\1/p"; }

open_ledger() {
  AIDLEDGER_KAFKA_BROKERS=$(ops/kafka up 3 | tail -1) || return
  export AIDLEDGER_KAFKA_BROKERS
  (umask 077 && head -c 32 /dev/urandom >"$work/kek")   # as `aidledger vault make-kek` does it
  AIDLEDGER_KAFKA_FIRST_KEY=$(aidledger ledger create --data "$work/a" --node a --yes --json | field first_key)
  export AIDLEDGER_KAFKA_FIRST_KEY AIDLEDGER_LOG_PLACE=kafka
  start_node a
  wait_for 60 "node a is ready" ready a
  token operator a >/dev/null
  aidledger token add --data "$work/a" --server "$(server a)" --person director-1 --roles centre-director \
    --out "$work/director.token" >/dev/null
  enrol b
  enrol c
  start_node b
  start_node c
  wait_for 60 "the nodes are level" level
}

token() { export AIDLEDGER_TOKEN_FILE=$work/a/operator.token; }
server() { echo "http://127.0.0.1:${port[$1]}"; }

# Two people enrol a node's key.
enrol() {
  local key proposal
  key=$(aidledger node key --data "$work/$1" --node "$1" --json)
  proposal=$(aidledger node enrol --data "$work/a" --server "$(server a)" --name "$1" --key-id "$(field key_id <<<"$key")" \
    --public-key "$(field public_key <<<"$key")" | sed -n 's/.*proposal=\([^ ]*\).*/\1/p')
  AIDLEDGER_TOKEN_FILE=$work/director.token aidledger node confirm "$proposal" --data "$work/a" --server "$(server a)" \
    --key-id "$(field key_id <<<"$key")" >/dev/null || wait_failed "node $1 is not enrolled"
}

# start_node NODE [COMMAND...]: COMMAND runs it, say with another clock.
start_node() {
  launch_node "$@"
  answers "$1"
}
answers() { wait_for 120 "node $1 answers" address_of "$1"; }
launch_node() {
  local node=$1
  shift
  : >"$work/$node.log"
  "$@" "$program" serve --data "$work/$node" --node "$node" --http-port "${port[$node]:-0}" >>"$work/$node.log" 2>&1 &
  pid[$node]=$!
}
address_of() {
  port[$1]=$(sed -n 's|.*http://127.0.0.1:\([0-9]*\)$|\1|p' "$work/$1.log" | head -1)
  [ -n "${port[$1]}" ] || { kill -0 "${pid[$1]}" 2>/dev/null || wait_failed "node $1 ended: $(tail -2 "$work/$1.log")"; return 1; }
}
end_node() { # end_node NODE SIGNAL
  kill -s "$2" "${pid[$1]}" 2>/dev/null
  wait "${pid[$1]}" 2>/dev/null
}
serves() { kill -0 "${pid[$1]}" 2>/dev/null; }

# wait_for SECONDS WHAT COMMAND...: until the command succeeds.
wait_for() {
  local end=$((SECONDS + $1)) what=$2
  shift 2
  until "$@"; do
    [ "$SECONDS" -lt "$end" ] || wait_failed "not within the time: $what"
    sleep 0.2
  done
}
wait_failed() {
  local node
  for node in "${nodes[@]}"; do note "$node: $(curl -sS -m 5 "$(server "$node")/readyz" 2>&1 | tr -d '\n' | tr -s ' ')"; done
  note "leader: $(leader)"
  fail "$fault: $*"
  summary
  exit 1
}

readyz() { curl -sS -m 5 "$(server "$1")/readyz" 2>/dev/null; }
# metric NODE NAME: its value now; the sum, where it has labels.
metric() {
  curl -sS -m 5 "$(server "$1")/metrics" 2>/dev/null | awk -v name="$2" '{split($1, of, "{")} of[1] == name {sum += $2} END {printf "%.0f", sum}'
}
halted() { readyz "$1" | grep -q "\"halt\": *\"$2\""; }
# ask NODE ACTION_ID: one action of the operator's; prints the answer.
ask() {
  curl -sS -m 25 -X POST -H "Authorization: Bearer $(cat "$work/a/operator.token")" -H 'Content-Type: application/x-ndjson' \
    --data-binary "$(action "$2")" "$(server "$1")/v1/ledgers/faults/actions" 2>/dev/null
}
action() {
  printf '{"action_id":"%s","type":"import-undertaker","occurred_at":"2025-01-01T00:00:00Z","data":{"undertaker":"%s","source":"s"}}\n' "$1" "$1"
}
# Reads go on, whatever the state of the log.
reads() {
  curl -sS -m 5 -o /dev/null -w '%{http_code}' -H "Authorization: Bearer $(cat "$work/director.token")" \
    "$(server "$1")/v1/ledgers/faults/undertakers?limit=1" 2>/dev/null | grep -q 200
}
next_seq() { readyz "$1" | sed -n 's/.*"next_seq": *\([0-9]*\).*/\1/p'; }
ready() { curl -sS -m 5 -o /dev/null -w '%{http_code}' "$(server "$1")/readyz" 2>/dev/null | grep -q 200; }

# client NAME: actions, ten at a time, each asked until it is acknowledged, at whichever node answers. The journal has
# what was acknowledged; it is the oracle.
client() {
  local name=$1 round=0 line
  while [ ! -e "$work/stop" ]; do
    round=$((round + 1))
    for line in {1..10}; do action "$name-$round-$line"; done >"$work/asks.$name"
    until [ ! -s "$work/asks.$name" ] || [ -e "$work/stop" ]; do ask_once "$name"; done
  done
}
ask_once() { # ask_once CLIENT [NODE]
  local name=$1 to=${2:-${nodes[RANDOM % 3]}}
  curl -sS -m 25 -X POST -H "Authorization: Bearer $(cat "$work/a/operator.token")" -H 'Content-Type: application/x-ndjson' \
    --data-binary "@$work/asks.$name" "$(server "$to")/v1/ledgers/faults/actions" >"$work/answers.$name" 2>/dev/null || sleep 0.2
  grep -E '"status":20[01],' "$work/answers.$name" | grep -o '"action_id":"[^"]*"' >"$work/acked.$name" || { sleep 0.2; return; }
  cat "$work/acked.$name" >>"$work/journal.$name"
  grep -vFf "$work/acked.$name" "$work/asks.$name" >"$work/left.$name"
  mv "$work/left.$name" "$work/asks.$name"
}
start_clients() {
  rm -f "$work/stop"
  clients=()
  local name
  for name in "$@"; do
    client "$fault-$name" &
    clients+=($!)
  done
}
stop_clients() {
  : >"$work/stop"
  wait "${clients[@]}"
}
acknowledged() { cat "$work"/journal.* 2>/dev/null | wc -l; }
# The load goes on: some more actions are acknowledged.
some_more() {
  local before
  before=$(acknowledged)
  wait_for 120 "actions are acknowledged again" more_than $((before + 20))
}
more_than() { [ "$(acknowledged)" -gt "$1" ]; }

level() {
  local seq
  seq=$(next_seq a)
  [ -n "$seq" ] && [ "$(next_seq b)" = "$seq" ] && [ "$(next_seq c)" = "$seq" ] && ready a && ready b && ready c
}

# Every acknowledged action is there once, every node has the same records, and each verifies; the feed tells them.
agree() {
  local node lost twice
  stop_clients
  wait_for 120 "the feed is told to its end" feed_is_told
  wait_for 120 "the nodes are level" level
  for node in "${nodes[@]}"; do end_node "$node" TERM; done
  for node in "${nodes[@]}"; do
    aidledger verify --data "$work/$node" --node "$node" >"$work/verify.$node" 2>&1 || wait_failed "$node does not verify: $(tail -3 "$work/verify.$node")"
    aidledger events --data "$work/$node" --node "$node" --json >"$work/events.$node" || wait_failed "the events of $node cannot be read"
  done
  for node in b c; do cmp -s "$work/events.a" "$work/events.$node" || wait_failed "a and $node hold different records"; done
  grep -o '"action_id":"[a-z0-9-]*"' "$work/events.a" | sort >"$work/recorded"
  sort -u "$work"/journal.* >"$work/acknowledged"
  lost=$(comm -13 <(sort -u "$work/recorded") "$work/acknowledged" | wc -l)
  twice=$(grep -F undertaker "$work/events.a" | grep -o '"action_id":"[a-z0-9-]*"' | sort | uniq -d | wc -l)
  note "$(wc -l <"$work/acknowledged") acknowledged, $lost lost, $twice twice"
  [ "$lost$twice" = 00 ] || wait_failed "an acknowledged action was lost or applied twice"
  feed_agrees
  for node in "${nodes[@]}"; do start_node "$node"; done
}
