#!/usr/bin/env bash
# Shows that the simulation is not blind: builds it with one fault compiled in at a time and requires a violation within 1,000 seeds.
# usage: tests/simulation/mutants.sh BUILD_FOLDER [NUMBER ...]      (all of them without numbers)
set -u
build=${1:?usage: mutants.sh BUILD_FOLDER [NUMBER ...]}
shift
names=("" "answer before sync" "answer before fold" "refuse while an append is in doubt" "key after record" "position outside the batch" "global action_id"
  "ladder step counts an objected grade" "accept unsigned" "accept a revoked key" "decide before reading to the end" "dedupe in a cache only" "skip the identity check")
[ $# -gt 0 ] || set -- 1 2 3 4 5 6 7 8 9 10 11 12
passed=0 failed=0
for number in "$@"; do
  program="aidledger-sim-sabotage-$number"
  if ! cmake --build "$build" --target "$program" >"$build/$program.log" 2>&1; then
    echo "FAIL sabotage $number does not build: $build/$program.log"
    failed=$((failed + 1))
  elif "$build/tests/simulation/$program" --seeds 1000 --until-failure >"$build/$program.log" 2>&1; then
    echo "FAIL sabotage $number (${names[$number]}) survived 1,000 seeds"
    failed=$((failed + 1))
  else
    echo "caught sabotage $number (${names[$number]}): $(grep -m1 '^FAIL' "$build/$program.log" | cut -d' ' -f2,3)"
    passed=$((passed + 1))
  fi
done
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
