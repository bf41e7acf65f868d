# shellcheck shell=bash
# shellcheck disable=SC2034  # read by the scripts that source this
# Sourced by the scripts in ops/: where we are, how we build, what we say.
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
cd "$root" || exit 1
export LC_ALL=C.UTF-8
# One cache serves every clone: paths below the root are hashed relative to it.
export CCACHE_BASEDIR=${CCACHE_BASEDIR:-$root} CCACHE_NOHASHDIR=1
jobs=$(nproc 2>/dev/null || echo 2)

say() { printf '\n== %s\n' "$*"; }
die() { printf '%s: %s\n' "$(basename "$0")" "$*" >&2; exit 1; }

# sources EXTENSION...: the files of the tree with these endings, committed or not, but not what git ignores.
sources() {
  local patterns=() extension
  for extension in "$@"; do patterns+=("*.$extension"); done
  if git rev-parse --is-inside-work-tree >/dev/null 2>&1; then
    # ls-files also names what was just deleted: keep what is there.
    git ls-files -co --exclude-standard -- "${patterns[@]}" | while read -r file; do [ ! -f "$file" ] || echo "$file"; done
  else
    for extension in "$@"; do find events projections src tests -name "*.$extension" -type f; done
  fi | sort -u
}

# configure PRESET: cmake, quiet unless it fails.
configure() {
  local log="build/$1.configure.log"
  mkdir -p build
  cmake --preset "$1" >"$log" 2>&1 || { cat "$log" >&2; return 1; }
}
