# shellcheck shell=bash
# shellcheck disable=SC2154  # here, root, kept, work, python, port and ledger are set by who sources this
# Sourced by check.sh: a real PostgreSQL, and Kafka Connect (standalone) with Debezium's JDBC sink between the feed's
# tables and it. Versions are those of pom.xml; the same topology stands in ops/compose.yaml.
plugin=org.apache.maven.plugins:maven-dependency-plugin:3.6.1
connect=0 database=""

fetch_sink() {
  local tool
  for tool in java mvn psql; do command -v "$tool" >/dev/null || skipped "there is no $tool here"; done
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
sql() { psql -h 127.0.0.1 -p "$pg_port" -U aid -d postgres -At -c "$1"; }
start_postgres() {
  database=$(mktemp -d) && { [ "$(id -u)" -ne 0 ] || chown postgres "$database"; }
  as_database "$postgres/initdb" -D "$database/data" -A trust -U aid >/dev/null 2>&1 || fail "PostgreSQL makes no data folder"
  pg_port=$((30000 + RANDOM % 2000))
  as_database "$postgres/pg_ctl" -w -D "$database/data" -l "$database/log" -o "-p $pg_port -c listen_addresses=127.0.0.1 -k $database" start >/dev/null ||
    fail "PostgreSQL does not start"
  sql 'create schema aid' >/dev/null || fail "PostgreSQL does not answer"
}

worker_properties() {
  cat <<WORKER
bootstrap.servers=$AIDLEDGER_KAFKA_BROKERS
key.converter=org.apache.kafka.connect.json.JsonConverter
value.converter=org.apache.kafka.connect.json.JsonConverter
key.converter.schemas.enable=true
value.converter.schemas.enable=true
offset.storage.file.filename=$work/connect.offsets
offset.flush.interval.ms=2000
plugin.path=$kept/plugins
plugin.discovery=service_load
listeners=http://127.0.0.1:$((pg_port + 2000))
consumer.session.timeout.ms=10000
consumer.metadata.max.age.ms=5000
consumer.isolation.level=read_committed
WORKER
}
sink_properties() { # sink_properties TABLE
  cat <<SINK
name=$1-sink
connector.class=io.debezium.connector.jdbc.JdbcSinkConnector
tasks.max=1
topics=aidledger.$1.v1
connection.url=jdbc:postgresql://127.0.0.1:$pg_port/postgres
connection.username=aid
connection.password=none
insert.mode=upsert
delete.enabled=true
primary.key.mode=record_key
schema.evolution=basic
use.reduction.buffer=true
collection.name.format=aid.$1_v1
SINK
}
start_connect() {
  local table
  worker_properties >"$work/worker.properties"
  for table in standing subsidy; do sink_properties "$table" >"$work/$table.properties"; done
  CLASSPATH="$kept/lib/*" java -Xms32m -Xmx128m -XX:+UseSerialGC -Duser.timezone=UTC -Dlog4j.configuration="file:$root/ops/lib/kafka/log4j.properties" \
    org.apache.kafka.connect.cli.ConnectStandalone "$work/worker.properties" "$work/standing.properties" "$work/subsidy.properties" >>"$kept/connect.log" 2>&1 &
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
