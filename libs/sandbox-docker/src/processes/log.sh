cd "$base/$1" 2>/dev/null || exit 0
current=
read -r current <current 2>/dev/null
if [ "$current" = tail0 ]; then set -- "$2" head tail1 tail0; else set -- "$2" head tail0 tail1; fi
cat "$2" "$3" "$4" 2>/dev/null | tail -c "$1"
