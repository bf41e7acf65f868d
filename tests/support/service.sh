# shellcheck shell=bash
# Sourced by tests that try the real program from outside: a service on a free port in a folder of its own.
program=${1:?the program to try}
work=$(mktemp -d)
service=0 port=0
cleanup() {
  [ "$service" -eq 0 ] || kill -9 "$service" 2>/dev/null
  rm -rf "$work"
}
trap cleanup EXIT

# Starts the service and waits until it answers. Its words go to $work/service.log.
start_service() {
  : >"$work/service.log"
  "$program" serve --data "$work/data" --vault "$work/vault" --ledger "${ledger:-trial}" --http-port "$port" 2>>"$work/service.log" &
  service=$!
  until port=$(sed -n 's|.*http://127.0.0.1:\([0-9]*\)$|\1|p' "$work/service.log") && [ -n "$port" ]; do
    kill -0 "$service" 2>/dev/null || { cat "$work/service.log" >&2; fail "the service did not start"; }
    sleep 0.05
  done
  token=$(cat "$work/data/operator.token")
}
stop_service() {
  kill -TERM "$service" 2>/dev/null
  wait "$service"
  service=0
}
# request METHOD PATH [curl options]: the body on stdout.
request() {
  local method=$1 path=$2
  shift 2
  curl -sS -X "$method" -H "Authorization: Bearer $token" "$@" "http://127.0.0.1:$port$path"
}
# undertakers PREFIX COUNT: asks for so many to be taken over, a line each.
undertakers() {
  local i
  for ((i = 0; i < $2; ++i)); do
    printf '{"action_id":"%s-%d","type":"import-undertaker","occurred_at":"2025-01-01T00:00:00Z","data":{"undertaker":"%s-%d","source":"s"}}\n' "$1" "$i" "$1" "$i"
  done
}
fail() {
  echo "FAILED $*" >&2
  exit 1
}
