# shellcheck shell=bash
# shellcheck disable=SC2154  # folder and root are set by ops/kafka, which sources this
# One node of the cluster in $folder: its settings, its process (a group of its own), whether it serves.
jars=$root/build/kafka-jars

kafka() {
  java -Xms128m -Xmx400m -XX:+UseSerialGC -Dlog4j.configuration="file:$root/ops/lib/kafka/log4j.properties" -cp "$jars/*" "$@"
}

# recall: what `up` has written down of the cluster.
recall() {
  local name value
  has_proxied=no
  while IFS='=' read -r name value; do
    case $name in count) nodes=$value ;; port) first_port=$value ;; secure) secured=$value ;;
      proxied) has_proxied=$value ;; id) cluster_id=$value ;; esac
  done <"$folder/cluster"
}

bootstrap() { seq -s, -f '127.0.0.1:%.0f' "$first_port" $((first_port + nodes - 1)); }
answers() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

# settings NODE: its server.properties.
settings() {
  local node=$1 port=$((first_port + $1 - 1)) voters="" copies=$nodes in_sync=1 i
  for i in $(seq "$nodes"); do voters+="${voters:+,}$i@127.0.0.1:$((first_port + 9 + i))"; done
  [ "$nodes" -lt 3 ] || in_sync=2
  local listeners=PLAINTEXT://127.0.0.1:$port protocols=CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT
  [ "$secured" = no ] || { listeners+=,SECURE://localhost:$((port + 20)); protocols+=,SECURE:SASL_SSL; }
  local advertised=$listeners
  if [ "$has_proxied" = yes ]; then
    listeners+=,PROXIED://127.0.0.1:$((port + 40)) advertised+=,PROXIED://127.0.0.1:$((port + 30))
    protocols+=,PROXIED:PLAINTEXT
  fi
  cat <<TEXT
process.roles=broker,controller
node.id=$node
controller.quorum.voters=$voters
listeners=$listeners,CONTROLLER://127.0.0.1:$((port + 10))
advertised.listeners=$advertised
controller.listener.names=CONTROLLER
inter.broker.listener.name=PLAINTEXT
listener.security.protocol.map=$protocols
log.dirs=$folder/node-$node/data
auto.create.topics.enable=false
offsets.topic.replication.factor=$copies
offsets.topic.num.partitions=1
group.initial.rebalance.delay.ms=0
transaction.state.log.replication.factor=$copies
transaction.state.log.min.isr=$in_sync
transaction.state.log.num.partitions=1
broker.session.timeout.ms=6000
replica.lag.time.max.ms=6000
log.cleaner.backoff.ms=1000
TEXT
  [ "$secured" = no ] || secure_settings
}

# What the secure listener needs: two people, one with all rights and one with none; certificates of our own.
secure_settings() {
  cat <<TEXT
sasl.enabled.mechanisms=SCRAM-SHA-512
listener.name.secure.scram-sha-512.sasl.jaas.config=org.apache.kafka.common.security.scram.ScramLoginModule required;
ssl.keystore.type=PEM
ssl.keystore.location=$folder/secure/broker.pem
ssl.truststore.type=PEM
ssl.truststore.location=$folder/secure/ca.pem
authorizer.class.name=org.apache.kafka.metadata.authorizer.StandardAuthorizer
super.users=User:ANONYMOUS;User:aidledger
TEXT
}

make_certificates() (
  umask 077
  mkdir -p "$folder/secure"
  cd "$folder/secure" || exit
  openssl req -x509 -newkey rsa:2048 -nodes -days 30 -subj "/CN=test authority" -keyout ca.key -out ca.pem 2>/dev/null
  openssl req -x509 -newkey rsa:2048 -nodes -days 30 -subj "/CN=another authority" -keyout other.key -out other-ca.pem 2>/dev/null
  openssl req -newkey rsa:2048 -nodes -subj "/CN=localhost" -keyout broker.key -out broker.csr 2>/dev/null
  openssl x509 -req -days 30 -in broker.csr -CA ca.pem -CAkey ca.key -CAcreateserial -out broker.crt \
    -extfile <(echo "subjectAltName=DNS:localhost") 2>/dev/null
  cat broker.key broker.crt >broker.pem
  openssl rand -hex 16 >aidledger.password
  openssl rand -hex 16 >stranger.password
  echo "localhost:$((first_port + 20))" >address
)

# format NODE: once, before its first start.
format() {
  local node=$1 people=() person
  mkdir -p "$folder/node-$node"
  if [ "$secured" = yes ]; then
    [ -e "$folder/secure/broker.pem" ] || make_certificates
    for person in aidledger stranger; do
      people+=(--add-scram "SCRAM-SHA-512=[name=$person,password=$(cat "$folder/secure/$person.password")]")
    done
  fi
  settings "$node" >"$folder/node-$node/server.properties"
  kafka kafka.tools.StorageTool format -t "$cluster_id" -c "$folder/node-$node/server.properties" --ignore-formatted \
    "${people[@]}" >"$folder/node-$node/format.log" 2>&1 || { cat "$folder/node-$node/format.log" >&2; return 1; }
}

launch() {
  local node=$1
  format "$node"
  touch "$folder/node-$node/log"
  wc -l <"$folder/node-$node/log" >"$folder/node-$node/launched"
  setsid java -Xms128m -Xmx400m -XX:+UseSerialGC -Dlog4j.configuration="file:$root/ops/lib/kafka/log4j.properties" -cp "$jars/*" \
    kafka.Kafka "$folder/node-$node/server.properties" >>"$folder/node-$node/log" 2>&1 </dev/null &
  echo $! >"$folder/node-$node/pid"
}

# It is ours only if it is the process that we started for this folder.
running() {
  local pid
  pid=$(cat "$folder/node-$1/pid" 2>/dev/null) || return 1
  tr '\0' ' ' 2>/dev/null <"/proc/$pid/cmdline" | grep -qF "$folder/node-$1/server.properties"
}

state_of() {
  running "$1" || { echo "is stopped"; return; }
  local pid
  pid=$(cat "$folder/node-$1/pid")
  case $(awk '{print $3}' "/proc/$pid/stat" 2>/dev/null) in T | t) echo "is frozen (pid $pid)" ;; *) echo "runs (pid $pid)" ;; esac
}

signal() { kill -s "$2" -- "-$(cat "$folder/node-$1/pid")"; }

# gone NODE SECONDS: waits for its end.
gone() {
  local turns=$(($2 * 10))
  while running "$1"; do
    [ $((turns -= 1)) -gt 0 ] || return 1
    sleep 0.1
  done
}

# listens PID PORT: the process itself does, and not somebody who was faster.
listens() {
  local inode
  while read -r inode; do
    find "/proc/$1/fd" -lname "socket:\\[$inode\\]" 2>/dev/null | grep -q . && return
  done < <(awk -v port="$(printf ':%04X$' "$2")" '$4 == "0A" && $2 ~ port {print $10}' /proc/net/tcp /proc/net/tcp6)
  return 1
}

# await NODE: until it serves, that is: until it names itself among the brokers. Fails, and says why, when it cannot.
await() {
  local node=$1 port=$((first_port + $1 - 1)) turns=300
  until listens "$(cat "$folder/node-$node/pid")" "$port" && kcat -L -b "127.0.0.1:$port" -m 2 2>/dev/null | grep -q "broker $node at"; do
    if ! running "$node"; then
      if [ -n "$(port_taken "$node")" ]; then printf 'port %s is taken by somebody else\n' "$(port_taken "$node")" >&2
      else tail -5 "$folder/node-$node/log" >&2; fi
      printf 'node %s ended: more in %s\n' "$node" "$folder/node-$node/log" >&2
      return 1
    fi
    [ $((turns -= 1)) -gt 0 ] || { printf 'node %s does not serve: more in %s\n' "$node" "$folder/node-$node/log" >&2; return 1; }
    sleep 0.2
  done
}

# port_taken NODE: the port at which it failed when it was launched last; nothing when that was not why.
port_taken() { sed -n "$(($(cat "$folder/node-$1/launched") + 1)),\$s/.*failed to bind to [^:]*:\([0-9]*\):.*/\1/p" "$folder/node-$1/log" | tail -1; }
