#!/usr/bin/env bash
# The public feed and its documents before checkers that we did not write: Ajv, the CloudEvents SDK, Spectral; versions in package.json.
# usage: check.sh PROGRAM FOLDER    (FOLDER keeps the checkers between runs)
# Leaves with 77 where the checkers cannot be had.
set -u
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=tests/support/service.sh
. "$here/../../support/service.sh"
ledger=city
checkers=${2:?a folder for the checkers}
for tool in npm node; do
  command -v "$tool" >/dev/null || { echo "SKIPPED foreign checkers of the feed: there is no $tool here"; exit 77; }
done
mkdir -p "$checkers"
cp "$here/package.json" "$here/judge.mjs" "$here/spectral.yaml" "$checkers/"
(cd "$checkers" && npm install --no-package-lock --no-audit --no-fund --loglevel=error >install.log 2>&1) ||
  { echo "SKIPPED foreign checkers of the feed: npm cannot reach a registry"; exit 77; }

"$program" demo --data "$work/data" --vault "$work/vault" --seed 3 --cases 300 --undertakers 30 >/dev/null || fail "no city to tell of"
"$program" feed rebuild --data "$work/data" --vault "$work/vault" --to "$work/feed" >/dev/null || fail "the feed cannot be told"
"$program" feed schemas --out "$work/schemas" >/dev/null || fail "the schemas cannot be written"
"$program" feed asyncapi >"$work/asyncapi.json" || fail "there is no AsyncAPI document"
node "$checkers/judge.mjs" "$work/schemas" "$work"/feed/aidledger.events.*.ndjson "$here/../golden" || fail "the feed is not as its schemas say"

start_service
request GET /openapi.json >"$work/openapi.json"
stop_service
lint() { (cd "$checkers" && npx --no-install spectral lint --ruleset spectral.yaml --fail-severity error "$1" >"$work/spectral.out" 2>&1); }
for document in asyncapi openapi; do
  lint "$work/$document.json" || { cat "$work/spectral.out"; fail "Spectral finds errors in the $document document"; }
  echo "$document: $(grep -cE '^ +[0-9]+:[0-9]+ +warning' "$work/spectral.out") warnings, no error"
done
sed 's/"action": "send"/"action": "shout"/' "$work/asyncapi.json" >"$work/broken.json"
lint "$work/broken.json" && fail "Spectral passes a broken document: it judges nothing"
echo "foreign checkers: the feed, its schemas and its documents pass"
