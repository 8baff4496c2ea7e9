marked() {
  while read -r a b c h rest; do
    if [ "$b $c" = "file locks" ]; then [ "$h" = "$mark" ] && return 0; break; fi
  done <"/proc/$1/limits" || return 1
  read -r all <"/proc/$1/environ"
  case $all in *"SANDBOX_EXEC=$mark"*) return 0;; esac
  return 1
}
sweep() {
  round=0 reaping=0
  while :; do
    round=$((round + 1)) found= moving= dead=
    for folder in /proc/[0-9]*; do
      pid=${folder#/proc/}
      [ "$pid" = $$ ] && continue
      line=
      read -r line <"$folder/stat" || [ -n "$line" ] || continue
      state=${line##*) }
      state=${state%% *}
      marked "$pid" || continue
      case $state in Z|X) dead=1; continue;; esac
      found="$found $pid"
      case $state in T|t) ;; *) moving=1; kill -STOP "$pid";; esac
    done
    if [ -z "$found" ]; then
      # The dead hold their places until they are reaped, and the next command could not fork: process 1 has a while for it.
      [ -n "$dead" ] && [ $reaping -lt 100 ] || return 0
      reaping=$((reaping + 1))
      continue
    fi
    # What is stopped forks no more: once a round meets nothing that moves, all of it is known.
    [ -n "$moving" ] && [ $((round % 20)) != 0 ] && continue
    kill -KILL $found
    [ $round -gt 400 ] && return 1
  done 2>/dev/null
}
