import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * The name by which a provider's account tells the sandboxes of this platform from those of others; made once for a data folder. Platforms
 * on several hosts share one by setting it.
 */
export async function installationName(home: string): Promise<string> {
  const file = join(home, 'installation');
  await mkdir(home, { recursive: true });
  try {
    await writeFile(file, `sr-${randomBytes(5).toString('hex')}`, { flag: 'wx', mode: 0o600 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  return (await readFile(file, 'utf8')).trim();
}
