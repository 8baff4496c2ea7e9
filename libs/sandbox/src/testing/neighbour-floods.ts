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
print((time.perf_counter() - started) * 1000)`;

/** What a well-behaved neighbour does: a fixed amount, each by a program that prints how many ms it took. */
export const NEIGHBOUR_WORK = {
  cpu: TIMED('n = 0\nfor i in range(3_000_000): n += i * i'),
  files: TIMED(`for i in range(300):
  name = f"/app/work-{i}"
  with open(name, "wb") as file:
    file.write(b"x" * 16384)
    if i % 30 == 0: os.fsync(file.fileno())
  with open(name, "rb") as file: file.read()
  os.unlink(name)`),
} as const;
export type NeighbourWork = keyof typeof NEIGHBOUR_WORK;

/** How long the work took, ms, by the clock inside. */
export async function workOf(neighbour: Sandbox, work: NeighbourWork): Promise<number> {
  const { stdout, exitCode } = await neighbour.exec(['python3', '-c', NEIGHBOUR_WORK[work]], {
    timeoutMs: 60_000,
  });
  if (exitCode !== 0) throw new RangeError(`The neighbour's ${work} work ended with ${exitCode}.`);
  return Number(stdout);
}

/** The neighbour's times by turns, ms: alone, and while the flood went on. */
export interface Compared {
  alone: Record<NeighbourWork, number[]>;
  flooded: Record<NeighbourWork, number[]>;
}

const RAMP_MS = 400;
const KINDS = Object.keys(NEIGHBOUR_WORK) as NeighbourWork[];

/**
 * Compares by turns, so that what else goes on on the host weighs on both sides alike. Each flood comes from a new sandbox, which is
 * destroyed in the middle of it.
 * @param createHostile a sandbox of its own for each round
 */
export async function compareUnderFlood(
  neighbour: Sandbox,
  createHostile: () => Promise<Sandbox>,
  flood: Flood,
  rounds: number,
): Promise<Compared> {
  const compared: Compared = { alone: { cpu: [], files: [] }, flooded: { cpu: [], files: [] } };
  const measure = async (into: Record<NeighbourWork, number[]>): Promise<void> => {
    for (const work of KINDS) into[work].push(await workOf(neighbour, work));
  };
  for (let round = 0; round < rounds; round++) {
    await measure(compared.alone);
    const hostile = await createHostile();
    const discarded: ExecOptions = { onOutput: () => undefined };
    let isFlooding = true;
    const flooding = hostile
      .exec(FLOODS[flood], discarded)
      .catch((error: unknown) => error)
      .finally(() => (isFlooding = false));
    try {
      await new Promise((resolve) => setTimeout(resolve, RAMP_MS));
      await measure(compared.flooded);
      if (!isFlooding) throw new RangeError(`The ${flood} ended before the neighbour's work.`);
    } finally {
      await hostile.destroy();
      await flooding;
    }
  }
  return compared;
}
