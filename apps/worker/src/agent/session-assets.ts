import type { SessionAssets } from '@showrunner/browser';
import { MirroredAssets, MirrorManifestSchema } from '@showrunner/cdn-mirror';
import { storageKeys } from '@showrunner/contracts';
import type { ObjectStore } from '@showrunner/storage';

/** Files of CDNs that were fetched for this run; undefined when there are none. */
export async function sessionAssets(
  store: Pick<ObjectStore, 'head' | 'read'>,
  runId: string,
): Promise<SessionAssets | undefined> {
  const key = storageKeys.assets(runId);
  if ((await store.head(key)) === null) return undefined;
  const manifest = MirrorManifestSchema.parse(JSON.parse((await store.read(key)).toString('utf8')));
  return new MirroredAssets(manifest, (sha256) => store.read(storageKeys.asset(sha256)));
}
