#!/usr/bin/env bash
# Runs the demo: sets the machine up, builds what is not built yet, and starts a local collector and a small site whose
# pages tell it what their visitors do.
#
#   ./examples/demo.sh               prints the two addresses to open; Ctrl-C ends it
#   ./examples/demo.sh --headless    visitors in headless Chromium; fails unless exactly the right events arrive
#
#   --collector-port N, --site-port N    default: 9090 and 8080, or the next free ones; 0 takes any
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/.."
# shellcheck source=tests/support/env.sh
. tests/support/env.sh
# shellcheck source=tests/support/progress.sh
. tests/support/progress.sh

profile=demo
for argument in "$@"; do
  case $argument in
    --help | -h) sed -n '2,/^set /{s/^# \{0,1\}//; /^set /!p}' "$0"; exit 0 ;;
    --headless) profile=headless ;;
  esac
done

# build LABEL COMMAND: shows that it lives, and the end of its log if it fails.
build() {
  local log=$PISTE_ROOT/build/logs/demo-${1// /-}.log
  progress "$1" "$log" bash -c "set -euo pipefail; $2" && return
  show_tail "$log" 30
  echo "demo: could not build: $1" >&2
  exit 1
}

# older OUTPUT SOURCE...: whether the output is missing, or older than any file of the sources.
older() { [ ! -e "$1" ] || [ -n "$(find "${@:2}" -type f -newer "$1" -print -quit)" ]; }

tests/support/setup.sh "$profile"
# Again: set-up may have brought its own Node.
. tests/support/env.sh

# What is new since the last time is cmake's to find out; it takes no time when nothing is.
build 'piste.wasm' '[ -e build/wasm/build.ninja ] || emcmake cmake --preset wasm; cmake --build --preset wasm'
# The types are written last.
if older js/dist/version.d.ts js/src js/build js/package.json build/wasm/piste.wasm; then
  echo 'demo: building the npm package'
  build 'npm package' 'npm run build -w js'
fi
if older examples/site/dist/site.js examples/site/src examples/site/package.json js/dist/index.js; then
  echo 'demo: building the site'
  build 'site' 'npm run build -w examples/site'
fi
# One process, in the place of this shell: signals reach it, and nothing is left behind.
exec node examples/site/demo.mjs "$@"
