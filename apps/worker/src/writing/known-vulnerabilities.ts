import { minVersion, subset } from 'semver';
import { z } from 'zod';

export interface AdvisorySources {
  /** Of an npm registry, whose advisories `npm audit` asks for. */
  npm: string;
  /** Of a Python index with the JSON that `pip-audit` asks for. */
  pypi: string;
  fetch: typeof fetch;
}

/** What is known of the packages that an app asks for. */
export interface Known {
  /** One sentence each: what keeps the app from being run. */
  refused: string[];
  /** What could not be looked up, and what is known without keeping it from being run. */
  notes: string[];
}

const TIMEOUT_MS = 5_000;
const MOST_BYTES = 2 * 2 ** 20;
const GRAVE = new Set(['high', 'critical']);
const NpmSchema = z.record(
  z.string(),
  z.array(z.object({ severity: z.string(), title: z.string(), vulnerable_versions: z.string() })),
);
const PypiSchema = z.object({
  vulnerabilities: z
    .array(z.object({ id: z.string(), summary: z.string().nullish(), withdrawn: z.string().nullish() }))
    .nullish(),
});

/**
 * Known faults of the packages that package.json and requirements.txt name themselves; what these bring along is not known before it is installed. A
 * source that does not answer keeps nobody from running the app: it runs in a sandbox, and the reader is told.
 */
export async function knownVulnerabilities(
  files: readonly { path: string; content: string }[],
  sources: AdvisorySources,
): Promise<Known> {
  const contentOf = (name: string): string | undefined => files.find(({ path }) => path === name)?.content;
  const [npm, pypi] = await Promise.all([
    ofNpm(contentOf('package.json') ?? '{}', sources),
    ofPypi(contentOf('requirements.txt') ?? '', sources),
  ]);
  return { refused: [...npm.refused, ...pypi.refused], notes: [...npm.notes, ...pypi.notes] };
}

async function ofNpm(manifest: string, { npm, fetch: ask }: AdvisorySources): Promise<Known> {
  // Read by the scan before: it is JSON, and its ranges are ranges.
  const { dependencies, devDependencies } = JSON.parse(manifest) as Record<string, Record<string, string>>;
  const ranges = { ...devDependencies, ...dependencies };
  const versions = Object.entries(ranges).map(([name, range]) => [
    name,
    [minVersion(range)?.version ?? '0.0.0'],
  ]);
  if (versions.length === 0) return { refused: [], notes: [] };
  const body = JSON.stringify(Object.fromEntries(versions));
  const headers = { 'content-type': 'application/json' };
  const url = `${npm.replace(/\/$/, '')}/-/npm/v1/security/advisories/bulk`;
  const found = NpmSchema.safeParse(await answerOf(ask, url, { method: 'POST', body, headers }));
  if (!found.success) return unknown('the npm registry', Object.keys(ranges));
  const known = Object.entries(found.data).flatMap(([name, advisories]) =>
    advisories.map((one) => ({ name, range: ranges[name] ?? '', ...one })),
  );
  const said = ({ name, range, severity, title }: (typeof known)[number]): string =>
    `${name} ${range} has a known fault (${severity}): ${title.slice(0, 160)}.`;
  // A range whose newest version is mended gets that version.
  const isRefused = ({ range, severity, vulnerable_versions: faulty }: (typeof known)[number]): boolean =>
    GRAVE.has(severity) && within(range, faulty);
  return {
    refused: known.filter(isRefused).map(said),
    notes: known.filter((one) => !isRefused(one)).map(said),
  };
}

async function ofPypi(requirements: string, { pypi, fetch: ask }: AdvisorySources): Promise<Known> {
  const pins = [...requirements.matchAll(/^\s*([A-Za-z0-9][\w.-]*)(?:\[[^\]]*\])?\s*==\s*([\w.+!-]+)/gm)];
  const looked = await Promise.all(
    pins.map(async ([, name = '', version = '']) => {
      const url = `${pypi.replace(/\/$/, '')}/pypi/${encodeURIComponent(name)}/${encodeURIComponent(version)}/json`;
      return { name, version, found: PypiSchema.safeParse(await answerOf(ask, url, {})) };
    }),
  );
  const silent = looked.filter(({ found }) => !found.success).map(({ name }) => name);
  return {
    refused: looked.flatMap(({ name, version, found }) =>
      (found.data?.vulnerabilities ?? [])
        .filter(({ withdrawn }) => withdrawn == null)
        .slice(0, 3)
        .map(
          ({ id, summary }) =>
            `${name} ${version} has a known fault (${id}): ${(summary ?? '').slice(0, 160)}.`,
        ),
    ),
    notes: silent.length === 0 ? [] : unknown('the Python index', silent).notes,
  };
}

const unknown = (who: string, names: readonly string[]): Known => ({
  refused: [],
  notes: [`Known faults of ${names.slice(0, 10).join(', ')} were not looked up: ${who} did not answer.`],
});

function within(range: string, faulty: string): boolean {
  try {
    return subset(range, faulty, { includePrerelease: true });
  } catch {
    // A range that nobody can read says nothing of this version.
    return false;
  }
}

/** The JSON of an answer, or undefined for whatever is none: what an advisory source says is no more trusted than the app. */
async function answerOf(ask: typeof fetch, url: string, request: RequestInit): Promise<unknown> {
  try {
    const signal = AbortSignal.timeout(TIMEOUT_MS);
    const response = await ask(url, { ...request, signal, redirect: 'error' });
    if (!response.ok || response.body === null) return undefined;
    const chunks: Uint8Array[] = [];
    let bytes = 0;
    for await (const chunk of response.body) {
      chunks.push(chunk);
      bytes += chunk.length;
      if (bytes > MOST_BYTES) return undefined;
    }
    return JSON.parse(Buffer.concat(chunks).toString('utf8')) as unknown;
  } catch {
    // Away, too late, or no JSON: the caller tells that it was not looked up.
    return undefined;
  }
}
