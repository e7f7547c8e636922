#!/usr/bin/env bash
# Runs every test of Piste, after setting the machine up. Goes on after a failure; exits non-zero if anything failed.
#
#   ./tests/all.sh              everything
#   ./tests/all.sh NAME...      only these steps, in the table's order
#   ./tests/all.sh --list       what steps there are
#
# The output of each step is in build/logs/NAME.log.
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/.."
# shellcheck source=tests/support/env.sh
. tests/support/env.sh
# shellcheck source=tests/support/progress.sh
. tests/support/progress.sh

# name | what it shows | command, from the root of the checkout
steps() {
  cat <<'TABLE'
format         | every file has the one form of text            | tests/support/format.sh --check
build-wasm     | the same core builds as WebAssembly            | emcmake cmake --preset wasm && cmake --build --preset wasm
build-js       | the npm package builds                         | npm run build -w js
lint           | eslint and tsc find nothing                    | eslint --max-warnings 0 . && tsc -p . && tsc -p js
structure      | layers, twins, sizes, names, forbidden headers | tests/support/node-tests.sh tests/structure
build-native   | core and native build, with sanitizers         | cmake --preset dev && cmake --build --preset dev
test-native    | units and conformance, native                  | ctest --preset dev --no-tests=error --output-on-failure
simulation     | 10,000 simulated worlds; mutants are caught    | npm run --silent bench -- simulation
test-js        | JS units, conformance in wasm, ABI, benchmarks, size     | tests/support/node-tests.sh tests/js tests/conformance tests/abi tests/size tests/bench
test-collector | the local collector                            | tests/support/node-tests.sh tests/collector
types          | what must compile does, what must not does not | tests/support/node-tests.sh tests/types
tidy           | clang-tidy finds nothing                       | cmake --preset tidy && node tests/support/tidy.mjs
browser        | end to end in Chromium                         | playwright test -c tests/browser/playwright.config.ts
install        | the packed package works in an empty project   | tests/support/node-tests.sh tests/install
differential   | piste/snowplow against the tracker that it replaces | tests/support/node-tests.sh tests/differential
docs           | every code block in README and docs runs       | tests/support/node-tests.sh tests/docs
examples       | the demo site and its check                    | tests/support/node-tests.sh tests/examples
demo           | the demo, headless                             | ./examples/demo.sh --headless
TABLE
}

trim() { sed 's/^[[:space:]]*//; s/[[:space:]]*$//' <<<"$1"; }

names=() shows=() commands=()
while IFS='|' read -r name show command; do
  names+=("$(trim "$name")") shows+=("$(trim "$show")") commands+=("$(trim "$command")")
done < <(steps)

if [ "${1:-}" = --list ]; then
  for i in "${!names[@]}"; do printf '%-15s %s\n' "${names[i]}" "${shows[i]}"; done
  exit 0
fi
for wanted in "$@"; do
  if ! printf '%s\n' "${names[@]}" | grep -qxF -- "$wanted"; then
    echo "no step is called \"$wanted\"; there are: ${names[*]}" >&2
    exit 2
  fi
done

tests/support/setup.sh all
# Again: set-up may have brought its own Node.
. tests/support/env.sh

is_wanted() { [ $# -eq 1 ] || printf '%s\n' "${@:2}" | grep -qxF -- "$1"; }

table=() failed=() all_started=$SECONDS
for i in "${!names[@]}"; do
  name=${names[i]}
  is_wanted "$name" "$@" || continue
  printf '\n=== %s: %s\n    %s\n' "$name" "${shows[i]}" "${commands[i]}"
  log=$PISTE_ROOT/build/logs/$name.log started=$SECONDS verdict=passed
  if ! progress "$name" "$log" bash -c "set -euo pipefail; ${commands[i]}"; then
    verdict=FAILED
    failed+=("$name")
    show_tail "$log" 60
  fi
  printf '    %s in %d s\n' "$verdict" $((SECONDS - started))
  table+=("$(printf '%-15s %-7s %5d s   build/logs/%s.log' "$name" "$verdict" $((SECONDS - started)) "$name")")
done

printf '\n=== summary, %d s\n' $((SECONDS - all_started))
printf '%s\n' "${table[@]}"
if [ ${#failed[@]} -gt 0 ]; then
  echo "FAILED: ${failed[*]}"
  exit 1
fi
echo 'everything passed'
