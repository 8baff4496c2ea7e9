import { build, type Plugin } from 'esbuild';
import { spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const TOOLING = new URL('../../../../infra/tooling/bundle-program.mjs', import.meta.url);

export interface RunOptions {
  /** The process is killed when this shows up in its output. */
  until?: string;
  uid?: number;
  /** Argv that the process is started through, e.g. `unshare -n`. */
  within?: readonly string[];
  /** The process is killed after this long; default 20 s. */
  limitMs?: number;
}

/** Runs a script with the lib bundled as the apps bundle it, in a process of its own; resolves with its output. */
export async function runBundled(
  script: string,
  { until, uid, within = [], limitMs = 20_000 }: RunOptions = {},
): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'bundled-'));
  try {
    const entry = fileURLToPath(new URL('../local.provider.ts', import.meta.url));
    await build({
      stdin: {
        contents: `import { LocalSandboxProvider } from ${JSON.stringify(entry)};\n${script}`,
        resolveDir: folder,
      },
      bundle: true,
      plugins: [await programs()],
      platform: 'node',
      format: 'esm',
      outfile: join(folder, 'main.mjs'),
      logLevel: 'error',
      nodePaths: [fileURLToPath(new URL('../../../../node_modules', import.meta.url))],
    });
    chmodSync(folder, 0o755);
    const [file = process.execPath, ...args] = [...within, process.execPath, join(folder, 'main.mjs')];
    const child = spawn(file, args, {
      stdio: ['ignore', 'pipe', 'inherit'],
      uid,
      gid: uid,
      cwd: '/',
    });
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      if (until !== undefined && output.includes(until)) child.kill('SIGKILL');
    });
    const limit = setTimeout(() => child.kill('SIGKILL'), limitMs);
    await new Promise((resolve) => child.once('exit', resolve));
    clearTimeout(limit);
    return output;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** How the apps are bundled takes programs of other languages as text. */
async function programs(): Promise<Plugin> {
  const { programPlugin } = (await import(TOOLING.href)) as { programPlugin(): Plugin };
  return programPlugin();
}
