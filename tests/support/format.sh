#!/usr/bin/env bash
# Gives every file the one form of text: clang-format for C and C++, prettier for the rest. With --check it changes
# nothing and fails where a file differs.
set -euo pipefail

# shellcheck source=tests/support/env.sh
. "$(dirname "${BASH_SOURCE[0]}")/env.sh"
cd "$PISTE_ROOT"

native=(-i) web=(--write --log-level warn)
if [ "${1:-}" = --check ]; then native=(--dry-run --Werror) web=(--check --log-level warn); fi

# Files that are new but not ignored count too. Names in the index whose file is gone do not.
sources() {
  git ls-files -z --cached --others --exclude-standard -- '*.h' '*.hpp' '*.c' '*.cpp' |
    while IFS= read -r -d '' file; do [ ! -f "$file" ] || printf '%s\0' "$file"; done
}

status=0
sources | xargs -0 --no-run-if-empty clang-format-14 "${native[@]}" || status=1
prettier "${web[@]}" . || status=1
exit "$status"
