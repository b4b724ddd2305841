#!/usr/bin/env bash
# Pays orders from accounts in a database, by three worker processes that are killed with SIGKILL
# again and again, and compares every account with what the orders say. Beside each payment an order
# of the same kind is cooked by a recipe that does not deduplicate, for comparison.
#
#   examples/dedupe/run.sh [--kills N] [--workers N]
#
# Exit code 0 only if every account of the payments is exact, every order has a meal, and at least
# one payment was tried again after it was made: without that the run proves nothing. Leaves nothing
# behind.
set -euo pipefail

here=$(CDPATH='' cd -P -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
example=dedupe
synopsis='run.sh [--kills N] [--workers N]'
. "$here/../lib.sh"
plugins=${DEDUPE_PLUGINS:-$here/target/plugins} # the recipes and the database's driver
payment=${PAYMENT_RECIPE:-class:dev.brigade.examples.dedupe.Payment}
careless=class:dev.brigade.examples.dedupe.Careless

kills=20
workers=3
portion=60 # orders of each dish before each kill, and after the last
accounts=8 # of each dish

while [ $# -gt 0 ]; do
  case $1 in
    --kills | --workers) number "$@" && shift 2 ;;
    -h | --help) help ;;
    *) usage "unknown argument $1" ;;
  esac
done

open_run
export DEDUPE_DATABASE=$tmp/bank.db

# --- the recipes --------------------------------------------------------------------------------

are_built() {
  compgen -G "$plugins/sqlite-jdbc-*.jar" >/dev/null && [ -z "$(find "$here/pom.xml" "$root/pom.xml" "$here/src/main" -newer "$plugins" -print -quit)" ]
}

build_plugins() {
  say "building the recipes"
  if ! (cd "$root" && mvn -B -ntp package -pl examples/dedupe -am -Dmaven.test.skip=true) >"$tmp/build.log" 2>&1; then
    grep '^\[ERROR\]' "$tmp/build.log" >&2 || tail -n 5 "$tmp/build.log" >&2
    die "the recipes could not be built"
  fi
}

audit() { "$java" -Djava.io.tmpdir="$tmp" -cp "$plugins/*:$lib/*" dev.brigade.examples.dedupe.Audit; }

"$brigade" --version >/dev/null # builds it now if need be, not in the background
[ -n "${DEDUPE_PLUGINS:-}" ] || are_built || build_plugins

# --- orders and kills ---------------------------------------------------------------------------

# place NUMBER: one portion of orders as JSON; what they are to debit goes to $tmp/placed, a line
# "ID ACCOUNT AMOUNT" for each.
place() {
  awk -v first=$(($1 * portion + 1)) -v last=$((($1 + 1) * portion)) -v accounts=$accounts \
    -v now="$(date -u +%Y-%m-%dT%H:%M:%SZ)" -v placed="$tmp/placed" '
    function place(dish, n,   id, account, amount) {
      id = dish "-" n
      account = dish "-account-" n % accounts + 1
      amount = n * 7919 % 97 + 1
      print id, account, amount >>placed
      printf "{\"id\":\"%s\",\"dish\":\"%s\",\"table\":\"%s\",\"placedAt\":\"%s\",\"payload\":{\"account\":\"%s\",\"amount\":%d}}\n",
        id, dish, account, now, account, amount
    }
    BEGIN { for (n = first; n <= last; n++) { place("payment", n); place("careless", n) } }'
}

# after LINE SIGN: the processes of those workers, among the living, that have told of SIGN since that
# line of the supervisor's log.
after() {
  awk -v line="$1" -v sign="$2" '
    / is process [0-9]+$/ { pid[$(NF - 3)] = $NF }
    / was killed by signal / { delete told[$(NF - 5)] }
    NR > line && $2 == "|" && $0 ~ sign { told[$1] = 1 }
    END { for (id in told) print pid[id] }' "$tmp/supervisor.log"
}
tell() { [ "$(after "$2" "$3" | wc -l)" -ge "$1" ]; }

# SIGKILL to one of the workers that have paid since that line of the log, whichever.
kill_one_after() {
  local pids
  await supervisor "has no worker that pays" tell 1 "$1" receipt
  sleep 0.$((RANDOM % 5)) # not so long that all has ended
  # shellcheck disable=SC2207 # numbers
  pids=($(after "$1" receipt))
  [ ${#pids[@]} -gt 0 ] && kill -9 "${pids[RANDOM % ${#pids[@]}]}" 2>/dev/null
}

# --- the run ------------------------------------------------------------------------------------

audit >/dev/null # makes the tables
start_cluster

say "starting $workers workers"
start supervisor "$brigade" supervise --workers "$workers" --worker-id-prefix worker \
  --bootstrap-server "$bootstrap" -- --plugins "$plugins" --chefs 8 \
  --recipe "payment=$payment" --recipe "careless=$careless"
await supervisor "has workers without partitions" tell "$workers" 0 'assigned \\[[0-9]'

say "placing $((2 * portion * (kills + 1))) orders, and killing a worker $kills times meanwhile"
mkfifo "$tmp/orders"
input=$tmp/orders start producer "$brigade" producer load - --rejects "$tmp/rejects" --wait \
  --wait-timeout 3m --bootstrap-server "$bootstrap"
exec 3>"$tmp/orders"
for ((n = 0; n < kills; n++)); do
  line=$(wc -l <"$tmp/supervisor.log")
  place "$n" >&3 || die "the producer failed"
  until kill_one_after "$line"; do :; done
done
place "$kills" >&3 || die "the producer failed"
exec 3>&-
wait "$(<"$tmp/producer.pid")" || { tail -n 5 "$tmp/producer.log" >&2 && die "not every order has its end"; }

say "reading the meals back, and the accounts"
read_meals >"$tmp/meals"
audit >"$tmp/audit"

# --- what came of it ----------------------------------------------------------------------------

awk '{ print $1 }' "$tmp/placed" | LC_ALL=C sort >"$tmp/ids"
awk '{ print $1 }' "$tmp/meals" | LC_ALL=C sort >"$tmp/cooked"
orders=$(wc -l <"$tmp/ids")
missing=$(LC_ALL=C comm -23 "$tmp/ids" <(uniq "$tmp/cooked") | wc -l)
twice=$(uniq -d "$tmp/cooked" | wc -l)
caught=$(awk '$1 == "caught" { print $2 }' "$tmp/audit")
doubled=$(awk '$1 == "doubled" { print $2 }' "$tmp/audit")

# compare DISH: sets exact, how many of its accounts are, and excess, what all were debited too much.
compare() {
  read -r exact excess < <(awk -v dish="$1-" '
    index($2, dish) != 1 { next }
    NR == FNR { expected[$2] -= $3; next }
    { actual[$2] = $3 }
    END {
      for (account in expected) {
        exact += actual[account] == expected[account]
        excess += expected[account] - actual[account]
      }
      print exact + 0, excess
    }' "$tmp/placed" "$tmp/audit")
}

printf 'killed    %d workers with SIGKILL while they cooked\n' "$kills"
printf 'orders    %d, %d without a meal, %d with more than one\n' "$orders" "$missing" "$twice"
compare careless
printf 'careless  %d of %d accounts exact; %d debits too many, %d too much\n' "$exact" "$accounts" "$doubled" "$excess"
compare payment
printf 'payment   %d of %d accounts exact; %d repetitions caught, %d too much\n' "$exact" "$accounts" "$caught" "$excess"
[ "$missing" -eq 0 ] || die "not every order has a meal"
[ "$exact" -eq "$accounts" ] || die "not every account of the payments is exact"
[ "$caught" -gt 0 ] || die "no payment was tried again, so this run proves nothing: try more --kills"
