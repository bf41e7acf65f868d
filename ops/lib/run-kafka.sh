# shellcheck shell=bash
# shellcheck disable=SC2034,SC2154  # second is for ops/run, which sets here, data, program, port, service, install
# Sourced by ops/run --kafka: a broker on loopback, the ledger moved (or made) there, and a second node.
# Kept beside the data folder: <data>-kafka (the broker's), <data>.kek (opens the shared vault), <data>.first-key.

export AIDLEDGER_KAFKA_DIR="$data-kafka"
AIDLEDGER_KAFKA_BROKERS=$("$here/kafka" up 1 --port $((port + 1000)) "${install[@]}" | tail -1) ||
  { echo "run: no broker could be started" >&2; exit 1; }
export AIDLEDGER_KAFKA_BROKERS AIDLEDGER_KAFKA_COPIES=single AIDLEDGER_KEK_FILE="$data.kek"
AIDLEDGER_LEDGER=${AIDLEDGER_LEDGER:-city}
export AIDLEDGER_LEDGER
[ -e "$data.kek" ] || "$program" vault make-kek "$data.kek" >/dev/null

if [ ! -e "$data.first-key" ]; then
  task=move
  has_ledger || task=create
  echo "run: ledger $task: the ledger's log goes to Kafka at $AIDLEDGER_KAFKA_BROKERS"
  "$program" ledger "$task" --data "$data" --yes --json >"$data.moved.json" || exit 1
  sed -n 's/^ *"first_key": "\(.*\)",\{0,1\}$/\1/p' "$data.moved.json" >"$data.first-key"
  rm "$data.moved.json"
fi
AIDLEDGER_KAFKA_FIRST_KEY=$(cat "$data.first-key")
export AIDLEDGER_KAFKA_FIRST_KEY AIDLEDGER_LOG_PLACE=kafka

key_part() { "$program" node key --data "$data-b" --node b --json | sed -n "s/^ *\"$1\": \"\(.*\)\",\{0,1\}\$/\1/p"; }

# Enrols the second node's key (the operator asks, the director agrees) and starts it.
start_second() {
  local key_id proposal=second-node
  while kill -0 "$service" && ! curl -sf -o /dev/null "http://127.0.0.1:$port/readyz"; do sleep 0.2; done
  key_id=$(key_part key_id)
  if ! AIDLEDGER_TOKEN_FILE="$data/operator.token" client node list | grep -q "$key_id *enrolled"; then
    echo "run: enrolling the second node's key: the operator asks, the director agrees"
    proposal=$(AIDLEDGER_TOKEN_FILE="$data/operator.token" client node enrol --name b --key-id "$key_id" \
      --public-key "$(key_part public_key)" | sed -n 's/.*proposal=\([^ ]*\).*/\1/p')
    AIDLEDGER_TOKEN_FILE="$data/director.token" client node confirm "$proposal" --key-id "$key_id" >/dev/null
  fi
  "$program" serve --data "$data-b" --node b --http-port $((port + 1)) &
  second=$!
}
