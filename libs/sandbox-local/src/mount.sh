set -e
image=$1 kind=$2 template=$3 uid=$4 unwritten=$5 shared=$6 system=$7; shift 7
[ -z "$template" ] || cp --sparse=always -- "$template" "$image"
mount -t ext4 -o loop,nosuid,nodev,noatime,noinit_itable,discard,nobarrier "$image" /mnt
if [ -n "$unwritten" ]; then
  { cd "/sys/class/bdi/$(mountpoint -d /mnt)" && echo 1 > strict_limit && echo "$unwritten" > max_bytes; } 2>/dev/null || :
  cd /
fi
# Bound here, as the sandbox's uid need not be able to walk to them.
mkdir -p /mnt/.shared && mount --bind "$shared" /mnt/.shared
[ -z "$system" ] || { mkdir -p /mnt/.system && mount --bind "$system" /mnt/.system; }
[ "$kind" = kept ] || chown "$uid:$uid" /mnt/app /mnt/home
exec setpriv --reuid "$uid" --regid "$uid" --clear-groups --inh-caps=-all --no-new-privs "$@"
