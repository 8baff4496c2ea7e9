d=$base/$1
alive "$d" || exit 3
exec cat >"$d/in"
