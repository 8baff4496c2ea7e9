import { answer, assemble, jump, JUMP_ANY_BIT, JUMP_AT_LEAST, JUMP_EQUAL, load } from './bpf';
import type { BpfInstruction } from './bpf';
import { AUDIT_ARCH, syscallTable } from './syscalls';
import type { SeccompArchitecture } from './syscalls';

const ALLOW = answer(0x7fff0000);
const refuse = (errno: number): BpfInstruction => answer(0x00050000 | errno);
const EPERM = 1;
const ENOSYS = 38;
const EAFNOSUPPORT = 97;

/** Offsets in `struct seccomp_data`; of the arguments the lower half, on little-endian machines. */
const NUMBER = 0;
const ARCHITECTURE = 4;
const FIRST_ARGUMENT = 16;
const SECOND_ARGUMENT = 24;

/** Calls of the x32 ABI carry this bit. */
const X32_BIT = 0x40000000;
/** CLONE_NEWTIME, NEWNS, NEWCGROUP, NEWUTS, NEWIPC, NEWUSER, NEWPID, NEWNET. */
const NEW_NAMESPACES = 0x7e020080;
/** In clone the lowest byte is the signal to the parent, so NEWTIME (0x80) cannot be asked for there. */
const NEW_NAMESPACES_BY_CLONE = 0x7e020000;
/** AF_UNIX, AF_INET, AF_INET6 and AF_NETLINK, which lists interfaces. */
const ADDRESS_FAMILIES = [1, 2, 10, 16];
/** TIOCSTI and TIOCLINUX: typing into somebody else's terminal. */
const REFUSED_IOCTLS = [0x5412, 0x541c];

/** Instructions that run for one call only, and then answer. */
const forCall = (number: number, body: BpfInstruction[]): BpfInstruction[] => [
  jump(JUMP_EQUAL, number, 0, body.length),
  ...body,
];
const refuseCalls = (numbers: number[], errno: number): BpfInstruction[] =>
  numbers.flatMap((number) => forCall(number, [refuse(errno)]));

const refuseNewNamespaces = (flags: number): BpfInstruction[] => [
  load(FIRST_ARGUMENT),
  jump(JUMP_ANY_BIT, flags, 0, 1),
  refuse(EPERM),
  ALLOW,
];
const onlyKnownFamilies: BpfInstruction[] = [
  load(FIRST_ARGUMENT),
  ...ADDRESS_FAMILIES.flatMap((family) => [jump(JUMP_EQUAL, family, 0, 1), ALLOW]),
  refuse(EAFNOSUPPORT),
];
const noTerminalTricks: BpfInstruction[] = [
  load(SECOND_ARGUMENT),
  ...REFUSED_IOCTLS.flatMap((request) => [jump(JUMP_EQUAL, request, 0, 1), refuse(EPERM)]),
  ALLOW,
];

/**
 * What a process of a sandbox may ask of the kernel: everything but what only an attacker has a use for (see `syscalls.ts`), calls of other
 * architectures, new namespaces, and sockets other than unix, IP and netlink. A list of what is refused rather than of what is allowed, as
 * apps are of every kind; namespaces, capabilities and cgroups are what contains them, and this narrows the way to the kernel's mistakes.
 */
export function sandboxFilter(architecture: SeccompArchitecture): BpfInstruction[] {
  const calls = syscallTable(architecture);
  return [
    load(ARCHITECTURE),
    jump(JUMP_EQUAL, AUDIT_ARCH[architecture], 1, 0),
    refuse(ENOSYS),
    load(NUMBER),
    ...(architecture === 'x64' ? [jump(JUMP_AT_LEAST, X32_BIT, 0, 1), refuse(ENOSYS)] : []),
    ...refuseCalls(calls.unknown, ENOSYS),
    ...refuseCalls(calls.refused, EPERM),
    ...forCall(calls.clone, refuseNewNamespaces(NEW_NAMESPACES_BY_CLONE)),
    ...forCall(calls.unshare, refuseNewNamespaces(NEW_NAMESPACES)),
    ...forCall(calls.socket, onlyKnownFamilies),
    ...forCall(calls.socketpair, onlyKnownFamilies),
    ...forCall(calls.ioctl, noTerminalTricks),
    ALLOW,
  ];
}

/** The filter as bytes for `bwrap --seccomp` and for PR_SET_SECCOMP; undefined where this architecture has none. */
export function sandboxFilterBytes(architecture: string = process.arch): Buffer | undefined {
  return architecture === 'x64' || architecture === 'arm64'
    ? assemble(sandboxFilter(architecture))
    : undefined;
}
