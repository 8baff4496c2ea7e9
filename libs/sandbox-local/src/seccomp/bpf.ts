/** One instruction of classic BPF: `struct sock_filter` of linux/filter.h. */
export interface BpfInstruction {
  code: number;
  /** Instructions to skip when a jump's test holds. */
  jt: number;
  /** Instructions to skip when it does not. */
  jf: number;
  k: number;
}

export const LOAD_WORD = 0x20; // BPF_LD | BPF_W | BPF_ABS
export const JUMP_EQUAL = 0x15; // BPF_JMP | BPF_JEQ | BPF_K
export const JUMP_AT_LEAST = 0x35; // BPF_JMP | BPF_JGE | BPF_K
export const JUMP_ANY_BIT = 0x45; // BPF_JMP | BPF_JSET | BPF_K
export const RETURN = 0x06; // BPF_RET | BPF_K

/** Loads the word of `struct seccomp_data` at an offset. */
export const load = (offset: number): BpfInstruction => ({ code: LOAD_WORD, jt: 0, jf: 0, k: offset });
export const answer = (value: number): BpfInstruction => ({ code: RETURN, jt: 0, jf: 0, k: value });
export const jump = (code: number, k: number, jt: number, jf: number): BpfInstruction => ({
  code,
  jt,
  jf,
  k: k >>> 0,
});

const INSTRUCTION_BYTES = 8;

/** The bytes that the kernel takes. */
export function assemble(program: readonly BpfInstruction[]): Buffer {
  const bytes = Buffer.alloc(program.length * INSTRUCTION_BYTES);
  program.forEach(({ code, jt, jf, k }, index) => {
    const at = index * INSTRUCTION_BYTES;
    bytes.writeUInt16LE(code, at);
    bytes.writeUInt8(jt, at + 2);
    bytes.writeUInt8(jf, at + 3);
    bytes.writeUInt32LE(k >>> 0, at + 4);
  });
  return bytes;
}
