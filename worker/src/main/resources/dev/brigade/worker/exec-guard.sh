# Ends a worker's commands when the worker is gone, however it went: its end of this script's stdin
# closes then. The first line is the worker's mark, held by the environment of all its commands;
# then "+ PID" for a command started in a session of its own, "- PID" for one that ended (what it
# left in its process group is killed), and "." for a worker that leaves in good order.
trap '' INT TERM HUP
cd /
IFS= read -r mark || exit 0
running=' '
sweeps=10 # a command may have been in the middle of its start when the worker died
while read -r event pid; do
  case $event in
    +) running="$running$pid " ;;
    -)
      kill -s KILL -- "-$pid"
      running="${running%%" $pid "*} ${running#*" $pid "}"
      ;;
    .) sweeps=1 ;;
  esac
done
for pid in $running; do # also those that cleared their environment
  kill -s KILL -- "-$pid"
done
while [ "$sweeps" -gt 0 ]; do
  sweeps=$((sweeps - 1))
  for environ in $(printf '%s\n' "$mark" | grep -lzsF -f - /proc/[0-9]*/environ); do
    pid=${environ#/proc/}
    kill -s KILL "${pid%/environ}"
    [ "$sweeps" -gt 0 ] || sweeps=1
  done
  [ "$sweeps" -eq 0 ] || sleep 0.05
done
