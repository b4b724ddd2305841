# Ends a worker's commands when the worker is gone, however it went: its end of this script's stdin
# closes then. The first line is the worker's mark, held by the environment of all its commands;
# then "+ PID" for a command about to start in a session of its own, and "- PID" for one that ended:
# what it left in its process group is killed.
trap '' INT TERM HUP
cd /
IFS= read -r mark || exit 0
running=' '
while read -r event pid; do
  case $event in
    +) running="$running$pid " ;;
    -)
      kill -s KILL -- "-$pid"
      running="${running%%" $pid "*} ${running#*" $pid "}"
      ;;
  esac
done
for pid in $running; do # also those that cleared their environment
  kill -s KILL -- "-$pid"
done
empty=0
while [ "$empty" -lt 2 ]; do # one may be born during a search that finds none
  empty=$((empty + 1))
  for environ in $(printf '%s\n' "$mark" | grep -lzsF -f - /proc/[0-9]*/environ); do
    pid=${environ#/proc/}
    kill -s KILL "${pid%/environ}"
    empty=0
  done
  sleep 0.02
done
