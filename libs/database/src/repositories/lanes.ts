/** What a sandbox is for, as far as it matters how many there are at a time. */
export type Lane = 'film' | 'build' | 'request';

export interface LaneOf {
  purpose: string;
  runId: string | null;
  /** Set once a sandbox of a build is kept: then nobody works on it. */
  idleTimeoutMs: number | null;
}

/** Sandboxes of runs and of builds of their own, as long as they are being worked on; all others are asked for by requests. */
export function laneOf({ purpose, runId, idleTimeoutMs }: LaneOf): Lane {
  if (purpose !== 'build' || idleTimeoutMs !== null) return 'request';
  return runId === null ? 'build' : 'film';
}

/** Most of each at a time; absent: no bound beside that of all places. */
export type LaneBounds = Partial<Record<Lane, number>>;

/**
 * Who of the waiting may go on: in their order, as many as there are places, each lane within its own bound. A lane that is full keeps no
 * other waiting. Pure.
 * @param order of those that wait
 */
export function withinLanes<Request>(
  order: readonly Request[],
  free: number,
  {
    laneOfRequest,
    held,
    most,
  }: {
    laneOfRequest: (request: Request) => Lane;
    held: Readonly<Record<Lane, number>>;
    most: LaneBounds;
  },
): Request[] {
  const count = { ...held };
  const chosen: Request[] = [];
  for (const request of order) {
    if (chosen.length >= free) break;
    const lane = laneOfRequest(request);
    if (count[lane] >= (most[lane] ?? Number.POSITIVE_INFINITY)) continue;
    count[lane] += 1;
    chosen.push(request);
  }
  return chosen;
}
