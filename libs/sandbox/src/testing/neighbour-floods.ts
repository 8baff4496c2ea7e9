import type { ExecOptions, Sandbox } from '../sandbox.types';

/** What a hostile sandbox does to those beside it, for as long as it lives: lines for its shell. */
export const FLOODS = {
  'fork-bomb': `exec python3 -c '
import os
while True:
  try: os.fork()
  except OSError: pass'`,
  'cpu-burner': `for n in 1 2 3 4 5 6 7 8; do sh -c 'while :; do :; done' & done; wait`,
  'disk-filler': `while :; do dd if=/dev/zero of=/app/fill bs=1M conv=fsync; rm -f /app/fill; done 2>/dev/null`,
  'output-flood': 'exec yes flood',
} as const;
export type Flood = keyof typeof FLOODS;

const TIMED = (work: string): string => `
import os, time
started = time.perf_counter()
${work}
print((time.perf_counter() - started) * 1000, time.process_time() * 1000)`;

/** What a well-behaved neighbour does: a fixed amount, each by a program that prints how many ms it took, and how many of them it had a processor. */
const PROGRAMS = {
  cpu: TIMED('n = 0\nfor i in range(3_000_000): n += i * i'),
  files: TIMED(`for i in range(300):
  name = f"/app/work-{i}"
  with open(name, "wb") as file:
    file.write(b"x" * 16384)
    if i % 30 == 0: os.fsync(file.fileno())
  with open(name, "rb") as file: file.read()
  os.unlink(name)`),
} as const;

/** `start`: a command that does nothing, from outside, as the platform waits for it. */
export type NeighbourWork = keyof typeof PROGRAMS | 'start';
export const NEIGHBOUR_WORK: readonly NeighbourWork[] = ['start', 'cpu', 'files'];

/** How long the work took, ms, and for how much of it the neighbour had a processor. */
async function workOf(neighbour: Sandbox, work: NeighbourWork): Promise<{ took: number; ran: number }> {
  const started = performance.now();
  const argv = work === 'start' ? ['true'] : ['python3', '-c', PROGRAMS[work]];
  const { stdout, exitCode } = await neighbour.exec(argv, { timeoutMs: 60_000 });
  if (exitCode !== 0) throw new RangeError(`The neighbour's ${work} work ended with ${exitCode}.`);
  const [took = NaN, ran = NaN] = stdout.trim().split(' ').map(Number);
  return work === 'start' ? { took: performance.now() - started, ran: NaN } : { took, ran };
}

/** The neighbour's times, ms: while the flood of each round went on, and alone, before and after it (the mean of both). */
export interface Compared {
  times: Record<NeighbourWork, { alone: number[]; flooded: number[] }>;
  /** What the rest of the host was like: how many times as long the alone neighbour's CPU-bound work took as it ran; 1 is quiet. */
  crowding: number[];
}

type Times = Record<NeighbourWork, number> & { crowding: number };
const RAMP_MS = 400;

async function measure(neighbour: Sandbox): Promise<Times> {
  const start = await workOf(neighbour, 'start');
  const cpu = await workOf(neighbour, 'cpu');
  const files = await workOf(neighbour, 'files');
  return { start: start.took, cpu: cpu.took, files: files.took, crowding: cpu.took / cpu.ran };
}

async function measureBeside(neighbour: Sandbox, hostile: Sandbox, flood: Flood): Promise<Times> {
  const discarded: ExecOptions = { onOutput: () => undefined };
  let isFlooding = true;
  const flooding = hostile
    .exec(FLOODS[flood], discarded)
    .catch((error: unknown) => error)
    .finally(() => (isFlooding = false));
  try {
    await new Promise((resolve) => setTimeout(resolve, RAMP_MS));
    const times = await measure(neighbour);
    if (!isFlooding) throw new RangeError(`The ${flood} ended before the neighbour's work.`);
    return times;
  } finally {
    await hostile.destroy();
    await flooding;
  }
}

/**
 * Compares by turns, alone, flooded, alone, flooded, alone, so that what else goes on on the host, and grows or goes meanwhile, weighs on
 * both sides alike. Each flood comes from a new sandbox, which is destroyed in the middle of it.
 * @param createHostile a sandbox of its own for each round
 */
export async function compareUnderFlood(
  neighbour: Sandbox,
  createHostile: () => Promise<Sandbox>,
  flood: Flood,
  rounds: number,
): Promise<Compared> {
  const times: Compared['times'] = {
    start: { alone: [], flooded: [] },
    cpu: { alone: [], flooded: [] },
    files: { alone: [], flooded: [] },
  };
  const crowding: number[] = [];
  let before = await measure(neighbour);
  for (let round = 0; round < rounds; round++) {
    const flooded = await measureBeside(neighbour, await createHostile(), flood);
    const after = await measure(neighbour);
    for (const work of NEIGHBOUR_WORK) {
      times[work].alone.push((before[work] + after[work]) / 2);
      times[work].flooded.push(flooded[work]);
    }
    crowding.push((before.crowding + after.crowding) / 2);
    before = after;
  }
  return { times, crowding };
}

export function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
}

/** How many times as long the work took beside the flood: the median of the rounds' ratios, which one odd round does not move. */
export function slowdown({ alone, flooded }: Compared['times'][NeighbourWork]): number {
  return median(flooded.map((time, round) => time / (alone[round] ?? NaN)));
}
