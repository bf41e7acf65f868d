# shellcheck shell=bash
# shellcheck disable=SC2154  # set by who sources this
# What may become of the vault that the nodes share.
scenario new-kek "the key-encryption key is replaced while nodes go on, as the runbook has it"
scenario vault-lost "the vault's topic is deleted beneath the nodes, and put back from what one of them holds"

cases=0
known() { # known ROLE: somebody who has it, from node a
  [ -e "$work/$1.token" ] || aidledger token add --data "$work/a" --server "$(server a)" --person "$1-1" --roles "$1" \
    --out "$work/$1.token" >/dev/null
}
as() { # as ROLE METHOD NODE PATH [BODY]
  known "$1"
  curl -sS -m 25 -X "$2" -H "Authorization: Bearer $(cat "$work/$1.token")" -H 'Content-Type: application/json' \
    ${5:+--data-binary "$5"} "$(server "$3")/v1/ledgers/faults/$4" 2>/dev/null
}
clerk() { as intake "$@"; }
grant() { # grant NODE CASE: aid to a person who is not known yet, named as the case
  clerk POST "$1" actions "{\"action_id\":\"grant-$2\",\"type\":\"grant-aid\",\"occurred_at\":\"2025-03-01T10:00:00+08:00\",\"data\":{\"case\":\"$2\",\"recipient\":\"P-$2\",\"case_type\":\"civil\",\"stage\":\"first-trial\",\"cause\":\"wages\",\"organ\":\"court\",\"district\":\"d-1\",\"name\":\"NAME-$2\",\"telephone\":\"13812345678\",\"address\":\"a\",\"facts\":\"f\"}}" |
    grep -q '"receipt"'
}
opens() { clerk GET "$1" "cases/$2" | grep -q "NAME-$2"; }
# Each of these nodes seals for somebody new; what was ever sealed opens on all of them.
seal_and_open() {
  local node one
  for node in "$@"; do
    cases=$((cases + 1))
    wait_for 60 "$node seals for somebody new" grant "$node" "LA-$cases"
  done
  for node in "$@"; do
    for ((one = 1; one <= cases; ++one)); do wait_for 30 "case LA-$one opens on $node" opens "$node" "LA-$one"; done
  done
}

# One after another; the others go on.
all_with_keks() { # all_with_keks CURRENT [OTHER]
  local node
  for node in "${nodes[@]}"; do
    end_node "$node" TERM
    start_node "$node" env "AIDLEDGER_KEK_FILE=$1" "AIDLEDGER_OLDER_KEK_FILE=${2:-}"
    seal_and_open "${nodes[@]}"
  done
}
new-kek() {
  local old=$AIDLEDGER_KEK_FILE new=$work/kek-$RANDOM
  aidledger vault make-kek "$new" >/dev/null 2>&1 || wait_failed "no key was made"
  seal_and_open "${nodes[@]}"
  all_with_keks "$old" "$new"
  all_with_keks "$new" "$old"
  note "$(aidledger vault rewrap --kek-file "$new" --older-kek-file "$old" --json | tr -d ' \n')"
  export AIDLEDGER_KEK_FILE=$new
  all_with_keks "$new"
  end_node c TERM
  must "the old key opens nothing any more" does_not_open "$old"
  start_node c
}
does_not_open() {
  local said
  said=$(AIDLEDGER_KEK_FILE=$1 timeout 60 "$program" serve --data "$work/c" --node c 2>&1)
  grep -q "take the key-encryption key" <<<"$said"
}

vault-lost() {
  seal_and_open "${nodes[@]}"
  end_node c TERM
  forge no-vault
  wait_for 60 "a says that the topic lacks what it holds" vault_lacks a
  must "what is known opens" opens a LA-1
  must "nothing is put meanwhile" cannot_grant a
  rm -rf "$work/backup" "$work/backup-vault"
  aidledger backup "$work/backup" --data "$work/a" --server "$(server a)" >/dev/null 2>&1 || wait_failed "no backup was made"
  note "$(aidledger vault publish "$work/backup-vault" --json | tr -d ' \n')"
  seal_and_open a b
  start_node c
  seal_and_open "${nodes[@]}"
}
vault_lacks() { readyz "$1" | grep -q -e "lacks" -e "there is no topic"; }
cannot_grant() { ! grant "$1" never; }
