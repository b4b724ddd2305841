# What the examples share: their processes and the end of them, a cluster with a kitchen's topics, and
# the meals read back. Sourced by each run.sh (bash, set -euo pipefail) once it has set
#
#   example   its name
#   synopsis  how it is called
#
#   BRIGADE      the command, by default the launcher of this repository
#   BRIGADE_LIB  its jars

examples=$(CDPATH='' cd -P -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
root=${examples%/*}
brigade=${BRIGADE:-$root/brigade}
lib=${BRIGADE_LIB:-$root/kitchen/target/launcher/lib}
java=${JAVA_HOME:+$JAVA_HOME/bin/}java

say() { printf '%s: %s\n' "$example" "$*" >&2; }
die() { say "$*" && exit 1; }
usage() { say "$*; usage: $synopsis" && exit 2; }

# The comment at the head of the script that runs.
help() { sed -n '2,/^set /{/^set /!s/^# \{0,1\}//p;}' "$0" && exit 0; }

# number OPTION VALUE: sets the variable that is named like the option.
number() {
  [[ ${2:-} =~ ^[1-9][0-9]{0,8}$ ]] || usage "$1 needs a number from 1"
  printf -v "${1#--}" %s "$2"
}

# --- processes, and their end -------------------------------------------------------------------

started=() # process ids, the cluster's first

# Makes a directory of this run, $tmp; it and all that is started is gone when the script ends.
open_run() {
  tmp=$(mktemp -d "${TMPDIR:-/tmp}/brigade-$example-XXXXXX")
  if [[ $tmp != *[[:space:]]* ]]; then # a JVM that is killed leaves the native code that it has unpacked
    export BRIGADE_JAVA_OPTS="${BRIGADE_JAVA_OPTS:-} -Djava.io.tmpdir=$tmp"
  fi
  trap clean_up EXIT
  trap 'exit 130' INT
  trap 'exit 143' TERM HUP
}

# The workers and the producer while the cluster still runs, the cluster last.
clean_up() {
  trap '' INT TERM HUP
  if [ ${#started[@]} -gt 0 ]; then
    end "${started[@]:1}"
    end "${started[0]}"
  fi
  rm -rf -- "$tmp"
}

# SIGTERM, and SIGKILL to what still runs after 15 s.
end() {
  local pid patience=150
  [ $# -gt 0 ] || return 0
  kill -- "$@" 2>/dev/null || true
  for pid in "$@"; do
    while kill -0 "$pid" 2>/dev/null && [ $((patience--)) -gt 0 ]; do
      sleep 0.1
    done
    kill -9 "$pid" 2>/dev/null || true
    wait "$pid" 2>/dev/null || true
  done
}

# start NAME COMMAND...: runs it in the background; what it writes is in NAME.out and NAME.log. It
# reads $input, if that is set.
start() {
  local name=$1
  shift
  : >"$tmp/$name.log" # there to be read at once
  "$@" >"$tmp/$name.out" 2>>"$tmp/$name.log" <"${input:-/dev/null}" &
  started+=($!)
  printf '%s\n' $! >"$tmp/$name.pid"
}

# await NAME WHAT TEST...: until the test holds; not for longer than a minute, nor than it runs.
await() {
  local name=$1 what=$2 patience=600
  shift 2
  until "$@"; do
    if [ $((patience--)) -eq 0 ] || ! kill -0 "$(<"$tmp/$name.pid")" 2>/dev/null; then
      tail -n 5 "$tmp/$name.log" >&2
      die "$name $what"
    fi
    sleep 0.1
  done
}

# --- a kitchen ----------------------------------------------------------------------------------

# A local cluster with the topics; sets bootstrap.
start_cluster() {
  say "starting a local cluster"
  start cluster "$brigade" cluster --port 0 --data-dir "$tmp/data"
  await cluster "did not start" test -s "$tmp/cluster.out"
  bootstrap=$(head -n 1 "$tmp/cluster.out")
  "$brigade" init --bootstrap-server "$bootstrap" >/dev/null
}

# A line per meal, see ReadMeals.java.
read_meals() { "$java" -cp "$lib/*" "$examples/ReadMeals.java" "$bootstrap"; }
