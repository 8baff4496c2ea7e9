import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { repositoryRoot } from '../tooling/paths.mjs';

const SLOW_MS = 120_000;
const env = { ...process.env, NX_DAEMON: 'false', NODE_OPTIONS: '' };

/** A file, which need not exist, and what it imports. */
interface Import {
  what?: string;
  file: string;
  imported: string;
  rule?: string;
  /** Imported when it is needed only; what some file loads so must be loaded so by all. */
  lazily?: boolean;
}

/** Lints in a process of its own: jest's module system is not the one that the rules expect. */
const linter = `
  import { text } from 'node:stream/consumers';
  import { ESLint } from 'eslint';
  const eslint = new ESLint({ overrideConfigFile: 'eslint.boundaries.config.mjs' });
  const results = [];
  for (const { file, imported, lazily } of JSON.parse(await text(process.stdin))) {
    const code = lazily
      ? "export const { x } = await import('" + imported + "');\\n"
      : "import { x } from '" + imported + "';\\nexport const y = x;\\n";
    const [result] = await eslint.lintText(code, { filePath: file });
    results.push(result.messages.map(({ ruleId, message }) => ruleId ?? message));
  }
  console.log(JSON.stringify(results));
`;

/** Names of the rules that each import breaks. */
function rulesBrokenBy(imports: readonly Import[]): string[][] {
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', linter], {
    cwd: repositoryRoot,
    env,
    input: JSON.stringify(imports),
    encoding: 'utf8',
  });
  const line = stdout.trim().split('\n').at(-1) ?? '';
  if (!line.startsWith('[')) throw new Error(`eslint said: ${stdout}${stderr}`);
  return JSON.parse(line) as string[][];
}

const packages = '@nx/enforce-module-boundaries';
const names = 'no-restricted-imports';
const mcp = '@modelcontextprotocol/sdk/client/index.js';

const refused: (Import & { rule: string })[] = [
  {
    what: 'a library that imports an app',
    file: 'libs/media/src/x.ts',
    imported: '@showrunner/worker-app',
    rule: packages,
  },
  {
    what: 'a library that imports another it does not know',
    file: 'libs/planner/src/x.ts',
    imported: '@showrunner/database',
    rule: packages,
  },
  {
    what: 'contracts that import a library',
    file: 'libs/contracts/src/x.ts',
    imported: '@showrunner/config',
    rule: packages,
  },
  {
    what: 'an app that imports another app',
    file: 'apps/gateway/src/x.ts',
    imported: '@showrunner/worker-app',
    rule: packages,
  },
  {
    what: 'a server that imports another app than the services',
    file: 'apps/server/src/x.ts',
    imported: '@showrunner/worker-app',
    rule: packages,
  },
  {
    what: 'a way past the index of a library',
    file: 'apps/worker/src/x.ts',
    imported: '../../../libs/media/src/index',
    rule: packages,
  },
  {
    what: 'a workflow that imports a library',
    file: 'workflows/src/x.ts',
    imported: '@showrunner/storage',
    rule: packages,
  },
  { what: 'a workflow that does I/O', file: 'workflows/src/x.ts', imported: 'node:fs', rule: names },
  {
    what: 'a workflow that imports Nest',
    file: 'workflows/src/x.ts',
    imported: '@nestjs/common',
    rule: names,
  },
  {
    what: 'the S3 SDK outside of storage',
    file: 'apps/worker/src/x.ts',
    imported: '@aws-sdk/client-s3',
    rule: names,
  },
  {
    what: 'a browser driver outside of browser',
    file: 'libs/planner/src/x.ts',
    imported: 'playwright-core',
    rule: names,
  },
  { what: 'the MCP SDK outside of browser', file: 'apps/worker/src/x.ts', imported: mcp, rule: names },
  {
    what: 'Prisma outside of database',
    file: 'apps/project/src/x.ts',
    imported: '@prisma/client',
    rule: names,
  },
  ...['local', 'docker', 'daytona', 'e2b'].flatMap((name) => {
    const imported = `@showrunner/sandbox-${name}`;
    return [
      { what: `an app that imports ${name}`, file: 'apps/worker/src/x.ts', imported, rule: packages },
      { what: `${name} by its interface`, file: 'libs/sandbox/src/x.ts', imported, rule: packages },
      ...['local', 'docker', 'daytona', 'e2b'].flatMap((other) => {
        const what = `a provider that imports another`;
        const at = (file: string) => ({
          what,
          file: `libs/sandbox-${other}/src/${file}`,
          imported,
          rule: packages,
        });
        return other === name ? [] : [at('x.ts'), at('testing/x.ts'), at('x.test.ts')];
      }),
    ];
  }),
  {
    what: 'a way to test sandboxes',
    file: 'libs/source/src/x.ts',
    imported: '@showrunner/sandbox-testing',
    rule: packages,
  },
  { what: 'an SDK of a cloud', file: 'libs/sandbox-providers/src/x.ts', imported: 'e2b', rule: names },
  {
    what: 'an SDK of a cloud',
    file: 'libs/sandbox-docker/src/x.ts',
    imported: '@daytonaio/sdk',
    rule: names,
  },
];

const allowed: Import[] = [
  { file: 'apps/worker/src/x.test.ts', imported: '@showrunner/sandbox-local' },
  { file: 'apps/worker/src/x.ts', imported: '@showrunner/sandbox-providers' },
  { file: 'libs/sandbox-providers/src/x.ts', imported: '@showrunner/sandbox-e2b', lazily: true },
  { file: 'apps/server/src/x.ts', imported: '@showrunner/gateway-app' },
  { file: 'libs/sandbox-e2b/src/x.ts', imported: 'e2b' },
  { file: 'libs/sandbox-e2b/src/testing/x.ts', imported: '@showrunner/sandbox-testing' },
  { file: 'apps/worker/src/x.ts', imported: '@showrunner/media' },
  { file: 'libs/storage/src/x.ts', imported: '@aws-sdk/client-s3' },
  { file: 'libs/browser/src/x.ts', imported: 'playwright-core' },
  { file: 'libs/database/src/x.ts', imported: '@prisma/client' },
  { file: 'workflows/src/x.ts', imported: '@temporalio/workflow' },
  { file: 'workflows/src/x.ts', imported: '@showrunner/contracts' },
  { file: 'libs/events/src/x.ts', imported: '@showrunner/database' },
];

describe('boundaries', () => {
  let broken: string[][] = [];

  beforeAll(() => {
    // Without a project graph the rule between packages is silently off.
    const nx = join(repositoryRoot, 'node_modules/nx/dist/bin/nx.js');
    const { status } = spawnSync(process.execPath, [nx, 'show', 'projects'], { cwd: repositoryRoot, env });
    expect(status).toBe(0);
    broken = rulesBrokenBy([...refused, ...allowed]);
  }, SLOW_MS);

  test('refuse what must not be imported', () => {
    expect(refused.filter(({ rule }, index) => !broken[index]?.includes(rule))).toEqual([]);
  });

  test('let through what may be imported', () => {
    expect(allowed.filter((_, index) => broken[refused.length + index]?.length !== 0)).toEqual([]);
  });
});
