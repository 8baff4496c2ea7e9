for folder in /app /home/app; do
  if [ ! -e "$folder" ]; then mkdir -p -m 755 "$folder" && chown "$1" "$folder" || exit 1; fi
  [ -d "$folder" ] && [ ! -L "$folder" ] || { echo "$folder is no folder" >&2; exit 1; }
  if [ "$(id -u)" = 0 ] && [ "$(stat -c %u "$folder")" = 0 ]; then chown "$1" "$folder" || exit 1; fi
done
