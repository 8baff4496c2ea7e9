import type { ActionRecord, Feature } from '@showrunner/contracts';

/** Kinds that only show what is there: doing it again changes nothing. */
const SHOWS = new Set<Feature['kind']>(['navigate', 'search', 'filter', 'open']);

const refusedByServer = ({ evidence = [] }: ActionRecord): boolean =>
  evidence.some(({ kind, bearing }) => kind === 'request' && bearing === 'against');
const acceptedByServer = ({ evidence = [] }: ActionRecord): boolean =>
  evidence.some(({ kind, bearing }) => kind === 'request' && bearing === 'for');

/**
 * Whether a feature that failed may be filmed once more from a clean page: an app may fail once. Not where it goes on from another one, where the
 * page itself said no, where it went round in a circle, where nobody knows what to act on, nor where doing it again could do it twice.
 * @param actions what was done of it, the failed one last
 */
export function mayFilmAgain(
  { kind, startPath }: Pick<Feature, 'kind' | 'startPath'>,
  actions: readonly ActionRecord[],
): boolean {
  const failed = actions[actions.length - 1];
  if (startPath === null || failed === undefined) return false;
  if (failed.loop === true || failed.decision?.outcome === 'missing') return false;
  if (failed.verdict === 'refuted' && !refusedByServer(failed)) return false;
  if (actions.some(acceptedByServer)) return false;
  // What changes something and was carried out may have done so, unless its server has refused it.
  return SHOWS.has(kind) || failed.tool === 'none' || refusedByServer(failed);
}
