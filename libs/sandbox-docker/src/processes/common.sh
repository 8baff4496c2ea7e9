base=/home/app/.showrunner/processes
born() { read -r line <"/proc/$1/stat" && set -- ${line##*) } && echo "${20}"; }
alive() {
  [ ! -e "$1/exit" ] && read -r pid since <"$1/pid" && [ "$(born "$pid")" = "$since" ]
} 2>/dev/null
tell() {
  read -r started <"$1/started"
  if alive "$1"; then state=running; else state=ended; fi
  code=; read -r code <"$1/exit"
  echo "${1##*/} $state ${code:-none} $started"
} 2>/dev/null
