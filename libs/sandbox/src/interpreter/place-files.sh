umask 077
mkdir -p -- "$1" && shift || exit 1
while [ "$#" -gt 1 ]; do
  printf '%s' "$2" > "$1.$$" && mv -f -- "$1.$$" "$1" || exit 1
  shift 2
done
