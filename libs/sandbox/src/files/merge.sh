set -e
merge() {
  for entry in "$1"/* "$1"/.[!.]* "$1"/..?*; do
    there=$2/${entry##*/}
    if [ -L "$there" ]; then rm -f -- "$there"
    elif [ -d "$entry" ] && [ ! -L "$entry" ]; then
      if [ -d "$there" ]; then merge "$entry" "$there"
      elif [ -e "$there" ]; then rm -f -- "$there"; fi
    elif [ -d "$there" ]; then rm -rf -- "$there"; fi
  done
  find "$1" -mindepth 1 -maxdepth 1 -exec /bin/sh -c 'to=$0; exec mv -f -- "$@" "$to/"' "$2" {} +
  rmdir -- "$1"
}
merge "$1/$2" "$1"
