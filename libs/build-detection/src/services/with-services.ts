import type { Draft } from '../draft';
import { COMPILER_PACKAGES } from '../runtime/debian-suites';
import { packagesOf, type ServicesFound } from './detect-services';

/** Kinds of apps that find what they run on beside a database in a Debian system. */
const RUN_ON_DEBIAN: ReadonlySet<Draft['runtime']> = new Set([
  'node',
  'python',
  'java',
  'php',
  'static',
  'go',
]);

/** A draft with the servers that its app expects beside it, in the Debian system beneath it. */
export function withServices(drafted: Draft, found: ServicesFound | undefined): Draft {
  const draft: Draft =
    found === undefined || found.names.length === 0 ? drafted : { ...drafted, hostNames: found.names };
  if (found === undefined) return drafted;
  if (found.services.length === 0 || !RUN_ON_DEBIAN.has(draft.runtime))
    return { ...draft, reasons: [...draft.reasons, ...found.reasons.filter(({ what }) => what === 'unmet')] };
  const { suite = 'trixie', packages = COMPILER_PACKAGES } = draft.system ?? {};
  const isGo =
    draft.runtime === 'go' || draft.processes?.some(({ packageManager }) => packageManager === 'go');
  return {
    ...draft,
    system: {
      suite,
      packages: [
        ...new Set([...packages, ...packagesOf(found.services), ...(isGo === true ? ['golang-go'] : [])]),
      ],
    },
    services: found.services,
    env: { ...draft.env, ...found.env },
    ...(draft.processes === undefined
      ? {}
      : { processes: draft.processes.map((one) => ({ ...one, env: { ...one.env, ...found.env } })) }),
    reasons: [...draft.reasons, ...found.reasons],
  };
}
