/**
 * Shell functions, in what every POSIX shell has built in, so that nothing is forked while a fork bomb is ended.
 *
 * A tree is known by a mark that its members cannot take off: a hard limit on file locks, which Linux keeps for every process and uses for
 * nothing since 2.4. It is inherited through forks, new sessions and new environments, and without a capability it can only be lowered.
 * Where the shell cannot set it, the variable SANDBOX_EXEC is the mark.
 */
export const SWEEP_FUNCTIONS = `
marked() {
  while read -r a b c h rest; do
    if [ "$b $c" = "file locks" ]; then [ "$h" = "$mark" ] && return 0; break; fi
  done <"/proc/$1/limits" || return 1
  read -r all <"/proc/$1/environ"
  case $all in *"SANDBOX_EXEC=$mark"*) return 0;; esac
  return 1
}
sweep() {
  round=0
  while :; do
    round=$((round + 1)) found= moving=
    for folder in /proc/[0-9]*; do
      pid=\${folder#/proc/}
      [ "$pid" = $$ ] && continue
      line=
      read -r line <"$folder/stat" || [ -n "$line" ] || continue
      state=\${line##*) }
      state=\${state%% *}
      case $state in Z|X) continue;; esac
      marked "$pid" || continue
      found="$found $pid"
      case $state in T|t) ;; *) moving=1; kill -STOP "$pid";; esac
    done
    [ -n "$found" ] || return 0
    # What is stopped forks no more: once a round meets nothing that moves, all of it is known.
    [ -n "$moving" ] && [ $((round % 20)) != 0 ] && continue
    kill -KILL $found
    [ $round -gt 400 ] && return 1
  done 2>/dev/null
}
`;

/** Runs an argv ($3...) with mark $1 in folder $2, and ends whatever it leaves behind before it tells its exit code. */
export const RUN_SCRIPT = `${SWEEP_FUNCTIONS}
mark=$1 folder=$2
shift 2
{ ulimit -w "$mark" || ulimit -x "$mark"; } 2>/dev/null
cd -- "$folder" 2>/dev/null || { echo "cannot change to $folder" >&2; exit 125; }
# The shell itself says nothing: what it would tell of signals is no output of the command.
exec 3>&2 2>/dev/null
(exec "$@" 2>&3 3>&-)
code=$?
exec </dev/null >/dev/null 3>&-
sweep
exit $code
`;

/** Ends every process that carries mark $1. */
export const END_SCRIPT = `${SWEEP_FUNCTIONS}
mark=$1
sweep
`;
