# shellcheck shell=bash
# shellcheck disable=SC2154  # set by who sources this
# What becomes of a node's network, disk and clock.
scenario answers-swallowed "a proxy drops what the brokers answer, from the moment of an append on"
scenario zombie "a node frozen with its batch on the way, which arrives long after"
scenario disk-full "the disk of one node is full for a while"
scenario clock-off "the clock of one node is off by an hour"

# Node b behind a proxy, for as long as COMMAND takes.
behind_proxy() {
  local pairs=() number first proxied
  first=${AIDLEDGER_KAFKA_BROKERS%%,*} first=${first##*:}
  for number in 0 1 2; do pairs+=("$((first + 30 + number)):$((first + 40 + number))"); done
  echo pass >"$work/mode"
  tests/faults/proxy.py "$work/mode" "${pairs[@]}" >"$work/proxy.log" 2>&1 &
  proxy=$!
  proxied=$(printf ',127.0.0.1:%s' "${pairs[@]%%:*}")
  end_node b TERM
  start_node b env "AIDLEDGER_KAFKA_BROKERS=${proxied#,}"
  some_more
  "$@"
  end_node b TERM
  kill "$proxy"
  wait "$proxy" 2>/dev/null
  start_node b
}
proxy_says() { grep -q "$1" "$work/proxy.log"; }
through_proxy() { # through_proxy MODE: until it has begun with it
  : >"$work/proxy.log"
  echo "$1" >"$work/mode"
  wait_for 60 "an append of b meets the proxy" proxy_says "$1"
}

# Its batch is in the log, and it hears nothing: nobody is told no, and later all of it is there, once.
answers-swallowed() { behind_proxy swallow_answers; }
swallow_answers() {
  for _ in 1 2 3; do
    through_proxy swallow
    sleep 20
    some_more
    echo pass >"$work/mode"
    wait_for 60 "b is ready again" ready b
  done
}

zombie() { behind_proxy wake_a_zombie; }
wake_a_zombie() {
  local before
  through_proxy hold
  kill -s STOP "${pid[b]}"
  sleep "$frozen_seconds"
  some_more
  before=$(metric a aidledger_void_batches_total)
  kill -s CONT "${pid[b]}"
  echo pass >"$work/mode"
  wait_for 60 "the batch of the zombie is void" more_losers_than "$before"
  wait_for 60 "b is ready again" ready b
}
more_losers_than() { [ "$(metric a aidledger_void_batches_total)" -gt "$1" ]; }

# It turns actions away and says why, reads go on; with room again it goes on by itself. Small segments, so that the
# end of the disk is met soon.
disk-full() {
  mkdir -p "$work/small"
  # shellcheck disable=SC2034  # ops/check-faults reads it
  mount -t tmpfs -o size=200m aidledger-faults "$work/small" 2>/dev/null || { cannot="no right to mount a small disk"; return; }
  end_node c TERM
  rm -rf "$work/c"
  ln -s small "$work/c"
  AIDLEDGER_LOG_SEGMENT_MIB=1 start_node c
  wait_for 60 "c has caught up" ready c
  dd if=/dev/zero of="$work/small/filler" bs=64k 2>/dev/null
  wait_for 120 "c meets the end of its disk, and says so" names_the_disk
  must "c turns actions away, and says why" grep -q 'No space left' <<<"$(ask c disk-full-probe)"
  must "c goes on answering reads" reads c
  some_more
  rm -f "$work/small/filler"
  wait_for 60 "c goes on by itself" ready c
  end_node c TERM
  rm "$work/c"
  cp -r "$work/small" "$work/c"
  umount "$work/small"
  start_node c
}
names_the_disk() { readyz c | grep -q 'No space left'; }

# It takes no actions and dates no record; the others do.
clock-off() {
  end_node c KILL
  start_node c env "LD_PRELOAD=$clock_off"
  some_more
  wait_for 60 "c says that it does not trust its clock" halted c CLOCK_SUSPECT
  must "c turns actions away, and says why" grep -q CLOCK_SUSPECT <<<"$(ask c clock-off-probe)"
  must "c goes on answering reads" reads c
  some_more
  must "no record is dated by that clock" dated_by_now a
  end_node c KILL
  start_node c
}
# The last record's time is not ahead of ours.
dated_by_now() {
  local last
  last=$(ask "$1" "dated-$RANDOM-$RANDOM" | sed -n 's/.*"recorded_at":"\([^"]*\)".*/\1/p')
  [ -n "$last" ] && [ "$(date -d "$last" +%s)" -le $(($(date +%s) + 60)) ]
}
