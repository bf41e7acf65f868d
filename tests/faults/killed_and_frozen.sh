# shellcheck shell=bash
# shellcheck disable=SC2154  # set by who sources this
# What becomes of processes: killed, frozen, gone.
scenario node-killed "each node, kill -9"
scenario broker-killed "a broker, kill -9"
scenario leader-killed "the broker that leads, kill -9, three times"
scenario brokers-gone "all brokers at once, in the middle of appends"
scenario majority-killed "the broker that leads and another, kill -9, and a node; the old leader stays away"
scenario node-frozen "a node, SIGSTOP; it wakes to what the others wrote"
scenario leader-frozen "the broker that leads, SIGSTOP"
scenario random "brokers and nodes killed and frozen in an order drawn from AIDLEDGER_FAULTS_SEED"

leader() { kcat -L -b "$AIDLEDGER_KAFKA_BROKERS" -t "$topic" 2>/dev/null | sed -n 's/.*partition 0, leader \([0-9]\).*/\1/p'; }
# draw NAME...: sets drawn to these in another order, by RANDOM. Not in a subshell, where no seed holds.
draw() {
  local names=("$@") at
  drawn=()
  while [ ${#names[@]} -gt 0 ]; do
    at=$((RANDOM % ${#names[@]}))
    drawn+=("${names[at]}")
    names=("${names[@]:0:at}" "${names[@]:at+1}")
  done
}

node-killed() {
  local node
  for node in "${nodes[@]}"; do
    end_node "$node" KILL
    some_more
    start_node "$node"
  done
}

restart_broker() { # restart_broker BROKER: killed, and back after more was acknowledged
  ops/kafka stop "$1" KILL
  some_more
  ops/kafka start "$1"
}
broker-killed() {
  draw 1 2 3
  restart_broker "${drawn[0]}"
}
leader-killed() {
  local round
  for round in 1 2 3; do
    note "kill $round: broker $(leader) leads"
    restart_broker "$(leader)"
  done
}

# Nothing can be acknowledged now, and nothing that is in doubt may be refused.
brokers-gone() { with_no_broker sleep 15; }
with_no_broker() { # with_no_broker COMMAND...: then they come back at once
  local broker starts=()
  for broker in 1 2 3; do ops/kafka stop "$broker" KILL; done
  "$@"
  for broker in 1 2 3; do
    ops/kafka start "$broker" &
    starts+=($!)
  done
  wait "${starts[@]}"
}

# For a while nobody can say who leads now, and all remember one that is gone.
majority-killed() {
  local old other
  old=$(leader) other=$((old % 3 + 1))
  ops/kafka stop "$old" KILL
  ops/kafka stop "$other" KILL
  with_node_killed a sleep 10
  ops/kafka start "$other"
  some_more
  answers a
  wait_for 60 "a is ready while the old leader is away" ready a
  ops/kafka start "$old"
}

node-frozen() {
  kill -s STOP "${pid[b]}"
  sleep "$frozen_seconds"
  some_more
  kill -s CONT "${pid[b]}"
}
leader-frozen() {
  local broker
  broker=$(leader)
  ops/kafka stop "$broker" STOP
  sleep "$frozen_seconds"
  ops/kafka stop "$broker" CONT
}

# One thing after another, sometimes on top of it, for AIDLEDGER_FAULTS_SECONDS: a broker or two, a node or two.
random() {
  local end=$((SECONDS + random_seconds)) mishaps=0
  RANDOM=$random_seed
  note "seed $random_seed, $random_seconds s"
  while [ "$SECONDS" -lt "$end" ]; do
    mishap
    mishaps=$((mishaps + 1))
  done
  note "$mishaps mishaps"
}
mishap() {
  local broker other node
  draw 1 2 3
  broker=${drawn[0]} other=${drawn[1]}
  draw "${nodes[@]}"
  node=${drawn[0]}
  case $((RANDOM % 7)) in
    0) with_node_killed "$node" breathe ;;
    1) with_node_frozen "$node" breathe ;;
    2) with_broker "$broker" KILL breathe ;;
    3) with_broker "$broker" STOP breathe ;;
    4) with_broker "$broker" KILL with_node_killed "$node" breathe ;;
    5) with_broker "$broker" STOP with_node_frozen "$node" breathe ;;
    6) with_broker "$broker" KILL with_broker "$other" KILL breathe ;;
  esac
  answers "$node"
  some_more
}
breathe() { sleep $((RANDOM % 15 + 1)); }
with_node_killed() { # with_node_killed NODE COMMAND...: done while it is dead
  local node=$1
  shift
  end_node "$node" KILL
  "$@"
  launch_node "$node"  # it may have to wait for the brokers
}
with_node_frozen() {
  local node=$1
  shift
  kill -s STOP "${pid[$node]}"
  "$@"
  kill -s CONT "${pid[$node]}"
}
with_broker() { # with_broker BROKER KILL|STOP COMMAND...
  local broker=$1 how=$2
  shift 2
  ops/kafka stop "$broker" "$how"
  "$@"
  if [ "$how" = STOP ]; then ops/kafka stop "$broker" CONT; else ops/kafka start "$broker"; fi
}
