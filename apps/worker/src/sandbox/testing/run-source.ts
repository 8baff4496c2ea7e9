import { AppError, type BuildSpec } from '@showrunner/contracts';
import type { DebianSystems } from '@showrunner/runtimes';
import type { SandboxTestBench } from '../sandbox-test-bench';
import { sharedRuntimes } from '../shared-runtimes';
import { pictureOf } from './picture';

const GIB = 1024 ** 3;
const LIMITS = { cpus: 2, memoryBytes: 4 * GIB, diskBytes: 6 * GIB };

export interface SourceOutcome {
  name: string;
  /** Undefined where detection already said no. */
  plan?: BuildSpec | undefined;
  /** Path of the page that showed, with its port. */
  page?: string | undefined;
  failure?: { code: string; message: string; remedy: string } | undefined;
  /** From the upload to the page, or to the failure. */
  seconds: number;
}

/**
 * Takes a folder of this host through the product's own build: fetched into a sandbox, detected, installed, set up, started, looked at.
 * @param picture file for a picture of its page, with the browser that makes it
 */
export async function runSource(
  bench: SandboxTestBench,
  { folder, name, subdir }: { folder: string; name: string; subdir?: string | undefined },
  { systems, picture }: { systems: DebianSystems; picture?: { file: string; chromium: string } | undefined },
): Promise<SourceOutcome> {
  const started = performance.now();
  const seconds = (): number => Math.round((performance.now() - started) / 1000);
  const runtimes = sharedRuntimes(bench.provider, { NPM_REGISTRY_URL: 'https://registry.npmjs.org' });
  const activities = bench.activities({}, [], { runtimes, systems });
  const build = await bench.create(LIMITS);
  const { ref, buildId, projectId } = build;
  let plan: BuildSpec | undefined;
  try {
    const source = await bench.uploadFolder(folder, name);
    await activities.fetchSource({ ...ref, projectId, source });
    plan = await activities.detectBuild({ ...ref, buildId, subdir, overrides: {} });
    await activities.installApp({ ...ref, buildId, buildSpec: plan });
    const app = await activities.startApp({ ...ref, buildId, projectId, buildSpec: plan });
    const found = { name, plan, page: `:${app.port}${app.path}`, seconds: seconds() };
    if (picture !== undefined) {
      const { sandbox } = build;
      await pictureOf(sandbox, app, picture).catch(() => console.error(`${name}: no picture`));
    }
    return found;
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const { code, message, remedy } = error;
    return { name, plan, failure: { code, message, remedy: remedy ?? '' }, seconds: seconds() };
  } finally {
    await bench.provider.destroy(ref.sandboxId);
  }
}
