#!/usr/bin/env bash
# Orders the SHA-256 of every regular file under a directory from a local kitchen with three worker
# processes, and compares every meal with what sha256sum itself says.
#
#   examples/checksums/run.sh [--limit N] [--workers N] [DIRECTORY]
#
# Exit code 0 only if there is exactly one right meal for every file. Leaves nothing behind.
set -euo pipefail

here=$(CDPATH='' cd -P -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
root=$(CDPATH='' cd -P -- "$here/../.." && pwd)
brigade=${BRIGADE:-$root/brigade}                      # the command
lib=${BRIGADE_LIB:-$root/kitchen/target/launcher/lib} # its jars
enough=2000                                            # files, for a directory chosen here

limit=
workers=3
directory=

say() { printf 'checksums: %s\n' "$*" >&2; }
die() { say "$*" && exit 1; }
usage() { say "$*; usage: run.sh [--limit N] [--workers N] [DIRECTORY]" && exit 2; }

while [ $# -gt 0 ]; do
  case $1 in
    --limit | --workers)
      [[ ${2:-} =~ ^[1-9][0-9]{0,8}$ ]] || usage "$1 needs a number from 1"
      printf -v "${1#--}" %s "$2"
      shift 2
      ;;
    -h | --help) sed -n '2,/^set /{/^set /!s/^# \{0,1\}//p;}' "${BASH_SOURCE[0]}" && exit 0 ;;
    --) shift && break ;;
    -*) usage "unknown option $1" ;;
    *) break ;;
  esac
done
[ $# -le 1 ] || usage "one directory at a time"
if [ $# -eq 1 ]; then
  directory=$(CDPATH='' cd -P -- "$1" 2>/dev/null && pwd) || usage "no directory $1"
fi
for tool in sha256sum od awk xargs comm; do
  command -v "$tool" >/dev/null || die "$tool is not installed"
done

# --- processes, and their end -------------------------------------------------------------------

tmp=$(mktemp -d "${TMPDIR:-/tmp}/brigade-checksums-XXXXXX")
if [[ $tmp != *[[:space:]]* ]]; then # a JVM that is killed leaves the native code that it has unpacked
  export BRIGADE_JAVA_OPTS="${BRIGADE_JAVA_OPTS:-} -Djava.io.tmpdir=$tmp"
fi
started=() # process ids, the cluster's first

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

trap clean_up EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

# start NAME COMMAND...: runs it in the background; what it writes is in NAME.out and NAME.log.
start() {
  local name=$1
  shift
  "$@" >"$tmp/$name.out" 2>"$tmp/$name.log" </dev/null &
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

# --- files and orders ---------------------------------------------------------------------------

has_enough() { [ "$(find "$1" -type f -readable -print 2>/dev/null | head -n "$enough" | wc -l)" -eq "$enough" ]; }

# Regular files that can be read, each name with a NUL behind it.
list_files() {
  # A directory that cannot be entered is not this run's failure; find has said so on stderr.
  { find "$directory" -type f -readable -print0 || true; } | LC_ALL=C sort -z | {
    if [ -n "$limit" ]; then head -z -n "$limit" && cat >/dev/null; else cat; fi
  }
}

# What ends in a NUL becomes a line, percent-encoded as in a URL but for its first $1 bytes: any file
# name then fits on a line, into JSON and into any locale.
encode() {
  od -An -v -tx1 | LC_ALL=C awk -v keep="$1" '
    BEGIN {
      for (i = 1; i < 256; i++) {
        hex = sprintf("%02x", i)
        plain[hex] = sprintf("%c", i)
        encoded[hex] = plain[hex] ~ /[A-Za-z0-9._~\/-]/ ? plain[hex] : "%" toupper(hex)
      }
    }
    {
      for (i = 1; i <= NF; i++) {
        if ($i == "00") {
          print line
          line = ""
          length_ = 0
        } else {
          line = line (length_++ < keep ? plain[$i] : encoded[$i])
        }
      }
    }'
}

# One order per line, while the producer reads them.
write_orders() {
  encode 0 <"$tmp/files" | awk -v now="$(date -u +%Y-%m-%dT%H:%M:%SZ)" '
    { printf "{\"id\":\"file-%d\",\"dish\":\"checksum\",\"placedAt\":\"%s\",\"payload\":\"%s\"}\n", NR, now, $0 }'
}

if [ -z "$directory" ]; then
  for directory in /usr/share/doc /usr/share /usr/lib; do
    has_enough "$directory" && break
  done
fi
list_files >"$tmp/files"
files=$(tr -dc '\0' <"$tmp/files" | wc -c)
[ "$files" -gt 0 ] || die "no regular file that can be read under $directory"
"$brigade" --version >/dev/null # builds it now if need be, not in the background

# --- the run ------------------------------------------------------------------------------------

say "starting a local cluster"
start cluster "$brigade" cluster --port 0 --data-dir "$tmp/data"
await cluster "did not start" test -s "$tmp/cluster.out"
bootstrap=$(head -n 1 "$tmp/cluster.out")
"$brigade" init --bootstrap-server "$bootstrap" >/dev/null

say "starting $workers workers"
export CHECKSUM_RECIPE=${CHECKSUM_RECIPE:-$here/checksum.sh} # read from the environment: its path may hold anything
for ((i = 1; i <= workers; i++)); do
  start "worker-$i" "$brigade" worker --worker-id "worker-$i" --chefs 4 \
    --recipe 'checksum=exec:exec sh "$CHECKSUM_RECIPE"' --bootstrap-server "$bootstrap"
done
for ((i = 1; i <= workers; i++)); do
  await "worker-$i" "did not get any partition" grep -q 'assigned \[[0-9]' "$tmp/worker-$i.log"
done

say "ordering the checksums of $files files under $directory"
write_orders | "$brigade" producer load - --rejects "$tmp/rejects" --wait \
  --wait-timeout $((60 + files / 20))s --bootstrap-server "$bootstrap" >"$tmp/producer.out" &
started+=($!)
wait $! || die "the producer failed"

say "reading the meals back, and asking sha256sum"
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
"$java" -cp "$lib/*" "$here/ReadMeals.java" "$bootstrap" >"$tmp/meals"
# A file that has vanished meanwhile is missing in both.
{ xargs -0 sha256sum -z -- <"$tmp/files" || true; } | encode 66 | LC_ALL=C sort >"$tmp/expected"
LC_ALL=C awk '{ print $1 "  " $2 }' "$tmp/meals" | LC_ALL=C sort -u >"$tmp/cooked"

# --- what came of it ----------------------------------------------------------------------------

equal=$(LC_ALL=C comm -12 "$tmp/expected" "$tmp/cooked" | wc -l)
missing=$(LC_ALL=C awk 'NR == FNR { cooked[$2]; next } !($2 in cooked)' "$tmp/cooked" "$tmp/expected" | wc -l)
different=$(LC_ALL=C comm -13 "$tmp/expected" "$tmp/cooked" | wc -l)
twice=$(($(wc -l <"$tmp/meals") - $(wc -l <"$tmp/cooked")))
LC_ALL=C diff "$tmp/expected" "$tmp/cooked" | head -n 20 >&2 || true

LC_ALL=C awk -v files="$files" -v directory="$directory" '
  { cooked[$3]++ }
  NR == 1 || $4 < first { first = $4 }
  $5 > last { last = $5 }
  END {
    seconds = (last - first) / 1000
    printf "files     %d regular files under %s\n", files, directory
    if (NR > 0) {
      printf "time      %.1f s from the first order to the last meal, %.0f files/s\n", seconds, NR / seconds
    }
    printf "workers  "
    for (i = 1; i <= '"$workers"'; i++) { printf "%s worker-%d %d", (i > 1 ? " " : ""), i, cooked["worker-" i] }
    printf "\n"
  }' "$tmp/meals"
printf 'compared  %d equal, %d different, %d missing, %d cooked twice\n' "$equal" "$different" "$missing" "$twice"
[ "$equal" -eq "$files" ] && [ "$different" -eq 0 ] || die "not every file has its right checksum"
