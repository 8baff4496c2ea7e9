import type { AppService } from '@showrunner/contracts';
import { because, type Draft } from '../draft';
import { COMPILER_PACKAGES } from '../runtime/debian-suites';
import { packagesOf, type ServicesFound } from './detect-services';
import { MARIADB_SOCKET } from './service-kinds';

/** Kinds of apps that find what they run on beside a database in a Debian system. */
const RUN_ON_DEBIAN: ReadonlySet<Draft['runtime']> = new Set([
  'node',
  'python',
  'java',
  'php',
  'ruby',
  'rust',
  'static',
  'go',
]);

/** A draft with the servers that its app expects beside it, in the Debian system beneath it. */
export function withServices(drafted: Draft, all: ServicesFound | undefined): Draft {
  const found = all !== undefined && drafted.hasOwnDatabase === true ? withoutDatabases(all) : all;
  const draft: Draft =
    found === undefined || found.names.length === 0 ? drafted : { ...drafted, hostNames: found.names };
  if (found === undefined) return drafted;
  if (found.services.length === 0 || !RUN_ON_DEBIAN.has(draft.runtime))
    return {
      ...draft,
      reasons: [...draft.reasons, ...found.reasons.filter(({ what }) => what !== 'environment')],
    };
  const { suite = 'trixie', packages = COMPILER_PACKAGES } = draft.system ?? {};
  const isGo =
    draft.runtime === 'go' || draft.processes?.some(({ packageManager }) => packageManager === 'go');
  const clients = Object.assign({}, ...found.services.map(clientSettings)) as Record<string, string>;
  return {
    ...draft,
    system: {
      suite,
      packages: [
        ...new Set([...packages, ...packagesOf(found.services), ...(isGo === true ? ['golang-go'] : [])]),
      ],
    },
    services: found.services,
    env: { ...clients, ...draft.env, ...found.env },
    ...(draft.processes === undefined
      ? {}
      : {
          processes: draft.processes.map((one) => ({
            ...one,
            env: { ...clients, ...one.env, ...found.env },
          })),
        }),
    reasons: [...draft.reasons, ...found.reasons],
  };
}

/** Where clients look that are given no host, or one that means a socket to them. */
function clientSettings({ kind, port }: AppService): Record<string, string> {
  if (kind === 'postgresql') return { PGHOST: '127.0.0.1', PGPORT: String(port) };
  return kind === 'mariadb' ? { MYSQL_UNIX_PORT: MARIADB_SOCKET } : {};
}

/** An app with a database of its own goes on with that: what a compose file offers for other profiles would only be waited for. */
function withoutDatabases(found: ServicesFound): ServicesFound {
  const services = found.services.filter(({ kind }) => kind === 'redis');
  if (services.length === found.services.length) return found;
  const left = because(
    'ignored',
    'It brings a database of its own, so those of its compose file are not started.',
  );
  const reasons = found.reasons.filter(({ because: text }) => !/\b(?:postgresql|mariadb)\b/.test(text));
  return { ...found, services, reasons: [...reasons, left] };
}
