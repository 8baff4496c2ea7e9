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
