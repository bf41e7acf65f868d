#!/usr/bin/env bash
# ops/run as a newcomer types it: a city is filled, every line that it says is worth typing works, Ctrl-C stops it
# cleanly, run again it goes on where it was; --empty leaves a new ledger empty.
# usage: run.sh (builds release where it is not built)
set -u -m # -m: what is started here has a process group of its own, which gets the Ctrl-C of its terminal
cd "$(dirname "$0")/../.." || exit 1
work=$(mktemp -d)
run=0
trap '[ "$run" -eq 0 ] || kill -9 -- "-$run" 2>/dev/null; rm -rf "$work"' EXIT
fail() {
  echo "FAILED $*" >&2
  cat "$work/log" >&2
  exit 1
}

begin() { # begin OPTION...: until it has said what is worth typing
  : >"$work/log" # here, not where it is begun: what the one before said would be found
  ops/run --yes --port "$port" "$@" >>"$work/log" 2>&1 &
  run=$!
  until grep -q '^  build/release/aidledger .*events\|^  build/release/aidledger .*deadlines' "$work/log"; do
    kill -0 "$run" 2>/dev/null || fail "ops/run $* ended"
    sleep 0.2
  done
}
press_ctrl_c() {
  kill -INT -- "-$run"
  wait "$run" || fail "Ctrl-C gave exit code $?"
  run=0
  grep -q '^stopping$' "$work/log" || fail "it did not say that it stops"
}
type_what_is_worth_typing() {
  local line count=0
  while IFS= read -r line; do
    case $line in
      "  export "*) eval "$line" ;;
      *)
        count=$((count + 1))
        [ -n "$(eval "$line" 2>>"$work/log")" ] || fail "said nothing: $line"
        ;;
    esac
  done < <(grep -E '^  (export|build/release/aidledger) ' "$work/log")
  [ "$count" -eq 5 ] || fail "$count commands instead of five"
}
records() { sed -n 's/^serving ledger .* (\([0-9]*\) records).*/\1/p' "$work/log"; }

port=$((20000 + RANDOM % 10000))
begin --data "$work/city"
type_what_is_worth_typing
filled=$(records)
press_ctrl_c
begin --data "$work/city"
grep -q 'filling' "$work/log" && fail "the second start filled the city again"
[ "$(records)" -ge "$filled" ] || fail "$(records) records after $filled"
type_what_is_worth_typing
press_ctrl_c
begin --data "$work/empty" --empty
grep -q 'filling' "$work/log" && fail "--empty filled the ledger"
type_what_is_worth_typing
press_ctrl_c
echo "a city of $filled records filled, asked, stopped and gone on with; an empty ledger stays empty"
