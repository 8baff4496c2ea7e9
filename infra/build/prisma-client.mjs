import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { contentHash } from '../tooling/content-hash.mjs';
import { repositoryRoot } from '../tooling/paths.mjs';
import { runCommand } from '../tooling/run-command.mjs';
import { readStamp, writeStamp } from '../tooling/stamps.mjs';

const schema = join(repositoryRoot, 'prisma/schema.prisma');
const generated = join(repositoryRoot, 'libs/database/src/generated');

/**
 * Generates the Prisma client unless schema and version are unchanged.
 * @returns {Promise<'built' | 'unchanged' | 'absent'>} `absent` when there is no schema
 */
export async function generatePrismaClient() {
  if (!existsSync(schema)) return 'absent';
  const hash = contentHash([
    schema,
    join(repositoryRoot, 'prisma.config.ts'),
    join(repositoryRoot, 'node_modules/prisma/package.json'),
  ]);
  const stamp = /** @type {{ hash: string } | undefined} */ (readStamp('build-prisma'));
  if (stamp?.hash === hash && existsSync(generated)) return 'unchanged';
  await runCommand(
    process.execPath,
    [join(repositoryRoot, 'node_modules/prisma/build/index.js'), 'generate'],
    {
      cwd: repositoryRoot,
      // Generating needs no schema engine; naming any executable keeps the CLI from downloading one.
      env: {
        ...process.env,
        PRISMA_SCHEMA_ENGINE_BINARY: '/bin/true',
        PRISMA_HIDE_UPDATE_MESSAGE: '1',
        CHECKPOINT_DISABLE: '1',
      },
    },
  );
  writeStamp('build-prisma', { hash });
  return 'built';
}
