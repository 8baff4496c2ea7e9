import { SWEEP_FUNCTIONS } from '../commands/sweep.text';

/** Where named processes are kept inside: on the disk of /home/app, so that their logs outlive a stop and cost no memory. */
const COMMON = `
base=/home/app/.showrunner/processes
born() { read -r line <"/proc/$1/stat" && set -- \${line##*) } && echo "\${20}"; }
alive() {
  [ ! -e "$1/exit" ] && read -r pid since <"$1/pid" && [ "$(born "$pid")" = "$since" ]
} 2>/dev/null
tell() {
  read -r started <"$1/started"
  if alive "$1"; then state=running; else state=ended; fi
  code=; read -r code <"$1/exit"
  echo "\${1##*/} $state \${code:-none} $started"
} 2>/dev/null
`;

/**
 * Starts a named process unless it runs: mark $1, name $2, start $3, folder $4, argv $5... Prints its line and lives on as its keeper.
 * The log: \`head\` holds the first MiB, \`tail0\` and \`tail1\` by turns what comes later.
 */
export const START_SCRIPT = `${COMMON}
mark=$1 name=$2 started=$3 folder=$4 d=$base/$2
shift 4
mkdir -p "$base" || exit 1
round=0
until mkdir "$base/.lock" 2>/dev/null; do
  round=$((round + 1))
  [ $round -gt 100 ] && rmdir "$base/.lock" 2>/dev/null
  sleep 0.05
done
if alive "$d"; then tell "$d"; rmdir "$base/.lock"; exit 0; fi
rm -rf "$d"
{ mkdir "$d" && mkfifo "$d/in" && echo "$started" >"$d/started" && echo "$mark" >"$d/mark"; } || { rmdir "$base/.lock"; exit 1; }
{ ulimit -w "$mark" || ulimit -x "$mark"; } 2>/dev/null
self=$$
echo "$self $(born "$self")" >"$d/pid"
tell "$d"
rmdir "$base/.lock"
exec </dev/null >/dev/null 2>&1
keep_log() {
  cd "$d" || exit
  file=head size=0
  while :; do
    dd bs=65536 count=4 >>"$file" 2>/dev/null || { cat >/dev/null; return; }
    now=$(wc -c <"$file") now=$((now))
    [ "$now" = "$size" ] && return
    size=$now
    [ "$size" -lt 1048576 ] && continue
    if [ "$file" = tail0 ]; then file=tail1; else file=tail0; fi
    : >"$file"
    echo "$file" >current
    size=0
  done
}
exec 3<>"$d/in"
{
  if cd -- "$folder"; then (exec "$@" <"$d/in" 3>&-); code=$?; else code=125; fi
  echo "$code" >"$d/code" && mv "$d/code" "$d/exit"
} 2>&1 | keep_log
`;

/** The line of process $1, or of every process. */
export const STATUS_SCRIPT = `${COMMON}
if [ -n "$1" ]; then [ -e "$base/$1/started" ] && tell "$base/$1"; exit 0; fi
for d in "$base"/*; do [ -e "$d/started" ] && tell "$d"; done
exit 0
`;

/** The last $2 bytes of the log of process $1. */
export const LOG_SCRIPT = `${COMMON}
cd "$base/$1" 2>/dev/null || exit 0
current=
read -r current <current 2>/dev/null
if [ "$current" = tail0 ]; then set -- "$2" head tail1 tail0; else set -- "$2" head tail0 tail1; fi
cat "$2" "$3" "$4" 2>/dev/null | tail -c "$1"
`;

/** Writes what it reads to the standard input of process $1; exit code 3 when it does not run. */
export const INPUT_SCRIPT = `${COMMON}
d=$base/$1
alive "$d" || exit 3
exec cat >"$d/in"
`;

/** Ends the tree of process $1 and notes that. */
export const KILL_SCRIPT = `${SWEEP_FUNCTIONS}${COMMON}
d=$base/$1
[ -e "$d/started" ] || exit 0
read -r mark <"$d/mark" || exit 0
sweep || exit 1
[ -e "$d/exit" ] || echo 137 >"$d/exit"
`;
