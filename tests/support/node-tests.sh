#!/usr/bin/env bash
# Runs the tests under the folders given, TypeScript and JavaScript, with Node's own runner. A folder that is missing or
# has no test is a failure: a test that silently is not there passes for ever.
set -euo pipefail

# shellcheck source=tests/support/env.sh
. "$(dirname "${BASH_SOURCE[0]}")/env.sh"
cd "$PISTE_ROOT"

files=()
for folder in "$@"; do
  found=()
  [ ! -d "$folder" ] || mapfile -t found < <(find "$folder" -type f \( -name '*.test.ts' -o -name '*.test.mjs' \) | sort)
  if [ ${#found[@]} -eq 0 ]; then
    echo "no test under $folder" >&2
    exit 1
  fi
  files+=("${found[@]}")
done
exec node --import tsx --test --test-reporter=spec "${files[@]}"
