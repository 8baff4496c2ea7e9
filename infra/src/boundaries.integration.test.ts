import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { repositoryRoot } from '../tooling/paths.mjs';

const env = { ...process.env, NX_DAEMON: 'false', NODE_OPTIONS: '' };

/** Names of the rules that an import would break in a file at this place, which need not exist. */
function rulesBrokenBy(code: string, file: string): string[] {
  const eslint = join(repositoryRoot, 'node_modules/eslint/bin/eslint.js');
  const args = [
    '-c',
    'eslint.boundaries.config.mjs',
    '--stdin',
    '--stdin-filename',
    file,
    '--format',
    'json',
  ];
  const { stdout, stderr } = spawnSync(process.execPath, [eslint, ...args], {
    cwd: repositoryRoot,
    env,
    input: code,
    encoding: 'utf8',
  });
  if (!stdout.startsWith('[')) throw new Error(`eslint said: ${stdout}${stderr}`);
  const [result] = JSON.parse(stdout) as { messages: { ruleId: string | null; message: string }[] }[];
  return (result?.messages ?? []).map(({ ruleId, message }) => ruleId ?? message);
}

const packages = '@nx/enforce-module-boundaries';
const names = 'no-restricted-imports';

describe('boundaries', () => {
  beforeAll(() => {
    const nx = join(repositoryRoot, 'node_modules/nx/dist/bin/nx.js');
    spawnSync(process.execPath, [nx, 'show', 'projects'], { cwd: repositoryRoot, env });
  }, 120_000);

  test.each([
    ['a library that imports an app', 'libs/media/src/x.ts', '@showrunner/worker-app', packages],
    [
      'a library that imports another it does not know',
      'libs/planner/src/x.ts',
      '@showrunner/database',
      packages,
    ],
    ['contracts that import a library', 'libs/contracts/src/x.ts', '@showrunner/config', packages],
    ['an app that imports another app', 'apps/gateway/src/x.ts', '@showrunner/worker-app', packages],
    [
      'a way into a library past its index',
      'apps/worker/src/x.ts',
      '../../../libs/media/src/index',
      packages,
    ],
    ['a workflow that imports a library', 'workflows/src/x.ts', '@showrunner/storage', packages],
    ['a workflow that does I/O', 'workflows/src/x.ts', 'node:fs', names],
    ['a workflow that imports Nest', 'workflows/src/x.ts', '@nestjs/common', names],
    ['the S3 SDK outside of storage', 'apps/worker/src/x.ts', '@aws-sdk/client-s3', names],
    ['a browser driver outside of browser', 'libs/planner/src/x.ts', 'playwright-core', names],
    [
      'the MCP SDK outside of browser',
      'apps/worker/src/x.ts',
      '@modelcontextprotocol/sdk/client/index.js',
      names,
    ],
    ['Prisma outside of database', 'apps/project/src/x.ts', '@prisma/client', names],
  ])(
    'refuse %s',
    (_what, file, imported, rule) => {
      expect(rulesBrokenBy(`import { x } from '${imported}';\nexport const y = x;\n`, file)).toContain(rule);
    },
    30_000,
  );

  test.each([
    ['apps/worker/src/x.ts', '@showrunner/media'],
    ['libs/storage/src/x.ts', '@aws-sdk/client-s3'],
    ['libs/browser/src/x.ts', 'playwright-core'],
    ['libs/database/src/x.ts', '@prisma/client'],
    ['workflows/src/x.ts', '@temporalio/workflow'],
    ['workflows/src/x.ts', '@showrunner/contracts'],
    ['libs/events/src/x.ts', '@showrunner/database'],
  ])(
    'let %s import %s',
    (file, imported) => {
      expect(rulesBrokenBy(`import { x } from '${imported}';\nexport const y = x;\n`, file)).toEqual([]);
    },
    30_000,
  );
});
