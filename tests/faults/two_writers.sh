# shellcheck shell=bash
# shellcheck disable=SC2154  # set by who sources this
scenario two-writers "40,000 actions through two nodes at full speed: shares and void batches, from their metrics"

# Counts, not times: how the answers are shared while both are busy, and how many batches were void.
two-writers() {
  local own_a own_b lost answers_a answers_b name
  stop_clients
  own_a=$(metric a aidledger_own_batches_total) own_b=$(metric b aidledger_own_batches_total)
  lost=$(metric a aidledger_void_batches_total)
  answers_a=$(metric a aidledger_http_action_lines_total) answers_b=$(metric b aidledger_http_action_lines_total)
  rm -rf "$work/enough"
  clients=()
  for name in 1 2; do
    stream "writers-a$name" a &
    clients+=($!)
    stream "writers-b$name" b &
    clients+=($!)
  done
  wait "${clients[@]}"
  answers_a=$(($(cat "$work/at-end.a") - answers_a)) answers_b=$(($(cat "$work/at-end.b") - answers_b))
  own_a=$(($(metric a aidledger_own_batches_total) - own_a)) own_b=$(($(metric b aidledger_own_batches_total) - own_b))
  lost=$(($(metric a aidledger_void_batches_total) - lost))
  note "a: $answers_a answers in $own_a batches, b: $answers_b in $own_b; $lost batches were void"
  must "the slower has 30 % of the answers" at_least 30 "$((answers_a < answers_b ? answers_a : answers_b))" $((answers_a + answers_b))
  must "at most 20 % of the batches are void" at_least 80 $((own_a + own_b)) $((own_a + own_b + lost))
  start_clients u v w
}
at_least() { [ $((100 * $2)) -ge $(($1 * $3)) ]; } # at_least PERCENT PART WHOLE

# stream NAME NODE: five thousand at a time, until all streams together have 40,000 answers.
stream() {
  local name=$1 node=$2 round=0
  until [ -d "$work/enough" ]; do
    round=$((round + 1))
    seq -f "$name-$round-%.0f" 5000 | while read -r id; do action "$id"; done >"$work/asks.$name"
    until [ ! -s "$work/asks.$name" ]; do ask_once "$name" "$node"; done
    [ "$(cat "$work"/journal.writers-* | wc -l)" -lt 40000 ] || enough
  done
}
# Who is first to see that it is enough notes how far both are.
enough() {
  mkdir "$work/enough" 2>/dev/null || return
  metric a aidledger_http_action_lines_total >"$work/at-end.a"
  metric b aidledger_http_action_lines_total >"$work/at-end.b"
}
