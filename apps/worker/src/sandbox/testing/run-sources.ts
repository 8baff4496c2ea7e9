import { appendFile, mkdir, symlink } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { DebianSystems } from '@showrunner/runtimes';
import { SandboxTestBench } from '../sandbox-test-bench';
import { runSource, type SourceOutcome } from './run-source';

/**
 * `npm run sources -- <folder>[:<subdir>]... [--pictures <folder>] [--systems <folder>] [--json <file>]`: builds and runs each source in a sandbox as a
 * film would, without platform and film, and says what came of it; for work on detection and builds.
 */
export async function main(args: readonly string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      pictures: { type: 'string' },
      systems: { type: 'string', default: '.showrunner/debian-systems' },
      json: { type: 'string' },
      chromium: { type: 'string', default: '/usr/bin/chromium' },
    },
  });
  const bench = await SandboxTestBench.start();
  try {
    const kept = resolve(values.systems);
    const place = bench.provider.systems?.folder ?? join(kept, 'unused');
    await Promise.all([kept, dirname(place)].map((folder) => mkdir(folder, { recursive: true })));
    await symlink(kept, place);
    const systems = new DebianSystems({ folder: place, mirrorUrl: 'http://deb.debian.org/debian' });
    if (values.pictures !== undefined) await mkdir(values.pictures, { recursive: true });
    for (const text of positionals) {
      const [folder = '', subdir] = text.split(':');
      const name = `${basename(resolve(folder))}${subdir === undefined ? '' : `-${subdir.replaceAll('/', '-')}`}`;
      const picture =
        values.pictures === undefined
          ? undefined
          : { file: resolve(values.pictures, `${name}.png`), chromium: values.chromium };
      const outcome = await runSource(bench, { folder, name, subdir }, { systems, picture });
      console.log(lineOf(outcome));
      if (values.json !== undefined) await appendFile(values.json, `${JSON.stringify(outcome)}\n`);
    }
  } finally {
    await bench.stop();
  }
}

function lineOf({ name, plan, page, failure, seconds }: SourceOutcome): string {
  const beside = [...(plan?.services ?? []), ...(plan?.processes ?? [])].map((one) =>
    'kind' in one ? one.kind : one.name,
  );
  const stack =
    plan === undefined
      ? '-'
      : `${plan.framework} in ${plan.dir === '' ? 'the root' : plan.dir}${beside.length > 0 ? ` with ${beside.join(', ')}` : ''}`;
  const end =
    page === undefined
      ? `${failure?.code ?? ''}: ${failure?.message ?? ''} ${failure?.remedy ?? ''}`
      : `runs at ${page}`;
  return `${name} | ${stack} | ${seconds} s | ${end}`;
}
