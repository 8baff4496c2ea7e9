umask 077
mkdir -- "$2" && cd -- "$1" || exit 1
{ LC_ALL=C tar -c -f - . 2> "$2/errors"; echo "$?" > "$2/status"; } | gzip -1 -c | {
  part=0
  while dd of="$2/next" bs=65536 count="$blocks" iflag=fullblock 2> "$2/trouble" && [ -s "$2/next" ]; do
    mv -- "$2/next" "$2/part.$part"
    waited=0
    while [ -e "$2/part.$((part - ahead))" ]; do
      sleep 0.02
      waited=$((waited + 1))
      [ "$waited" -lt 30000 ] || exit 1
    done
    part=$((part + 1))
  done
  [ -e "$2/next" ] && [ ! -s "$2/next" ] && : > "$2/end"
}
[ -e "$2/end" ]
