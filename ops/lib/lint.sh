# shellcheck shell=bash
# shellcheck disable=SC2154  # root and jobs are set by common.sh
# clang-tidy over the sources that the build knows. A file that passed is not looked at again until it, a header it
# includes, or .clang-tidy changes: its stamp is a hash over all of them. Files that differ from origin come first.

# lint BUILD_FOLDER SECONDS: within SECONDS; what is left over counts as skipped.
lint() {
  local build=$1 stamps="$1/lint" deadline=$(($(date +%s) + $2)) stale results count
  mkdir -p "$stamps"
  results=$(mktemp -d)
  stale=$(lint_order "$build" | while read -r file; do lint_stamp "$build" "$file"; done | while read -r stamp file; do
    [ -f "$stamps/$stamp" ] || echo "$stamp $file"; done)
  count=$(grep -c . <<<"$stale")
  [ "$count" -eq 0 ] || xargs -P"$jobs" -L1 bash -c 'lint_one "$@"' lint "$build" "$stamps" "$results" "$deadline" <<<"$stale"
  if ls "$results"/*.failed >/dev/null 2>&1; then cat "$results"/*.failed; fail "lint: $(find "$results" -name '*.failed' | wc -l) files"
  else pass "lint: $count files looked at, the others unchanged since they passed"; fi
  ! ls "$results"/*.late >/dev/null 2>&1 ||
    skip "lint of $(find "$results" -name '*.late' | wc -l) files: beyond AIDLEDGER_LINT_SECONDS=$2 of this run"
  rm -rf "$results"
}

lint_order() {
  local known
  known=$(sed -n "s|^  \"file\": \"$root/\(.*\)\",\?$|\1|p" "$1/compile_commands.json" | sort -u)
  { { git diff --name-only origin/HEAD 2>/dev/null || git diff --name-only origin/main 2>/dev/null; } | grep -xF "$known"; echo "$known"; } |
    awk 'NF && !seen[$0]++'
}

# The name of a stamp: a hash over the file, the headers of the tree it was compiled with, and the list of checks.
lint_stamp() {
  local object
  object=$(lint_object "$1" "$2")
  { cat .clang-tidy "$2"; ninja -C "$1" -t deps "$object" 2>/dev/null | sed -nE "s#^ *(\.\./\.\./|$root/)##p" | sort |
    xargs -r cat 2>/dev/null; } | sha256sum | awk -v f="$2" '{print $1, f}'
}

lint_object() {
  awk -v want="$root/$2" '/"command":/ {match($0, / -o [^ ]+/); o = substr($0, RSTART + 4, RLENGTH - 4)}
    /"file":/ {f = $2; gsub(/[",]/, "", f); if (f == want) {print o; exit}}' "$1/compile_commands.json"
}

lint_one() {
  local build=$1 stamps=$2 results=$3 deadline=$4 stamp=$5 file=$6
  [ "$(date +%s)" -lt "$deadline" ] || { echo "$file" >"$results/$stamp.late"; return 0; }
  if clang-tidy-19 --quiet -p "$build" "$file" >"$results/$stamp.out" 2>/dev/null; then : >"$stamps/$stamp"
  else mv "$results/$stamp.out" "$results/$stamp.failed"; fi
  return 0
}
export -f lint_one
