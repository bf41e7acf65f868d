# shellcheck shell=bash
# Counts checks and test cases for one summary at the end.
passed=0 failed=0 skipped=0
notes=()

pass() { passed=$((passed + 1)); printf 'ok      %s\n' "$*"; }
fail() { failed=$((failed + 1)); notes+=("FAILED  $*"); printf 'FAILED  %s\n' "$*"; }
skip() { skipped=$((skipped + 1)); notes+=("SKIPPED $*"); printf 'SKIPPED %s\n' "$*"; }

# check NAME COMMAND...: one check; its output is shown only where it fails.
check() {
  local name=$1 log
  shift
  log=$(mktemp)
  if "$@" >"$log" 2>&1; then pass "$name"; else sed 's/^/    /' "$log"; fail "$name"; fi
  rm -f "$log"
}

# run_tests NAME BUILD_FOLDER CTEST_OPTION...: runs what CTest knows there and adds its test cases: those of Catch2
# where a program prints a Catch2 summary, else the program itself as one. A line starting with SKIPPED counts as one
# test case that could not run here.
run_tests() {
  local name=$1 folder=$2 log="$2/$1.tests.log" counts p f s
  shift 2
  ctest --test-dir "$folder" --verbose --timeout "${AIDLEDGER_TEST_SECONDS:-900}" --no-tests=ignore "$@" >"$log" 2>&1
  counts=$(awk -f ops/lib/count-tests.awk "$log")
  read -r p f s < <(sed -n 's/^counts //p' <<<"$counts")
  grep -v '^counts ' <<<"$counts"
  while IFS= read -r line; do notes+=("$line"); done < <(grep -E '^(FAILED|SKIPPED)' <<<"$counts")
  passed=$((passed + p)) failed=$((failed + f)) skipped=$((skipped + s))
  [ "$f" -eq 0 ] || printf '        (everything the tests printed: %s)\n' "$log"
}

# summary: prints it and leaves with 0 only if nothing failed.
summary() {
  say "summary"
  [ ${#notes[@]} -eq 0 ] || printf '%s\n' "${notes[@]}"
  printf '%d passed, %d failed, %d skipped\n' "$passed" "$failed" "$skipped"
  [ "$failed" -eq 0 ]
}
