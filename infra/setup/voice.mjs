import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { join, relative } from 'node:path';
import { findTool, isFound } from '../../libs/config/src/tool-resolution.mjs';
import { goBin, toolsBin, toolsFolder } from '../tooling/paths.mjs';
import { runCommand } from '../tooling/run-command.mjs';

/** Holds its model, dictionary and voice in its wheel (14 MB); what it needs else are the two libraries below. */
const packages = ['hibari-tts==0.2.1', 'onnxruntime>=1.20,<2', 'numpy>=1.26,<3'];

/**
 * Makes sure there is a voice for English films. Where it cannot be had, set-up goes on: films are made without it, or by eSpeak NG.
 * @param {(detail: string) => void} report
 * @returns {Promise<import('./steps.mjs').StepResult>}
 */
export async function installVoice(report) {
  const found = findTool('hibari', { env: process.env, cacheFolders: [toolsBin, goBin] });
  if (isFound(found)) return { changed: false, summary: `already at ${found.path}` };
  const python = findTool('python3', { env: process.env });
  try {
    if (!isFound(python)) throw new Error(python.reason);
    report(`pip install ${packages[0]}`);
    await installInto(python.path, report);
    return { changed: true, summary: `${packages[0]} in ${join(toolsBin, 'hibari')}` };
  } catch (error) {
    const why = error instanceof Error ? error.message.split('\n')[0] : String(error);
    return { changed: true, summary: `not installed, English films are spoken by eSpeak NG: ${why}` };
  }
}

/**
 * A virtual environment cannot be moved, so it is made in its place, and the link that makes it one of our tools comes last.
 * @param {string} python
 * @param {(detail: string) => void} report
 */
async function installInto(python, report) {
  mkdirSync(toolsBin, { recursive: true });
  const folder = mkdtempSync(join(toolsFolder, 'voice-'));
  try {
    await runCommand(python, ['-m', 'venv', folder], { onLine: report, timeoutMs: 120_000 });
    const pip = ['install', '--quiet', '--only-binary', ':all:', ...packages];
    await runCommand(join(folder, 'bin', 'python'), ['-m', 'pip', ...pip], {
      onLine: report,
      timeoutMs: 300_000,
    });
    const program = join(folder, 'bin', 'hibari');
    await runCommand(program, ['--version'], { timeoutMs: 30_000 });
    const link = join(toolsBin, 'hibari');
    if (existsSync(link)) rmSync(link);
    symlinkSync(relative(toolsBin, program), link);
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
}
