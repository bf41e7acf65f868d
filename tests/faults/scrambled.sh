# shellcheck shell=bash
# shellcheck disable=SC2154  # set by who sources this
# Orders of killing that an operator would not give: several things at once, disks that are lost, no pause between.
scenario scrambled "ten hostile orders, one after another as AIDLEDGER_FAULTS_SEED has it; AIDLEDGER_FAULTS_ORDERS names fewer"
orders=(killed-beside-a-frozen all-killed-under-a-frozen-leader publisher-killed-without-brokers publisher-frozen
  twelve-kills last-in-sync-lost broker-wiped disk-lost broker-killed-as-a-node-reads-up killed-in-an-erasure)

scrambled() {
  local order
  RANDOM=$random_seed
  note "seed $random_seed"
  [ -z "${AIDLEDGER_FAULTS_ORDERS:-}" ] || read -ra orders <<<"$AIDLEDGER_FAULTS_ORDERS"
  draw "${orders[@]}"
  for order in "${drawn[@]}"; do
    note "$order"
    "$order"
    all_ready
    some_more
  done
}
all_ready() {
  local node
  for node in "${nodes[@]}"; do answers "$node"; done
  for node in "${nodes[@]}"; do wait_for 120 "$node is ready without a hand" ready "$node"; done
}

killed-beside-a-frozen() {
  draw "${nodes[@]}"
  with_node_frozen "${drawn[0]}" with_node_killed "${drawn[1]}" sleep "$frozen_seconds"
}

all_killed() { # all_killed COMMAND...: done while no node is there
  local node
  for node in "${nodes[@]}"; do end_node "$node" KILL; done
  "$@"
  for node in "${nodes[@]}"; do launch_node "$node"; done
}
all-killed-under-a-frozen-leader() { with_broker "$(leader)" STOP all_killed breathe; }

publisher-killed-without-brokers() {
  local node
  node=$(publisher)
  with_no_broker end_node "$node" KILL
  wait_for 120 "another node publishes" published_by_another "$node"
  launch_node "$node"
}
# It wakes in the belief that the feed is its own.
publisher-frozen() {
  local node
  node=$(publisher)
  with_node_frozen "$node" wait_for 120 "another node publishes" published_by_another "$node"
}

# Nobody waits until what was killed is there again.
twelve-kills() {
  local kill
  for kill in {1..12}; do
    if [ $((kill % 4)) -eq 0 ]; then draw 1 2 3 && with_broker "${drawn[0]}" KILL true
    else draw "${nodes[@]}" && with_node_killed "${drawn[0]}" true; fi
  done
}

# Two brokers killed, then the one that alone was left; the last to go is not the first to come.
last-in-sync-lost() {
  local broker starts=()
  draw 1 2 3
  ops/kafka stop "${drawn[0]}" KILL
  ops/kafka stop "${drawn[1]}" KILL
  breathe
  ops/kafka stop "${drawn[2]}" KILL
  for broker in "${drawn[@]}"; do
    ops/kafka start "$broker" &
    starts+=($!)
    sleep $((RANDOM % 5))
  done
  wait "${starts[@]}"
}

# Once it is in sync again it may lead, and then has all there is.
broker-wiped() {
  local broker
  draw 1 2 3
  broker=${drawn[0]}
  wait_for 120 "all brokers are in sync" in_sync
  ops/kafka stop "$broker" KILL
  rm -rf "$AIDLEDGER_KAFKA_DIR/node-$broker/data"
  some_more
  ops/kafka start "$broker"
  wait_for 120 "the wiped broker is in sync" in_sync
  restart_broker "$(leader)"
}
in_sync() { ! kcat -L -b "$AIDLEDGER_KAFKA_BROKERS" 2>/dev/null | grep ' partition [0-9]' | grep -vq 'isrs: [1-3],[1-3],[1-3]'; }

# Files, rows and key are gone: as a new node it has a new key, and the old one is revoked.
disk-lost() {
  local node old
  draw b c
  node=${drawn[0]}
  end_node "$node" KILL
  old=$(aidledger node key --data "$work/$node" --node "$node" --json | field key_id)
  rm -rf "${work:?}/$node" "$work/$node-vault"
  some_more
  enrol "$node"
  aidledger node revoke "$old" --reason "its disk is lost" --data "$work/a" --server "$(server a)" >/dev/null || wait_failed "the lost key is not revoked"
  launch_node "$node"
}
broker-killed-as-a-node-reads-up() {
  local node
  draw "${nodes[@]}"
  node=${drawn[0]}
  end_node "$node" KILL
  rm -rf "$work/$node/log" "$work/$node/rows" "$work/$node"/log-note*
  launch_node "$node"
  with_broker "$(leader)" KILL some_more
}

# A person's key is destroyed though the node that was asked dies over it; everybody else's stays.
killed-in-an-erasure() {
  local node other who
  for who in intake centre-director bureau; do known "$who"; done
  for _ in 1 2 3; do
    draw "${nodes[@]}"
    node=${drawn[0]} other=${drawn[1]} who=erased-$RANDOM$RANDOM
    wait_for 60 "somebody is known who will be erased" grant "$node" "$who"
    wait_for 60 "the erasure is proposed" erasure propose centre-director "$node" "$who" ",\"person\":\"P-$who\",\"ground\":\"asked for\""
    erasure confirm bureau "$node" "$who" &
    sleep "0.0$((RANDOM % 10))"
    with_node_killed "$node" wait_for 60 "another node takes the confirmation" erasure confirm bureau "$other" "$who"
    all_ready
    for node in "${nodes[@]}"; do wait_for 60 "the name is gone from $node" forgotten "$node" "$who"; done
  done
  seal_and_open "${nodes[@]}"
}
erasure() { # erasure propose|confirm ROLE NODE CASE [MORE]
  as "$2" POST "$3" actions "{\"action_id\":\"$1-$4\",\"type\":\"$1-erasure\",\"occurred_at\":\"2025-03-02T10:00:00+08:00\",\"data\":{\"proposal\":\"$4\"${5:-}}}" |
    grep -q '"receipt"'
}
forgotten() {
  local case
  case=$(clerk GET "$1" "cases/$2")
  grep -qF "\"$2\"" <<<"$case" && ! grep -q NAME <<<"$case"
}
