import { ASSET_URL_PATTERN, assetUrlsIn, mirrorFiles, type NpmRegistry } from '@showrunner/cdn-mirror';
import { storageKeys } from '@showrunner/contracts';
import type { Sandbox } from '@showrunner/sandbox';
import type { ObjectStore } from '@showrunner/storage';
import type { Logger } from '@showrunner/telemetry';
import type { PlanDependencies } from './plan-dependencies';

const LOOK_TIMEOUT_MS = 20_000;
const MOST_OUTPUT = 200_000;
const KINDS = 'html htm xhtml css scss sass less js mjs cjs jsx ts tsx vue svelte astro ejs hbs pug njk j2 jinja jinja2 twig erb php liquid tmpl gohtml templ'; // prettier-ignore
const SKIPPED = ['node_modules', '.git', '.venv', 'venv', 'site-packages', '__pycache__'];

interface MirrorDependencies {
  store: Pick<ObjectStore, 'put' | 'head'>;
  registry: NpmRegistry;
  logger: Logger;
  signal: AbortSignal;
}

/**
 * Fetches the files of public CDNs whose addresses stand in the source, before any browser opens, and stores them with the run: from then on
 * no session asks a network for anything. An app that names none costs one look through its files. Answers one sentence a file that
 * cannot be had.
 */
async function mirrorAssets(
  { store, registry, logger, signal }: MirrorDependencies,
  sandbox: Pick<Sandbox, 'exec'>,
  runId: string,
): Promise<string[]> {
  const urls = await addressesIn(sandbox, signal);
  if (urls.length === 0) return [];
  const startedAt = Date.now();
  const { manifest, blobs } = await mirrorFiles(urls, { registry, signal });
  for (const [sha256, body] of blobs)
    if ((await store.head(storageKeys.asset(sha256))) === null)
      await store.put(storageKeys.asset(sha256), body);
  await store.put(storageKeys.assets(runId), JSON.stringify(manifest));
  const { files, missing } = manifest;
  logger.info(
    { runId, files: files.length, missing, durationMs: Date.now() - startedAt },
    'files of CDNs mirrored',
  );
  return missing
    .filter(({ key }) => urls.includes(`https://${key}`))
    .map(({ key, reason }) => `The file https://${key} of a CDN is missing in the film. ${reason}`);
}

/** As `mirrorAssets`, with what the activities of the plan pool have; nothing where the mirror is switched off. */
export const assetsOf = async (
  { store, registry, logger, signal }: PlanDependencies,
  sandbox: Pick<Sandbox, 'exec'>,
  runId: string,
): Promise<string[]> =>
  registry ? mirrorAssets({ store, registry, logger, signal: signal() }, sandbox, runId) : [];

/** A plan is filmed with the files of CDNs that it was made with, whatever the registry has by now. False when there are none. */
export async function takeOverAssets(
  store: PlanDependencies['store'],
  from: string | null,
  to: string,
): Promise<boolean> {
  if (from === null || (await store.head(storageKeys.assets(from))) === null) return false;
  if (from !== to) await store.put(storageKeys.assets(to), await store.read(storageKeys.assets(from)));
  return true;
}

/** In the sandbox, with its own tools: nothing of the source is read by us but the addresses. */
async function addressesIn(sandbox: Pick<Sandbox, 'exec'>, signal: AbortSignal): Promise<string[]> {
  const prune = SKIPPED.map((name) => `-name ${name}`).join(' -o ');
  const names = KINDS.split(' ')
    .map((kind) => `-name '*.${kind}'`)
    .join(' -o ');
  const command =
    `find /app -xdev \\( -type d \\( ${prune} \\) -prune \\) -o \\( -type f -size -4096k \\( ${names} \\) -exec grep -hoE "$PATTERN" {} + \\)` +
    ` 2>/dev/null | sort -u | head -c ${MOST_OUTPUT}`;
  const { stdout } = await sandbox.exec(command, {
    env: { PATTERN: ASSET_URL_PATTERN },
    timeoutMs: LOOK_TIMEOUT_MS,
    signal,
  });
  return assetUrlsIn(stdout);
}
