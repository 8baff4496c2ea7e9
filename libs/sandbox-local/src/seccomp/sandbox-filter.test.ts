import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { JUMP_ANY_BIT, JUMP_AT_LEAST, JUMP_EQUAL, LOAD_WORD, RETURN } from './bpf';
import type { BpfInstruction } from './bpf';
import { sandboxFilter, sandboxFilterBytes } from './sandbox-filter';
import { AUDIT_ARCH, syscallTable } from './syscalls';
import type { SeccompArchitecture } from './syscalls';

const ALLOW = 0x7fff0000;
const errno = (number: number) => 0x00050000 | number;
const EPERM = errno(1);
const ENOSYS = errno(38);

/** Runs a program as the kernel would. */
function judge(
  program: BpfInstruction[],
  call: { arch: number; nr: number; args?: [number, number?] },
): number {
  const data = Buffer.alloc(64);
  data.writeUInt32LE(call.nr >>> 0, 0);
  data.writeUInt32LE(call.arch >>> 0, 4);
  call.args?.forEach((value = 0, index) => data.writeUInt32LE(value >>> 0, 16 + index * 8));
  let accumulator = 0;
  for (let at = 0; at < program.length; at += 1) {
    const { code, jt, jf, k } = program[at] as BpfInstruction;
    if (code === RETURN) return k;
    if (code === LOAD_WORD) accumulator = data.readUInt32LE(k);
    else if (code === JUMP_EQUAL) at += accumulator === k ? jt : jf;
    else if (code === JUMP_AT_LEAST) at += accumulator >= k ? jt : jf;
    else if (code === JUMP_ANY_BIT) at += (accumulator & k) !== 0 ? jt : jf;
  }
  throw new RangeError('the program runs over its end');
}

describe.each<SeccompArchitecture>(['x64', 'arm64'])('the filter of system calls on %s', (architecture) => {
  const program = sandboxFilter(architecture);
  const table = syscallTable(architecture);
  const arch = AUDIT_ARCH[architecture];
  const ask = (nr: number, ...args: number[]) =>
    judge(program, { arch, nr, args: [args[0] ?? 0, args[1] ?? 0] });

  it('refuses what is listed, and nothing else that has no rule', () => {
    const judged = new Set([
      ...table.refused,
      ...table.unknown,
      table.clone,
      table.unshare,
      table.socket,
      table.socketpair,
      table.ioctl,
    ]);
    for (const nr of table.refused) expect(ask(nr)).toBe(EPERM);
    for (const nr of table.unknown) expect(ask(nr)).toBe(ENOSYS);
    for (let nr = 0; nr < 470; nr += 1) if (!judged.has(nr)) expect(ask(nr)).toBe(ALLOW);
  });

  it('lets threads and processes be made, but no namespace', () => {
    const thread = 0x003d0f00;
    expect(ask(table.clone, thread)).toBe(ALLOW);
    expect(ask(table.clone, 0x11)).toBe(ALLOW); // fork: SIGCHLD alone
    for (const flag of [0x00020000, 0x02000000, 0x04000000, 0x08000000, 0x10000000, 0x20000000, 0x40000000]) {
      expect(ask(table.clone, thread | flag)).toBe(EPERM);
      expect(ask(table.unshare, flag)).toBe(EPERM);
    }
    expect(ask(table.unshare, 0x80)).toBe(EPERM); // time
    expect(ask(table.unshare, 0x400)).toBe(ALLOW); // file descriptors of its own
  });

  it('knows unix, IP and netlink sockets only', () => {
    for (const family of [1, 2, 10, 16]) expect(ask(table.socket, family)).toBe(ALLOW);
    for (const family of [0, 15, 17, 29, 31, 38, 40, 44]) expect(ask(table.socket, family)).toBe(errno(97));
    expect(ask(table.socketpair, 1)).toBe(ALLOW);
  });

  it('types into no terminal', () => {
    expect(ask(table.ioctl, 0, 0x5412)).toBe(EPERM);
    expect(ask(table.ioctl, 0, 0x541c)).toBe(EPERM);
    expect(ask(table.ioctl, 0, 0x5401)).toBe(ALLOW);
  });

  it('has no calls of another architecture', () => {
    for (const other of [0x40000003, 0x40000028, 0xc0000015])
      expect(judge(program, { arch: other, nr: 1 })).toBe(ENOSYS);
  });

  it('answers whatever it is asked, in less than the kernel allows', () => {
    expect(program.length).toBeLessThan(4096);
    for (const { jt, jf } of program) expect(Math.max(jt, jf)).toBeLessThan(256);
    const word = fc.integer({ min: 0, max: 0xffffffff });
    fc.assert(
      fc.property(word, word, word, word, (anyArch, nr, first, second) => {
        const verdict = judge(program, { arch: anyArch, nr, args: [first, second] });
        expect([ALLOW, EPERM, ENOSYS, errno(97)]).toContain(verdict);
      }),
    );
    expect(sandboxFilterBytes(architecture)).toHaveLength(program.length * 8);
  });
});

it('refuses the x32 calls of x86-64', () => {
  expect(judge(sandboxFilter('x64'), { arch: AUDIT_ARCH.x64, nr: 0x40000000 + 1 })).toBe(ENOSYS);
});

it('has none for other architectures', () => {
  expect(sandboxFilterBytes('riscv64')).toBeUndefined();
});
