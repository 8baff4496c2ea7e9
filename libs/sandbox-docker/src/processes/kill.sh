d=$base/$1
[ -e "$d/started" ] || exit 0
read -r mark <"$d/mark" || exit 0
sweep || exit 1
[ -e "$d/exit" ] || echo 137 >"$d/exit"
