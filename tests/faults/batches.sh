# shellcheck shell=bash
# shellcheck disable=SC2154  # set by who sources this
# What may lie in the topic and was not written by a node of this ledger, or not now.
scenario forged "garbage by kcat, batches that no enrolled key signed: void, an alarm"
scenario forged-amid-load "the same by a thief of a node's key and files while all nodes write, a broker and a reader of the feed are killed"
scenario late-and-twice "batches of the past once more"
scenario diverged "batches that an enrolled key signed on another history: LOG_DIVERGED, and the way out"
scenario from-the-future "a signed batch of an unknown version: NEEDS_VERSION, and the way out"
scenario poisoned "signed batches that cannot be decoded, two in a row: POISON, and the way out"

produce() { kcat -P -b "$AIDLEDGER_KAFKA_BROKERS" -t "$topic" -p 0 "$@"; }
batch_at() { kcat -C -b "$AIDLEDGER_KAFKA_BROKERS" -t "$topic" -p 0 -o "$1" -c 1 -e -q -D '' 2>/dev/null; }
forge() { # forge KIND...: with the key and the files of node c, which does not run meanwhile
  "$forge" "$work/c" "$work/c-vault" "$AIDLEDGER_KAFKA_BROKERS" "$@" >/dev/null || wait_failed "nothing could be forged"
}

forged() {
  local before
  before=$(metric a aidledger_void_foreign_batches_total)
  batch_at 2 >"$work/batch"
  head -c $(($(stat -c %s "$work/batch") / 2)) "$work/batch" >"$work/half"
  sed 's/operator/operatop/' "$work/batch" >"$work/changed"
  for _ in {1..20}; do
    head -c 1000 /dev/urandom >"$work/garbage"
    produce "$work/garbage" "$work/half" "$work/changed"
    echo key: | produce -K : -Z
  done
  end_node c TERM
  forge stranger borrowed-name unsigned other-ledger
  start_node c
  wait_for 60 "84 forged batches are counted" more_voids_than $((before + 83))
  note "$(($(metric a aidledger_void_foreign_batches_total) - before)) void"
}
more_voids_than() { [ "$(metric a aidledger_void_foreign_batches_total)" -gt "$1" ]; }

# What was stolen lags behind; whoever was robbed goes on beside it.
forged-amid-load() {
  local round before
  before=$(metric a aidledger_void_foreign_batches_total)
  for round in 1 2 3; do
    wait_for 60 "files and key of c are stolen while it runs" steal_and_forge stranger borrowed-name unsigned other-ledger loser loser
    replace_reader
    restart_broker "$(leader)"
    wait_for 60 "files and key of c are stolen once more" steal_and_forge loser other-ledger unsigned loser
  done
  wait_for 60 "all forged batches are counted" more_voids_than $((before + 17))
  for round in "${nodes[@]}"; do must "$round is not halted" not_halted "$round"; done
  note "$(metric a aidledger_void_batches_total) losers, $(($(metric a aidledger_void_foreign_batches_total) - before)) foreign batches"
}
steal_and_forge() {
  rm -rf "$work/stolen" "$work/stolen-vault"
  cp -r "$work/c" "$work/stolen" && cp -r "$work/c-vault" "$work/stolen-vault" &&
    "$forge" "$work/stolen" "$work/stolen-vault" "$AIDLEDGER_KAFKA_BROKERS" "$@" >/dev/null 2>&1
}
not_halted() { readyz "$1" | grep -q '"halt": *""'; }

late-and-twice() {
  local offset
  for offset in {0..30}; do
    batch_at "$offset" >"$work/batch"
    produce "$work/batch" "$work/batch"
  done
}

diverged() {
  local kind
  for kind in other-history gap other-past; do
    forge_and_halt "$kind" LOG_DIVERGED
    repair_into_a_new_topic "was decided on a history that is not held here"
  done
}
from-the-future() {
  forge_and_halt future NEEDS_VERSION
  repair_into_a_new_topic "a batch of frame version"
}

# Every node halts with this code, whether it ran or starts now; reads go on, actions are turned away.
forge_and_halt() {
  local kind=$1 code=$2 node
  end_node c TERM
  some_more
  forge "$kind"
  start_node c
  for node in "${nodes[@]}"; do wait_for 30 "$node is halted by $code" halted "$node" "$code"; done
  for node in "${nodes[@]}"; do
    must "$node goes on answering reads" reads "$node"
    must "$node turns actions away, and says why" grep -q "$code" <<<"$(ask "$node" "while-halted-$kind")"
  done
  note "$kind: all are halted by $code"
}

repair() { # repair NODE [--yes]
  local node=$1
  shift
  aidledger ledger repair --data "$work/$node" --node "$node" "$@" 2>&1
}
two_people=(--yes --first "$work/a/operator.token" --second "$work/director.token")

# As the runbook has it: the topic aside, its records put back by two people from the node that holds most.
repair_into_a_new_topic() { # repair_into_a_new_topic WHAT-THE-DRY-RUN-SAYS
  local node said
  for node in "${nodes[@]}"; do end_node "$node" TERM; done
  said=$(repair a)
  must "a dry run of the repair tells of it, not: $said" grep -q "$1" <<<"$said"
  must "one person alone cannot repair" one_alone_is_refused
  forge no-topic
  wait_for 30 "the topic is gone" topic_is_gone
  must "a dry run says that the topic will be made" grep -q "$topic" <<<"$(repair a)"
  for node in "${nodes[@]}"; do
    repair "$node" "${two_people[@]}" >"$work/repair.$node" || wait_failed "$node cannot repair: $(tail -2 "$work/repair.$node")"
  done
  for node in "${nodes[@]}"; do start_node "$node"; done
}
one_alone_is_refused() {
  ! repair a --yes --first "$work/a/operator.token" --second "$work/a/operator.token" >"$work/repair.alone"
}
topic_is_gone() { # for every broker
  local broker
  for broker in ${AIDLEDGER_KAFKA_BROKERS//,/ }; do
    ! kcat -L -b "$broker" 2>/dev/null | grep -qF "\"$topic\"" || return
  done
}

# Two in a row. The node that passes them over has been killed on the first, another has stood by, the third starts on
# it; void batches lie between the poisons and their passing.
poisoned() {
  local node
  stop_clients
  wait_for 60 "the nodes are level" level
  end_node c TERM
  forge poison second-poison loser loser
  for node in a b; do wait_for 30 "$node is halted by POISON" halted "$node" POISON; done
  end_node a KILL
  start_node a
  start_node c
  for node in "${nodes[@]}"; do
    wait_for 30 "$node is halted by POISON" halted "$node" POISON
    must "$node goes on answering reads" reads "$node"
  done
  must "a halted node is at rest" at_rest b
  end_node a TERM
  pass_over_one
  must "the one behind it is named" grep -q next_poison "$work/pass"
  pass_over_one
  start_node a
  wait_for 60 "all go on without a hand" level
  start_clients u v w
}
pass_over_one() {
  local hash
  hash=$(pass_poison | field hash)
  must "a dry run names the record" test ${#hash} = 64
  pass_poison "${two_people[@]}" --hash "$hash" --reason "forged for a test" >"$work/pass" || wait_failed "$(tail -2 "$work/pass")"
}
pass_poison() { aidledger ledger pass-poison --data "$work/a" --node a --json "$@" 2>&1; }
# It does not read the log over and over: less than a tenth of a processor.
at_rest() {
  local before after
  before=$(awk '{print $14 + $15}' "/proc/${pid[$1]}/stat")
  sleep 3
  after=$(awk '{print $14 + $15}' "/proc/${pid[$1]}/stat")
  [ $((after - before)) -lt 30 ]
}
