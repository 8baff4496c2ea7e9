import { sourceAccess, storageKeys, type SandboxActivities } from '@showrunner/contracts';
import { detect } from '@showrunner/build-detection';
import { destroySandbox } from '@showrunner/sandbox-life';
import { fetchSource } from '@showrunner/source';
import { collectListing } from './collect-listing';
import { createSandbox } from './create-sandbox';
import { DEFAULT_TIMEOUTS, beating, type SandboxDependencies } from './dependencies';
import { installApp } from './install-app';
import { liveSandbox } from '../live-sandbox';
import { withOwnEnvironment, withoutSecrets } from './own-environment';
import { storeChanges } from './store-changes';
import { withReleases } from './shared-runtimes';
import { resetApp, startApp } from './start-app';

/** Activities of the sandbox pool: from a source to a running app, and back to nothing. */
export const createSandboxActivities = (deps: SandboxDependencies): SandboxActivities => ({
  createSandbox: (input) => createSandbox(deps, input),

  async fetchSource(input) {
    const sandbox = await liveSandbox(deps.provider, input.sandboxId);
    const opened = await deps.database.projects.openSourceToken(input.projectId);
    const access = sourceAccess(opened);
    const fetch = () =>
      fetchSource(sandbox, input.source, {
        ...access,
        timeoutMs: deps.timeouts?.fetchMs ?? DEFAULT_TIMEOUTS.fetchMs,
        signal: deps.signal(),
        privateHosts: deps.config.SOURCE_ALLOWED_HOSTS,
        openArchive: async (key) => (await deps.store.get(key)).stream,
      });
    // A key has lines, each of which is as secret.
    const secrets = opened?.split('\n').filter((line) => !line.startsWith('-----')) ?? [];
    const fetched = await beating(deps, 'fetching the source', () => withoutSecrets(secrets, fetch));
    const { changes, source } = input;
    if (changes === undefined || source.kind !== 'git') return fetched;
    const forkPoint = await beating(deps, 'looking at what changed', () =>
      withoutSecrets(secrets, () => storeChanges(deps, sandbox, { ...changes, source, access })),
    );
    return { ...fetched, ...(forkPoint !== null && { forkPoint }) };
  },

  async detectBuild(input) {
    const sandbox = await liveSandbox(deps.provider, input.sandboxId);
    const { listing, runtimes: own } = await collectListing(sandbox, deps.signal(), input.subdir);
    const runtimes = await withReleases(deps, listing, own);
    const buildsDockerfiles = deps.provider.capabilities.dockerfile;
    const { subdir, overrides } = input;
    const buildSpec = await detect(listing, { subdir, overrides, runtimes, buildsDockerfiles });
    await deps.database.builds.setBuildSpec(input.buildId, buildSpec);
    return buildSpec;
  },

  installApp: (input) => withOwnEnvironment(deps, input, (full, mask) => installApp(deps, full, mask)),
  startApp: (input) => withOwnEnvironment(deps, input, (full) => startApp(deps, full)),
  resetApp: (input) => withOwnEnvironment(deps, input, (full) => resetApp(deps, full)),
  async destroySandbox(input) {
    await destroySandbox({ ...deps, providerOf: () => Promise.resolve(deps.provider) }, input);
    const buildId = (await deps.database.sandboxes.find(input.sandboxId))?.buildId;
    // Left by a build that was stopped or failed while it made its image.
    if (buildId != null) await deps.store.delete(storageKeys.buildContext(buildId));
  },
});
