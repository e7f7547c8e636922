#!/usr/bin/env bash
# Makes a Debian machine able to build, run and test Piste. Installs only what is missing; a second run changes nothing.
#
#   tests/support/setup.sh demo       what builds the package and runs the demo
#   tests/support/setup.sh headless   the same and a browser that needs no screen
#   tests/support/setup.sh all        the same and what the tests need (default)
#
# Wants Debian 12 with bash, apt and either root or sudo. Where everything is there, apt is not touched.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=tests/support/env.sh
. "$here/env.sh"
# shellcheck source=tests/support/progress.sh
. "$here/progress.sh"
cd "$PISTE_ROOT"

profile=${1:-all}
logs=$PISTE_ROOT/build/logs
node_version=20.20.2
npm_version=10.9.4

say() { echo "set-up: $*"; }

# stop MESSAGE...: each argument a line.
stop() {
  printf 'set-up failed: %s\n' "$1" >&2
  shift
  [ $# -eq 0 ] || printf '  %s\n' "$@" >&2
  exit 1
}

# ---------------------------------------------------------------- What is there

has() { command -v "$1" >/dev/null 2>&1; }
has_file() { compgen -G "$1" >/dev/null; }

# at_least WANTED FOUND
at_least() { [ "$(printf '%s\n%s\n' "$1" "$2" | sort -V | head -n 1)" = "$1" ]; }

has_cmake() { has cmake && at_least 3.25 "$(cmake --version | sed -n '1s/.*version //p')"; }
has_fonts() { has_file '/usr/share/fonts/*/*/*.[to]tf' || has_file '/usr/share/fonts/*/*.[to]tf'; }
has_catch() { has_file '/usr/include/catch2/catch_all.hpp' || has_file '/usr/local/include/catch2/catch_all.hpp'; }
has_json() { has_file '/usr/include/nlohmann/json.hpp' || has_file '/usr/local/include/nlohmann/json.hpp'; }
has_chromium() { [ -x /usr/bin/chromium ]; }
has_certificates() { has_file /etc/ssl/certs/ca-certificates.crt; }
has_node() { has node && has npm && at_least 20 "$(node --version 2>/dev/null | tr -d v)"; }

# need CHECK PACKAGE...: notes the packages when the check fails.
missing=()
need() {
  local check=$1
  shift
  $check || missing+=("$@")
}

list_missing() {
  need has_certificates ca-certificates
  need has_cmake cmake
  need 'has ninja' ninja-build
  need 'has emcc' emscripten
  # Debian's Node may be too old for us; its npm then fetches the one that is not.
  has_node || need 'has npm' nodejs npm
  [ "$profile" = demo ] && return
  need has_chromium chromium
  need has_fonts fonts-liberation
  [ "$profile" = headless ] && return
  need 'has g++' g++
  need has_catch libcatch2-dev
  need has_json nlohmann-json3-dev
  need 'has clang++-14' clang-14
  need 'has clang-tidy-14' clang-tidy-14
  need 'has clang-format-14' clang-format-14
}

# ---------------------------------------------------------------- Debian's packages

root=()
apt=(apt-get -o DPkg::Lock::Timeout=300 -o Acquire::Retries=3 -o Dpkg::Use-Pty=0)

# Asks for the password, if any, before the long steps, which cannot.
become_root() {
  [ "$(id -u)" != 0 ] || return 0
  has sudo || stop 'installing packages needs root, and there is no sudo.' "As root: apt-get install ${missing[*]}"
  sudo -v || stop 'sudo refused.' "As root: apt-get install ${missing[*]}"
  root=(sudo "--preserve-env=DEBIAN_FRONTEND,http_proxy,https_proxy")
}

apt_update() {
  progress 'reading the lists of packages' "$logs/apt-update.log" "${root[@]}" "${apt[@]}" update ||
    { show_tail "$logs/apt-update.log" 20; stop 'apt-get update failed: is a mirror reachable?'; }
}

# The suite of backports, from the mirror that the machine itself is set up with: bookworm's own Catch2 is version 2.
add_backports() {
  local codename mirror list=/etc/apt/sources.list.d/piste-backports.sources key=/usr/share/keyrings/debian-archive-keyring.gpg
  # shellcheck source=/dev/null
  codename=$(. /etc/os-release && echo "${VERSION_CODENAME:-}")
  mirror=$(apt-get indextargets --format '$(RELEASE) $(REPO_URI)' 'Created-By: Packages' |
    awk -v release="$codename" '$1 == release { print $2; exit }')
  [ -n "$mirror" ] || stop "no mirror for the suite \"$codename\" found in apt's sources, so no backports for Catch2 3." \
    'Install Catch2 3 by hand (package libcatch2-dev, version 3 or newer), then run this again.'
  say "adding $codename-backports from $mirror, for Catch2 3 ($list)"
  {
    echo "# Added by Piste's tests/support/setup.sh: libcatch2-dev of $codename itself is too old."
    printf 'Types: deb\nURIs: %s\nSuites: %s-backports\nComponents: main\n' "$mirror" "$codename"
    if [ -e "$key" ]; then echo "Signed-By: $key"; fi
  } | "${root[@]}" tee "$list" >/dev/null || stop "cannot write $list."
  apt_update
}

catch_candidate() { apt-cache policy libcatch2-dev | awk '/Candidate:/ { print $2 }'; }

backports_of() { apt-cache madison "$1" | sed -n 's|.* \([^ ]*-backports\)/.*|\1|p' | head -n 1; }

# apt never takes a package from backports unless the suite is named.
choose_suites() {
  local i
  for i in "${!missing[@]}"; do
    if [ "${missing[i]}" = libcatch2-dev ] && ! at_least 3 "$(catch_candidate)"; then
      [ -n "$(backports_of libcatch2-dev)" ] || add_backports
      missing[i]=libcatch2-dev/$(backports_of libcatch2-dev)
    fi
  done
}

install_missing() {
  [ ${#missing[@]} -gt 0 ] || return 0
  say "missing: ${missing[*]}"
  has apt-get || stop "this machine has no apt-get." 'Install by your own means: '"${missing[*]}"
  become_root
  export DEBIAN_FRONTEND=noninteractive
  apt_update
  choose_suites
  say "installing them and what they need (up to 1.5 GB, some minutes)"
  progress 'apt-get install' "$logs/apt-install.log" \
    "${root[@]}" "${apt[@]}" install -y --no-install-recommends "${missing[@]}" ||
    { show_tail "$logs/apt-install.log" 25; stop "apt-get could not install: ${missing[*]}" \
      'Is a mirror reachable? What "apt-get update" said is in build/logs/apt-update.log.'; }
}

# ---------------------------------------------------------------- Node and the npm packages

install_node() {
  has_node && return
  local machine
  case $(uname -m) in
    x86_64) machine=x64 ;;
    aarch64) machine=arm64 ;;
    *) stop "Node 20 or newer is needed, and there is no ready one for $(uname -m)." 'Install it by hand.' ;;
  esac
  say "Node $(node --version 2>/dev/null || echo '(none)') is too old: fetching $node_version into .tools/"
  mkdir -p .tools
  progress 'npm install' "$logs/node.log" npm install --prefix .tools --no-audit --no-fund --ignore-scripts \
    --no-save "node-linux-$machine@$node_version" "npm@$npm_version" ||
    { show_tail "$logs/node.log" 20; stop "npm could not fetch Node $node_version: is the npm registry reachable?"; }
  . "$here/env.sh"
  hash -r
  has_node || stop "the Node in .tools/ does not run." 'Remove .tools/ and try again.'
}

install_npm_packages() {
  node tests/support/installed.mjs && return
  say 'installing the npm packages that package-lock.json names'
  progress 'npm ci' "$logs/npm-ci.log" npm ci --ignore-scripts --no-audit --no-fund ||
    { show_tail "$logs/npm-ci.log" 20; stop 'npm ci failed: is the npm registry reachable?'; }
}

# ----------------------------------------------------------------

case $profile in demo | headless | all) ;; *) stop "unknown profile \"$profile\"." 'One of: demo headless all' ;; esac
started=$SECONDS
list_missing
install_missing
missing=()
list_missing
[ ${#missing[@]} -eq 0 ] || stop "still missing after the installation: ${missing[*]}"
install_node
install_npm_packages
say "ready for \"$profile\" after $((SECONDS - started)) s"
