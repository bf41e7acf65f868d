#!/usr/bin/env bash
# Personal data never lies in clear: names, numbers, addresses and narratives sent to the service are in none of its files, log lines, feed lines and
# answers that are not opened for the asker; after an erasure they are in none at all, and the ledger still verifies.
# usage: canary.sh PROGRAM
set -u
# shellcheck source=tests/support/service.sh
. "$(dirname "$0")/../support/service.sh"
export AIDLEDGER_FEED_PLACE=files   # in the data folder, so that it is searched with the rest
start_service
for who in clerk:intake auditor:auditor first:centre-director second:bureau; do
  name=${who%%:*} role=${who##*:}
  request POST /v1/tokens -H 'Content-Type: application/json' -d "{\"person\":\"p-$name\",\"roles\":[\"$role\"]}" | sed -n 's/.*"token":"\([^"]*\)".*/\1/p' >"$work/$name.token"
done
as() { token=$(cat "$work/$1.token"); }
act() { request POST /v1/ledgers/trial/actions -H 'Content-Type: application/json' -d "$1"; }

as clerk
act '{"action_id":"g-1","type":"grant-aid","occurred_at":"2025-03-01T10:00:00+08:00","data":{"case":"LA-1","recipient":"p-r1","case_type":"civil","stage":"first-trial","cause":"wages","organ":"court","district":"d-1","name":"CANARY-NAME","identity_number":"11010519491231002X","telephone":"13812345678","address":"CANARY-ADDRESS","facts":"CANARY-FACTS"}}' |
  grep -q '"receipt"' || fail "the case was not taken"
request GET /v1/ledgers/trial/cases/LA-1 | grep -q CANARY-NAME || fail "intake does not see the name"
act '{"action_id":"g-2","type":"grant-aid","occurred_at":"2025-03-01T10:00:00+08:00","data":{"case":"CANARY IS NO ID","recipient":"p-r1","name":"CANARY-NAME"}}' >"$work/answer.refused"
request POST /v1/ledgers/trial/persons/search -H 'Content-Type: application/json' -d '{"telephone":"138 1234 5678"}' | grep -q p-r1 || fail "the person is not found by telephone"
as auditor
for path in cases cases/LA-1 cases/LA-1/timeline 'events?from=0' deadlines explain/case/LA-1; do request GET "/v1/ledgers/trial/$path" >>"$work/answer.auditor"; done
request GET /metrics >>"$work/answer.auditor"
[ -s "$work/data/feed/aidledger.events.trial.v1.ndjson" ] || fail "there is no public feed to search"
grep -rqE 'CANARY|sealed":"' "$work/data/feed" && fail "the public feed holds sealed text, or its box"
hits=$(grep -rlaE 'CANARY-(NAME|ADDRESS|FACTS)|11010519491231002X|13812345678' "$work/data" "$work/vault" "$work/service.log" "$work"/answer.* 2>/dev/null)
[ -z "$hits" ] || fail "sealed text lies in clear in: $hits"

as first
act '{"action_id":"e-1","type":"propose-erasure","occurred_at":"2025-03-02T10:00:00+08:00","data":{"proposal":"e1","person":"p-r1","ground":"asked for"}}' | grep -q '"receipt"' || fail "the erasure was not proposed"
act '{"action_id":"e-2","type":"confirm-erasure","occurred_at":"2025-03-02T10:00:00+08:00","data":{"proposal":"e1"}}' | grep -q same-person || fail "one person alone could erase"
as second
act '{"action_id":"e-3","type":"confirm-erasure","occurred_at":"2025-03-02T10:00:00+08:00","data":{"proposal":"e1"}}' | grep -q '"receipt"' || fail "the erasure was not confirmed"
request GET /v1/ledgers/trial/erasures | grep -q '"requested_by":"p-first".*"gone_from_backups_by":"' || fail "who asked and when it is complete is not shown"
as clerk
request GET /v1/ledgers/trial/cases/LA-1 | grep -q CANARY && fail "the name is still there after the erasure"
request POST /v1/ledgers/trial/persons/search -H 'Content-Type: application/json' -d '{"telephone":"13812345678"}' | grep -q p-r1 && fail "the person is still found after the erasure"
stop_service
"$program" verify --data "$work/data" --vault "$work/vault" >/dev/null || fail "verify fails after the erasure"
echo "no sealed text in clear; erased by two people; the ledger verifies"
