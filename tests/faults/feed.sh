# shellcheck shell=bash
# shellcheck disable=SC2154  # set by who sources this
# The public feed of the three nodes, of which one publishes, and a foreign consumer group that reads it from the
# beginning on, whatever becomes of nodes and brokers.
export AIDLEDGER_FEED_PLACE=kafka
kept=$root/build/feed-consumers

# Runs a function of the readers, which other tests of the feed have as well; what it fails with is said.
readers() (
  # shellcheck disable=SC2034  # the readers want it
  ledger=faults
  # shellcheck source=tests/feed/consumers/readers.sh
  . tests/feed/consumers/readers.sh
  skipped() { echo "no foreign group reads: $*"; exit 77; }
  fail() { echo "$*"; exit 1; }
  # shellcheck disable=SC2034  # and this
  python=$kept/venv/bin/python judged=(--any-again)
  "$@"
)
begin_reading() {
  local said
  mkdir -p "$kept" "$work/read"
  said=$(readers python_client) || { note "$said"; return; }
  groups=$((groups + 1))
  members=()
  one_more_reads && one_more_reads
}
one_more_reads() {
  "$kept/venv/bin/python" tests/feed/consumers/member.py "$AIDLEDGER_KAFKA_BROKERS" "foreign-$groups" aidledger.events.faults.v1 "$work/read" \
    2>>"$work/members.log" &
  members+=($!)
  disown # nobody wants to hear of its end
}
# One that reads is killed, another joins.
replace_reader() {
  [ ${#members[@]} -gt 0 ] || return 0
  kill -9 "${members[0]}"
  members=("${members[@]:1}")
  one_more_reads
}
groups=0 members=()
end_reading() { [ ${#members[@]} -eq 0 ] || kill -9 "${members[@]}" 2>/dev/null; }

told_by() { [ "$(metric "$1" aidledger_feed_next_seq)" = "$(next_seq "$1")" ]; }
feed_is_told() { told_by a || told_by b || told_by c; }
# The node that has told most. Of one that has another told after it the figure stands still.
publisher() {
  local node
  for node in "${nodes[@]}"; do echo "$(metric "$node" aidledger_feed_next_seq) $node"; done | sort -n | tail -1 | sed 's/.* //'
}
published_by_another() { [ "$(publisher)" != "$1" ]; }

# With all nodes at an end: the topics are what a rebuild tells, and the group has read that, in order.
feed_agrees() {
  local said
  rm -rf "$work/again"
  aidledger feed rebuild --data "$work/a" --node a --to "$work/again" >"$work/rebuild.a" 2>&1 || wait_failed "the feed cannot be told again: $(tail -3 "$work/rebuild.a")"
  said=$(readers topics_are_a_rebuild) || wait_failed "$said"
  [ ${#members[@]} -eq 0 ] || said=$(readers group_has_all) || wait_failed "$said"
  note "the feed is that of a rebuild: $(wc -l <"$work/topic") events; ${said:-no foreign group}"
}
