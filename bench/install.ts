import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sandboxIdOf, NODE_LIMITS, type BuildSpec } from '@showrunner/contracts';
import { detect, listingOf } from '@showrunner/build-detection';
import type { Sandbox } from '@showrunner/sandbox';
import { LocalSandboxProvider } from '@showrunner/sandbox-local';
import { FileObjectStore } from '@showrunner/storage';
import { KeptInstalls, topUpCommand, WarmInstall } from '@showrunner/warm-install';
import { durationOf, figure } from './measure/figures';
import { inScratch } from './measure/scratch';

const LOCKS = join(import.meta.dirname, '../locks');
const ROUNDS = 3;
const HOSTS = ['registry.npmjs.org', 'pypi.org', 'files.pythonhosted.org'];

/** What an install takes that was done before, against the same one done for the first time in a sandbox of its own. */
export const benchInstall = (): Promise<void> =>
  inScratch(async (home) => {
    const provider = new LocalSandboxProvider({ home: join(home, 'sandboxes') });
    const kept = new KeptInstalls(new FileObjectStore(join(home, 'objects')));
    try {
      for (const name of (await readdir(LOCKS)).sort()) await measure(provider, kept, name);
    } finally {
      for (const { id } of await provider.list()) await provider.destroy(id);
      await provider.close();
    }
  });

async function measure(provider: LocalSandboxProvider, kept: KeptInstalls, name: string): Promise<void> {
  const files = await filesOf(join(LOCKS, name));
  const buildSpec = await detect(listingOf(files));
  const { install } = buildSpec;
  if (install === null) throw new TypeError(`Nothing of ${name} would be installed.`);
  const [cold, warm, keeping]: [number[], number[], number[]] = [[], [], []];
  let packedBytes = 0;
  for (let round = 0; round < ROUNDS; round++) {
    await inSandbox(provider, files, async (sandbox) => {
      const first = await open(sandbox, buildSpec, kept);
      await kept.drop(first.key);
      cold.push(await seconds(() => run(sandbox, buildSpec, install)));
      keeping.push(await seconds(() => first.keep(install)));
      packedBytes = (await kept.find(first.key))?.bytes ?? 0;
    });
    await inSandbox(provider, files, async (sandbox) => {
      const again = async (): Promise<void> => {
        const command = await (await open(sandbox, buildSpec, kept)).restore();
        if (command === undefined) throw new TypeError(`The install of ${name} was not brought back.`);
        const left = topUpCommand(command);
        if (left !== null) await run(sandbox, buildSpec, left);
      };
      warm.push(await seconds(again));
    });
  }
  const packed = `${Math.round(packedBytes / 1e6)}MB`;
  figure(`install.${name}`, 's', warm, { what: 'cold', values: cold }, { packed });
  figure(`install.${name}.keep`, 's', keeping);
}

async function filesOf(folder: string): Promise<Record<string, string>> {
  const names = await readdir(folder);
  const read = names.map(async (name) => [name, await readFile(join(folder, name), 'utf8')] as const);
  return Object.fromEntries(await Promise.all(read));
}

const seconds = async (work: () => Promise<unknown>): Promise<number> => (await durationOf(work)) / 1000;

let made = 0;
async function inSandbox(
  provider: LocalSandboxProvider,
  files: Readonly<Record<string, string>>,
  work: (sandbox: Sandbox) => Promise<void>,
): Promise<void> {
  const sandbox = await provider.create({
    id: sandboxIdOf(`install${made++}`),
    limits: NODE_LIMITS,
    labels: {},
  });
  try {
    for (const [path, text] of Object.entries(files)) await sandbox.files.write(`/app/${path}`, text);
    await work(sandbox);
  } finally {
    await sandbox.destroy();
  }
}

/** As a build does it, but that trouble ends the measurement. */
async function open(sandbox: Sandbox, buildSpec: BuildSpec, kept: KeptInstalls): Promise<WarmInstall> {
  const opened = await WarmInstall.open({
    sandbox,
    buildSpec,
    kept,
    source: { kind: 'content' },
    image: null,
    hosts: [],
    say: () => undefined,
    warn: (error) => {
      throw error;
    },
  });
  if (opened === undefined) throw new TypeError('The install cannot be kept.');
  return opened;
}

async function run(sandbox: Sandbox, buildSpec: BuildSpec, command: string): Promise<void> {
  const { value } = await sandbox.withNetwork({ mode: 'allow', hosts: HOSTS }, () =>
    sandbox.exec(command, { env: buildSpec.env, timeoutMs: 600_000 }),
  );
  if (value.exitCode !== 0) throw new TypeError(`"${command}" failed: ${value.stderr.slice(-500)}`);
}
