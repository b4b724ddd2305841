#!/usr/bin/env bash
# Orders the SHA-256 of every regular file under a directory from a local kitchen with three worker
# processes, and compares every meal with what sha256sum itself says.
#
#   examples/checksums/run.sh [--limit N] [--workers N] [DIRECTORY]
#
# Exit code 0 only if there is exactly one right meal for every file. Leaves nothing behind.
set -euo pipefail

here=$(CDPATH='' cd -P -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
example=checksums
synopsis='run.sh [--limit N] [--workers N] [DIRECTORY]'
. "$here/../lib.sh"
enough=2000 # files, for a directory chosen here

limit=
workers=3
directory=

while [ $# -gt 0 ]; do
  case $1 in
    --limit | --workers) number "$@" && shift 2 ;;
    -h | --help) help ;;
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

open_run

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

start_cluster

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
read_meals >"$tmp/meals"
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
