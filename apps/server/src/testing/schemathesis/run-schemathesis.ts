import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pythonTool } from '@showrunner/service/testing';

/** https://schemathesis.readthedocs.io, from PyPI. */
const VERSION = '4.32.5';

/** An answer that does not keep what the document promises. */
export interface Finding {
  /** Method and path. */
  operation: string;
  /** What check it fails, in Schemathesis's words. */
  check: string;
  text: string;
}

/**
 * Asks a server what its OpenAPI document describes, in many ways, right and wrong ones, and holds every answer against the document.
 * @param config text of `schemathesis.toml`
 * @param args options of `st run`
 * @returns what was not as described, and how many requests were made
 */
export async function runSchemathesis(
  document: string,
  url: string,
  config: string,
  args: readonly string[],
): Promise<{ findings: Finding[]; requests: number }> {
  const program = join(await pythonTool('schemathesis', VERSION), 'st');
  const folder = await mkdtemp(join(tmpdir(), 'showrunner-schemathesis-'));
  try {
    await writeFile(join(folder, 'schemathesis.toml'), config);
    const output = await outputOf(program, folder, [
      ...['--config-file', 'schemathesis.toml', 'run', document, '--url', url, '--no-color'],
      ...['--continue-on-failure', ...args],
    ]);
    // A run that broke off has no count of its cases.
    const requests = Number(/(\d+) generated/.exec(output)?.[1] ?? 0);
    return { findings: findingsOf(output), requests };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Sections are headed `____ METHOD path ____`, below the line `==== FAILURES ====` or `==== ERRORS ====`. */
function findingsOf(output: string): Finding[] {
  const told = /^=+ (?:ERRORS|FAILURES) =+$(.*?)^=+ (?:WARNINGS|SUMMARY) =+$/ms.exec(output)?.[1] ?? '';
  return [...told.matchAll(/^_+ (\S+ \S+) _+$(.*?)(?=^_+ \S+ \S+ _+$|(?![^]))/gms)].map(
    ([, operation = '', text = '']) => ({
      operation,
      check: /^- (.+)$/m.exec(text)?.[1] ?? text.trim().split('\n')[0] ?? '',
      text: text.trim().slice(0, 1500),
    }),
  );
}

function outputOf(program: string, cwd: string, args: readonly string[]): Promise<string> {
  const child = spawn(program, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => (output = (output + text).slice(-400_000)));
  return new Promise((done, fail) => {
    child.once('error', fail);
    child.once('close', () => done(output));
  });
}
