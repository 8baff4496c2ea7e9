import { actFindings, clickFindings } from './act-checks';
import { captionFindings } from './caption-checks';
import type { Look, Looked } from './look.types';
import type { Finding } from './outcomes';
import type { Probe } from './probes';
import { secretFindings } from './secret-checks';
import { blackFindings, coverFindings, stateFindings, stillFindings } from './state-checks';

/** A probe with its pictures, a pair for each of its shots. */
export interface LookedAt {
  probe: Probe;
  pictures: Looked[];
}

/** What pictures say about the checks that a probe is for. */
export function findingsOf({ probe, pictures }: LookedAt, look: Look & { scale: number }): Finding[] {
  const [first] = pictures;
  const [shot] = probe.shots;
  if (first === undefined || shot === undefined) return [];
  switch (probe.kind) {
    case 'act':
      return actFindings({ ...probe, atMs: shot.atMs }, first, look);
    case 'click':
      return clickFindings({ ...probe, atMs: shot.atMs }, first, look);
    case 'state':
      return stateFindings({ ...probe, atMs: shot.atMs }, first, look);
    case 'caption':
      return captionFindings(probe, pictures, look);
    case 'cover':
      return pictures.flatMap((looked, n) =>
        coverFindings({ blur: probe.blur, atMs: probe.shots[n]?.atMs ?? 0 }, looked, look),
      );
    case 'secret':
      return pictures.flatMap(({ film }, n) =>
        secretFindings({ box: probe.box, atMs: probe.shots[n]?.atMs ?? 0 }, film, look),
      );
    case 'still':
      return stillFindings(probe, pictures);
    case 'black':
      return blackFindings(probe, first);
  }
}
