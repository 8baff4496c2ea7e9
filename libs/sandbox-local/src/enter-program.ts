import type { Prelude } from './seccomp/start-filtered';

/** Of the system calls that it makes by number. */
type Calls = readonly [
  setns: number,
  setgroups: number,
  setresgid: number,
  setresuid: number,
  capset: number,
  prlimit64: number,
];
const CALLS: Readonly<Record<string, Calls>> = {
  x64: [308, 116, 119, 117, 126, 302],
  arm64: [268, 159, 149, 147, 91, 261],
};

/**
 * Joins the groups and every namespace of process 1 inside, and becomes uid 1000 without any capability; the child, which alone is in the
 * pid namespace, goes on. Nothing is executed on the way, so there is no moment at which a process of the sandbox could look into a
 * program that is not behind the filter yet: whoever changed its uid has no memory that others may read. The parent ends as the child does.
 */
const ENTER = String.raw`
($p, $most, $setns, $setgroups, $setresgid, $setresuid, $capset, $prlimit) = splice @ARGV, 0, 8;
while (@ARGV) { $_ = shift; last if $_ eq '--'; open($g, '>', $_) && syswrite($g, '0') && close $g or fail 125, "cannot join '$_'" }
@n = map { open(my $n, '<', "/proc/$p/ns/$_") or fail 125, "no $_ namespace"; $n } qw(cgroup ipc uts net pid mnt user);
fail 125, 'groups' if syscall($setgroups, 0, 0) != 0;
for (@n) { fail 125, 'namespaces' if syscall($setns, fileno $_, 0) != 0 }
fail 125, 'limit' if syscall($prlimit, 0, 6, pack('Q2', $most, $most), 0) != 0;
fail 125, 'user' if syscall($setresgid, 1000, 1000, 1000) != 0 || syscall($setresuid, 1000, 1000, 1000) != 0;
($header, $none) = (pack('L2', 0x20080522, 0), pack 'L6');
fail 125, 'capabilities' if syscall($capset, $header, $none) != 0;
defined($c = fork) or fail 125, 'fork';
if ($c) { waitpid $c, 0; $s = $? & 127; kill $s, $$ if $s; exit($s ? 128 + $s : $? >> 8) }
`;

/**
 * RLIMIT_NPROC of commands: a little below the sandbox's limit, which its control group enforces. It is looked at before a fork copies
 * anything, the group's only after, and a fork bomb that is refused there holds the locks of the libraries that it shares with the whole
 * host, where others then wait for seconds.
 */
const commandProcesses = (maxProcesses: number): number =>
  Math.max(1, maxProcesses - Math.min(8, Math.floor(maxProcesses / 8)));

/**
 * The way of root into a sandbox. undefined on an architecture whose calls it does not know.
 * @param joins files of control groups, as `ControlGroup.enter` gives them
 */
export function enterProgram(
  initPid: number,
  maxProcesses: number,
  joins: readonly string[],
): Prelude | undefined {
  const calls = CALLS[process.arch];
  const told = [initPid, commandProcesses(maxProcesses), ...(calls ?? [])];
  return calls && { program: ENTER, args: [...told.map(String), ...joins, '--'] };
}
