#!/usr/bin/env bash
# Gives every file the one form of text: clang-format for C and C++, prettier for the rest. With --check it changes
# nothing and fails where a file differs.
set -euo pipefail

# shellcheck source=tests/support/env.sh
. "$(dirname "${BASH_SOURCE[0]}")/env.sh"
cd "$PISTE_ROOT"

check=false
[ "${1:-}" != --check ] || check=true

# Files that are new but not ignored count too. Names in the index whose file is gone do not.
sources() {
  git ls-files -z --cached --others --exclude-standard -- '*.h' '*.hpp' '*.c' '*.cpp' |
    while IFS= read -r -d '' file; do [ ! -f "$file" ] || printf '%s\0' "$file"; done
}

if ! $check; then
  sources | xargs -0 --no-run-if-empty clang-format-14 -i
  exec prettier --write --log-level warn .
fi

status=0
while IFS= read -r -d '' file; do
  clang-format-14 "$file" | cmp -s "$file" - || { echo "clang-format: $file"; status=1; }
done < <(sources)
prettier --list-different . || status=1
[ $status = 0 ] || echo 'These files differ from the one form of text; tests/support/format.sh gives it to them.'
exit $status
