# Where the tools of this checkout are: sourced by every script, after which `node` and `npm` are the right ones.
# It installs nothing; that is setup.sh.

PISTE_ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
export PISTE_ROOT

# The pinned versions of package-lock.json come before what the machine has.
export PATH="$PISTE_ROOT/node_modules/.bin:$PATH"
# setup.sh puts Node here when the system's own is missing or too old.
if [ -x "$PISTE_ROOT/.tools/node_modules/.bin/node" ]; then
  export PATH="$PISTE_ROOT/.tools/node_modules/.bin:$PATH"
fi
# What Debian installs for root only is not on the path of a plain `su`.
case ":$PATH:" in *:/usr/sbin:*) ;; *) export PATH="$PATH:/usr/sbin:/sbin" ;; esac
