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
