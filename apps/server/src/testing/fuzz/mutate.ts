/** Random numbers that a seed repeats (mulberry32), and what is done to bytes and values with them. */
export class Chance {
  constructor(private state: number) {}

  /** 0 ≤ n < 1. */
  next(): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  }

  below(end: number): number {
    return Math.floor(this.next() * end);
  }

  oneOf<T>(list: readonly [T, ...T[]]): T {
    return list[this.below(list.length)] ?? list[0];
  }

  isTrue(share: number): boolean {
    return this.next() < share;
  }
}

/** Texts and numbers at which programs stumble; none of them is harmful to a program that reads it as a text. */
const ODD = [
  ...[
    '',
    ' ',
    '.',
    '..',
    '/',
    '//',
    '%',
    '%00',
    '%ff',
    '\0',
    '\ud800',
    '\udc00x',
    '😀',
    'é',
    '\r\n',
    '"',
    "'",
    '\\',
  ],
  ...[
    '-1',
    '0',
    '1e999',
    'NaN',
    'null',
    'true',
    '__proto__',
    'constructor',
    'x'.repeat(300),
    '[',
    '{',
    'a,b',
    'a:b',
  ],
] as const;
const ODD_VALUES: readonly unknown[] = [
  ...[null, true, false, 0, -1, 1.5, 1e308, 5e-324, 2 ** 53, [], {}, [[]], [null]],
  ...[{ a: { b: {} } }, '', '\0', '\ud800', 'x'.repeat(3000)],
];

export const oddText = (chance: Chance): string =>
  chance.oneOf(ODD as unknown as readonly [string, ...string[]]);
export const oddValue = (chance: Chance): unknown => ODD_VALUES[chance.below(ODD_VALUES.length)];

/** The same bytes with a few of them changed, left out, doubled or cut off. */
export function mutateBytes(bytes: Buffer, chance: Chance): Buffer {
  let out = Buffer.from(bytes);
  for (let times = 1 + chance.below(4); times > 0; times -= 1) {
    const at = chance.below(out.length + 1);
    const end = Math.min(out.length, at + 1 + chance.below(16));
    switch (chance.below(5)) {
      case 0:
        if (at < out.length) out[at] = chance.below(256);
        break;
      case 1:
        out = Buffer.concat([out.subarray(0, at), out.subarray(end)]);
        break;
      case 2:
        out = Buffer.concat([out.subarray(0, end), out.subarray(at)]);
        break;
      case 3:
        out = out.subarray(0, at);
        break;
      default:
        out = Buffer.concat([out.subarray(0, at), Buffer.from(oddText(chance)), out.subarray(at)]);
    }
  }
  return out;
}

/** A JSON value with some of its members replaced, left out or added. */
export function mutateValue(value: unknown, chance: Chance, depth = 0): unknown {
  if (chance.isTrue(0.25)) return oddValue(chance);
  if (depth > 6 || typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((one) => mutateValue(one, chance, depth + 1));
  const kept = Object.entries(value)
    .filter(() => !chance.isTrue(0.1))
    .map(([key, member]) => [key, mutateValue(member, chance, depth + 1)] as const);
  const more = chance.isTrue(0.15) ? [[oddText(chance), oddValue(chance)] as const] : [];
  return Object.fromEntries([...kept, ...more]);
}
