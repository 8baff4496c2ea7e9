/**
 * Shell functions, in what every POSIX shell has built in, so that nothing is forked while a fork bomb is ended.
 *
 * A tree is known by a mark that its members cannot take off: a hard limit on file locks, which Linux keeps for every process and uses for
 * nothing since 2.4. It is inherited through forks, new sessions and new environments, and without a capability it can only be lowered.
 * Where the shell cannot set it, the variable SANDBOX_EXEC is the mark.
 */
export const SWEEP_FUNCTIONS = `
marked() {
  while read -r a b c h rest; do
    if [ "$b $c" = "file locks" ]; then [ "$h" = "$mark" ] && return 0; break; fi
  done <"/proc/$1/limits" || return 1
  read -r all <"/proc/$1/environ"
  case $all in *"SANDBOX_EXEC=$mark"*) return 0;; esac
  return 1
}
sweep() {
  round=0 reaping=0
  while :; do
    round=$((round + 1)) found= moving= dead=
    for folder in /proc/[0-9]*; do
      pid=\${folder#/proc/}
      [ "$pid" = $$ ] && continue
      line=
      read -r line <"$folder/stat" || [ -n "$line" ] || continue
      state=\${line##*) }
      state=\${state%% *}
      marked "$pid" || continue
      case $state in Z|X) dead=1; continue;; esac
      found="$found $pid"
      case $state in T|t) ;; *) moving=1; kill -STOP "$pid";; esac
    done
    if [ -z "$found" ]; then
      # The dead hold their places until they are reaped, and the next command could not fork: process 1 has a while for it.
      [ -n "$dead" ] && [ $reaping -lt 100 ] || return 0
      reaping=$((reaping + 1))
      continue
    fi
    # What is stopped forks no more: once a round meets nothing that moves, all of it is known.
    [ -n "$moving" ] && [ $((round % 20)) != 0 ] && continue
    kill -KILL $found
    [ $round -gt 400 ] && return 1
  done 2>/dev/null
}
`;

/** Runs an argv ($3...) with mark $1 in folder $2, and ends whatever it leaves behind before it tells its exit code. */
export const RUN_SCRIPT = `${SWEEP_FUNCTIONS}
mark=$1 folder=$2
shift 2
{ ulimit -w "$mark" || ulimit -x "$mark"; } 2>/dev/null
cd -- "$folder" 2>/dev/null || { echo "cannot change to $folder" >&2; exit 125; }
# The shell itself says nothing: what it would tell of signals is no output of the command.
exec 3>&2 2>/dev/null
(exec "$@" 2>&3 3>&-)
code=$?
exec </dev/null >/dev/null 3>&-
sweep
exit $code
`;

/**
 * The same sweep where there is Perl: a shell reads /proc byte by byte, a tenth of a second for each look at 128 processes, and among those
 * of a fork bomb it gets the hundredth part of a processor. Gives up after 20 s.
 */
const SWEEP_IN_PERL = String.raw`
my ($mark, $until, $round, $reaping) = (shift, time + 20, 0, 0);
sub content { open my $file, "<", "/proc/$_[0]/$_[1]" or return ""; local $/; <$file> // "" }
while (1) {
  my (@found, $moving, $dead);
  opendir my $folder, "/proc" or exit 1;
  for my $pid (grep { /^\d+$/ && $_ != $$ } readdir $folder) {
    my ($state) = content($pid, "stat") =~ /.*\) (\S)/s or next;
    next unless content($pid, "limits") =~ /^Max file locks\s+$mark\s/m
      or content($pid, "environ") =~ /(?:^|\0)SANDBOX_EXEC=$mark(?:\0|$)/;
    if ($state =~ /[ZX]/) { $dead = 1; next }
    push @found, $pid;
    next if $state =~ /[Tt]/;
    $moving = 1;
    kill "STOP", $pid;
  }
  if (!@found) {
    exit 0 if !$dead || ++$reaping > 100;
    select undef, undef, undef, 0.01;
    next;
  }
  exit 1 if time > $until;
  kill "KILL", @found if !$moving || ++$round % 20 == 0;
}
`;

/** Ends every process that carries mark $1. */
export const END_SCRIPT = `
[ -x /usr/bin/perl ] && exec /usr/bin/perl -e '${SWEEP_IN_PERL}' "$1"
${SWEEP_FUNCTIONS}
mark=$1
sweep
`;
