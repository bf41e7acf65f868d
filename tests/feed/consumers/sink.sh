# shellcheck shell=bash
# shellcheck disable=SC2154  # here, root, kept, work, python, port and ledger are set by who sources this
# Sourced by check.sh: a real PostgreSQL, and Kafka Connect (standalone) with Debezium's JDBC sink between the feed's
# tables and it. Versions are those of pom.xml; what Connect is told stands in ops/compose, for users
# as well.
plugin=org.apache.maven.plugins:maven-dependency-plugin:3.6.1
connect=0 database=""
export AIDLEDGER_DATABASE_PASSWORD=tried-$RANDOM
export PGPASSWORD=$AIDLEDGER_DATABASE_PASSWORD

fetch_sink() {
  local tool
  for tool in java mvn psql createdb; do command -v "$tool" >/dev/null || skipped "there is no $tool here"; done
  postgres=$(find /usr/lib/postgresql -name initdb 2>/dev/null | sort -V | tail -1)
  [ -n "$postgres" ] || skipped "there is no PostgreSQL here (Debian: postgresql)"
  postgres=$(dirname "$postgres")
  [ -e "$kept/fetched" ] && cmp -s "$here/pom.xml" "$kept/fetched" && return
  rm -rf "${kept:?}"/{lib,plugins}
  # Without a folder for its markers a second unpacking is left out, silently.
  { mvn -q -B -f "$here/pom.xml" $plugin:copy-dependencies -DincludeScope=runtime -DincludeTypes=jar -DoutputDirectory="$kept/lib" &&
    mvn -q -B -f "$here/pom.xml" $plugin:unpack-dependencies -DincludeTypes=tar.gz -DmarkersDirectory="$kept/plugins/.markers" \
      -DoutputDirectory="$kept/plugins"; } >"$kept/fetch.log" 2>&1 || skipped "Kafka Connect cannot be fetched by Maven (more in $kept/fetch.log)"
  cp "$here/pom.xml" "$kept/fetched"
}

# PostgreSQL does not run as root.
as_database() { if [ "$(id -u)" -eq 0 ]; then runuser -u postgres -- "$@"; else "$@"; fi; }
sql() { psql -h 127.0.0.1 -p "$pg_port" -U aidledger -d aidledger -At -c "$1"; }
start_postgres() {
  database=$(mktemp -d) && { [ "$(id -u)" -ne 0 ] || chown postgres "$database"; }
  echo "$AIDLEDGER_DATABASE_PASSWORD" >"$database/password"
  as_database "$postgres/initdb" -D "$database/data" -A scram-sha-256 --pwfile "$database/password" -U aidledger >/dev/null 2>&1 || fail "PostgreSQL makes no data folder"
  pg_port=$((30000 + RANDOM % 2000))
  as_database "$postgres/pg_ctl" -w -D "$database/data" -l "$database/log" -o "-p $pg_port -c listen_addresses=127.0.0.1 -k $database" start >/dev/null ||
    fail "PostgreSQL does not start"
  createdb -h 127.0.0.1 -p "$pg_port" -U aidledger aidledger || fail "PostgreSQL does not answer"
  sql "$(cat "$root/ops/compose/schema.sql")" >/dev/null || fail "the schema cannot be made"
}

# The files of ops/compose, with addresses and folders of this run.
sink_files() {
  local file
  for file in "$root"/ops/compose/*.properties; do
    sed "s|127.0.0.1:19092|$AIDLEDGER_KAFKA_BROKERS|; s|127.0.0.1:8083|127.0.0.1:$((pg_port + 2000))|; s|127.0.0.1:5432|127.0.0.1:$pg_port|
      s|/opt/plugins|$kept/plugins|; s|/tmp/connect.offsets|$work/connect.offsets|" "$file" >"$work/${file##*/}"
  done
}
start_connect() {
  sink_files
  CLASSPATH="$kept/lib/*" java -Xms32m -Xmx128m -XX:+UseSerialGC -Duser.timezone=UTC -Dlog4j.configuration="file:$root/ops/lib/kafka/log4j.properties" \
    org.apache.kafka.connect.cli.ConnectStandalone "$work/worker.properties" "$work/standing-sink.properties" "$work/subsidy-sink.properties" >>"$kept/connect.log" 2>&1 &
  connect=$!
  disown
}
no_task_failed() {
  local table
  for table in standing subsidy; do
    ! curl -sS "http://127.0.0.1:$((pg_port + 2000))/connectors/$table-sink/status" | grep -o '"state":"FAILED".*' || return
  done
}
end_sink() {
  [ "$connect" -eq 0 ] || kill -9 "$connect" 2>/dev/null
  [ -z "$database" ] || { as_database "$postgres/pg_ctl" -D "$database/data" -m immediate stop; rm -rf "$database"; } >/dev/null 2>&1
}

rows() { sql "select coalesce(json_agg(t), '[]') from aid.$1_v1 t" >"$work/$1.rows"; }
# compared model ... | rebuild ...: see compare.py
compared() { rows standing && rows subsidy && "$python" "$here/compare.py" "$@" "$work/standing.rows" "$work/subsidy.rows"; }
same_as_model() { compared model "http://127.0.0.1:$port" "$ledger" "$work/auditor.token"; }
