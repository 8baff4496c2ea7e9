if [ -n "$1" ]; then [ -e "$base/$1/started" ] && tell "$base/$1"; exit 0; fi
for d in "$base"/*; do [ -e "$d/started" ] && tell "$d"; done
exit 0
