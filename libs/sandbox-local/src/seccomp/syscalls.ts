/** Architectures that sandboxes run on, as Node.js names them. */
export type SeccompArchitecture = 'x64' | 'arm64';

/** AUDIT_ARCH_* of linux/audit.h. */
export const AUDIT_ARCH: Readonly<Record<SeccompArchitecture, number>> = {
  x64: 0xc000003e,
  arm64: 0xc00000b7,
};

type Numbers = readonly [x64: number | null, arm64: number | null];

/** Calls that an app has no use for and an attacker has: none of them works inside, whatever the kernel would say. */
const REFUSED: Readonly<Record<string, Numbers>> = {
  // Other processes.
  ptrace: [101, 117],
  process_vm_readv: [310, 270],
  process_vm_writev: [311, 271],
  kcmp: [312, 272],
  pidfd_getfd: [438, 438],
  // Mounts and namespaces.
  mount: [165, 40],
  umount2: [166, 39],
  pivot_root: [155, 41],
  chroot: [161, 51],
  setns: [308, 268],
  open_tree: [428, 428],
  move_mount: [429, 429],
  fsopen: [430, 430],
  fsconfig: [431, 431],
  fsmount: [432, 432],
  fspick: [433, 433],
  mount_setattr: [442, 442],
  // Files by handle, which know no mount namespace.
  name_to_handle_at: [303, 264],
  open_by_handle_at: [304, 265],
  fanotify_init: [300, 262],
  lookup_dcookie: [212, 18],
  quotactl: [179, 60],
  quotactl_fd: [443, 443],
  // The kernel itself.
  bpf: [321, 280],
  perf_event_open: [298, 241],
  userfaultfd: [323, 282],
  add_key: [248, 217],
  request_key: [249, 218],
  keyctl: [250, 219],
  kexec_load: [246, 104],
  kexec_file_load: [320, 294],
  create_module: [174, null],
  init_module: [175, 105],
  finit_module: [313, 273],
  delete_module: [176, 106],
  get_kernel_syms: [177, null],
  query_module: [178, null],
  nfsservctl: [180, 42],
  syslog: [103, 116],
  acct: [163, 89],
  reboot: [169, 142],
  swapon: [167, 224],
  swapoff: [168, 225],
  _sysctl: [156, null],
  uselib: [134, null],
  modify_ldt: [154, null],
  iopl: [172, null],
  ioperm: [173, null],
  vhangup: [153, 58],
  // Clock and name of the machine.
  settimeofday: [164, 170],
  clock_settime: [227, 112],
  clock_adjtime: [305, 266],
  adjtimex: [159, 171],
  sethostname: [170, 161],
  setdomainname: [171, 162],
};

/** Calls that programs try first and do without: refused as if the kernel were older, so that they take the other way. */
const UNKNOWN: Readonly<Record<string, Numbers>> = {
  // Its flags lie in memory, where a filter cannot look; every libc falls back to clone.
  clone3: [435, 435],
  io_uring_setup: [425, 425],
  io_uring_enter: [426, 426],
  io_uring_register: [427, 427],
};

/** Calls that are judged by an argument. */
const JUDGED = {
  clone: [56, 220],
  unshare: [272, 97],
  socket: [41, 198],
  socketpair: [53, 199],
  ioctl: [16, 29],
} as const satisfies Record<string, Numbers>;

const column = (architecture: SeccompArchitecture): 0 | 1 => (architecture === 'x64' ? 0 : 1);

const numbersOf = (calls: Readonly<Record<string, Numbers>>, architecture: SeccompArchitecture): number[] =>
  Object.values(calls)
    .map((numbers) => numbers[column(architecture)])
    .filter((number) => number !== null);

export interface SyscallTable {
  refused: number[];
  unknown: number[];
  clone: number;
  unshare: number;
  socket: number;
  socketpair: number;
  ioctl: number;
}

/** Numbers of the calls that the filter knows, for one architecture. Source: the kernel's syscall tables. */
export function syscallTable(architecture: SeccompArchitecture): SyscallTable {
  const of = (name: keyof typeof JUDGED): number => JUDGED[name][column(architecture)];
  return {
    refused: numbersOf(REFUSED, architecture),
    unknown: numbersOf(UNKNOWN, architecture),
    clone: of('clone'),
    unshare: of('unshare'),
    socket: of('socket'),
    socketpair: of('socketpair'),
    ioctl: of('ioctl'),
  };
}
