# Runs a long command with its output in a log, and shows meanwhile that it lives: sourced by setup.sh and all.sh.

# progress LABEL LOG COMMAND...: returns the command's status, 124 when PISTE_STEP_LIMIT (default 20m) has passed.
# On a terminal one line is drawn over and over; elsewhere a line every 20 seconds.
progress() {
  local label=$1 log=$2 started=$SECONDS shown=0 every=20 status=0
  shift 2
  mkdir -p "$(dirname "$log")"
  [ -t 1 ] && every=1
  timeout --kill-after=10 "${PISTE_STEP_LIMIT:-20m}" "$@" >"$log" 2>&1 </dev/null &
  local pid=$!
  # shellcheck disable=SC2064 # the pid of now is meant
  trap "kill -TERM $pid 2>/dev/null; exit 130" INT TERM
  while kill -0 "$pid" 2>/dev/null; do
    sleep 0.2
    if [ $((SECONDS - started - shown)) -ge "$every" ]; then
      shown=$((SECONDS - started))
      progress_line "$label" "$shown" "$log"
    fi
  done
  wait "$pid" || status=$?
  trap - INT TERM
  [ -t 1 ] && printf '\r\033[K'
  return "$status"
}

# progress_line LABEL SECONDS LOG: the last line of the log that says something, cut to the width of a line.
progress_line() {
  local last
  last=$(tail -c 2000 "$3" | tr '\r' '\n' | sed 's/\x1b\[[0-9;]*[A-Za-z]//g' | grep -v '^[[:space:]]*$' | tail -n 1 | cut -c1-80)
  if [ -t 1 ]; then
    printf '\r\033[K  … %s, %d s  %s' "$1" "$2" "$last"
  else
    printf '  … %s, %d s  %s\n' "$1" "$2" "$last"
  fi
}

# show_tail LOG LINES: the end of a log, indented, for a step that failed.
show_tail() {
  echo "  --- the last lines of ${1#"${PISTE_ROOT:-}"/}:"
  tail -n "$2" "$1" | sed 's/^/  | /'
}
