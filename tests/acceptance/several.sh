#!/usr/bin/env bash
# One service with two ledgers, as an operator types it: each is asked, backed up, looked at and put back by its name;
# what is typed without a name is asked for one; one that is damaged leaves the other served.
# usage: several.sh PROGRAM
set -u
# shellcheck source=tests/support/service.sh
. "$(dirname "$0")/../support/service.sh"
export AIDLEDGER_DATA=$work/data AIDLEDGER_VAULT=$work/vault AIDLEDGER_LEDGER=north,south
aidledger() { "$program" "$@"; }
must() { "$@" >"$work/said" 2>&1 || { cat "$work/said" "$work/service.log" >&2; fail "$*"; }; }
says() { # says TEXT COMMAND...: on stdout or stderr, whatever the exit code
  local text=$1
  shift
  "$@" >"$work/said" 2>&1
  grep -qF -- "$text" "$work/said" || { tail -c 500 "$work/said" >&2; fail "$* does not say: $text"; }
}
serve() { # serve LEDGER...: starts, and waits until these are served
  local ledger
  : >"$work/service.log"
  "$program" serve --http-port "$port" 2>>"$work/service.log" &
  service=$!
  for ledger in "$@"; do
    until grep -q "^serving ledger $ledger " "$work/service.log"; do
      kill -0 "$service" 2>/dev/null || { cat "$work/service.log" >&2; fail "the service ended"; }
      sleep 0.05
    done
  done
  port=$(sed -n 's|.*http://127.0.0.1:\([0-9]*\)$|\1|p' "$work/service.log" | head -1)
  export AIDLEDGER_SERVER=http://127.0.0.1:$port
}
import() { aidledger act import-undertaker --ledger "$1" --action-id "$2" --occurred-at 2025-01-01T00:00:00Z undertaker="$2" source=s; }
status() { curl -sS -o /dev/null -w '%{http_code}' "$AIDLEDGER_SERVER$1"; }

serve north south
says "which ledger? There are north, south" aidledger case list
for ledger in north south; do must import "$ledger" "u-of-$ledger"; done
must import south u-2
says u-of-south aidledger events --ledger south --limit 0
must aidledger token add --ledger north --person p-1 --roles auditor --out "$work/auditor.token"
says "the token is for another ledger" env AIDLEDGER_TOKEN_FILE="$work/auditor.token" "$program" undertaker list --ledger south
must aidledger backup "$work/backup" --ledger south
must aidledger node key --ledger south
says "stop the service first, or talk to it with --server" env -u AIDLEDGER_SERVER "$program" token add \
  --data "$work/data" --ledger north --person p-1 --roles auditor
aidledger rebuild --ledger north >"$work/said" 2>&1
grep -q "stop the service first$" "$work/said" || fail "what no service is asked for is said to be asked there"
[ "$(status /readyz) $(status /v1/ledgers/south/readyz)" = "200 200" ] || fail "it is not ready"
stop_service

unset AIDLEDGER_SERVER
for nowhere in verify rebuild events; do
  aidledger $nowhere --data "$work/nowhere" --ledger one >"$work/said" 2>&1
  [ $? -eq 3 ] || fail "$nowhere on a folder without a ledger does not say that there is none"
done
must aidledger verify --ledger south
must aidledger token add --data "$work/data" --ledger north --person p-2 --roles auditor --out "$work/another.token"
must env AIDLEDGER_LEDGER=north,south,east "$program" demo --ledger east --cases 20
must aidledger rebuild --ledger north
says u-2 aidledger events --data "$work/data" --ledger south --limit 0
rm -r "$work/data/south" "$work/vault/south"
must aidledger restore "$work/backup" --ledger south
mkdir "$work/kept" && mv "$work/data/north/log" "$work/kept/"
: >"$work/data/north/log"   # a file where the folder should be
serve south
grep -q '^the ledger north could not be opened: ' "$work/service.log" || fail "it does not say that north is not served"
says u-2 aidledger events --ledger south --limit 0
[ "$(status /readyz) $(status /v1/ledgers/south/readyz) $(status /v1/ledgers/north/readyz)" = "503 200 503" ] ||
  fail "it is ready without north, or south is not"
stop_service
rm "$work/data/north/log" && mv "$work/kept/log" "$work/data/north/"

AIDLEDGER_LEDGER=north,south,east
serve north south east
says u-of-north aidledger events --ledger north --limit 0
says FileArchived aidledger events --ledger east --limit 0
stop_service
says "holds one ledger itself" aidledger serve --data "$work/data/north"
echo "two ledgers in one service: each asked, backed up, restored and verified by its name, one served without the other"
