import type { AppProcess, BuildSpec } from '@showrunner/contracts';
import type { Sandbox } from '@showrunner/sandbox';
import { setTimeout as delay } from 'node:timers/promises';
import { sourceFolder } from '../app-command';
import { withEnvironmentFiles } from '../environment-files';
import { lastLines } from '../log-lines';

/** So long the app's own start waits for a part that is to listen: one that compiles first takes its time. */
const LISTENS_MS = 20_000;
const ROUND_MS = 200;
const LOG_BYTES = 8 * 1024;

type Parts = Pick<BuildSpec, 'processes'>;

/** Name of a part's process in the sandbox; `app` is that of the app. */
const processName = ({ name }: AppProcess): string => `part-${name}`;
const started = ({ processes = [] }: Parts): (AppProcess & { start: string })[] =>
  processes.flatMap((one) => (one.start === null ? [] : [{ ...one, start: one.start }]));

/** Starts the other parts of an app, in order, unless they run. What is to listen is waited for, but for a while only: the app is started in any case. */
export async function startProcesses(
  sandbox: Sandbox,
  buildSpec: Parts,
  { signal }: { signal: AbortSignal },
): Promise<void> {
  for (const part of started(buildSpec)) {
    const before = await portsOf(sandbox);
    const name = processName(part);
    await sandbox.startProcess(name, withEnvironmentFiles(part.environmentFiles, part.start), {
      cwd: sourceFolder(part),
      env: part.env,
    });
    const deadline = performance.now() + (part.port === null ? 0 : LISTENS_MS);
    while (performance.now() < deadline && (await sandbox.processStatus(name))?.running === true) {
      if ([...(await portsOf(sandbox))].some((port) => !before.has(port))) break;
      await delay(ROUND_MS, undefined, { signal });
    }
  }
}

/** What is worth telling of parts that failed, one sentence each with the end of their logs. */
export async function failedProcesses(sandbox: Sandbox, buildSpec: Parts): Promise<string[]> {
  const notes: string[] = [];
  for (const part of started(buildSpec)) {
    const status = await sandbox.processStatus(processName(part));
    if (status?.running !== false || status.exitCode === 0) continue;
    const log = lastLines(await sandbox.processLog(processName(part), LOG_BYTES), 6)
      .map((line) => line.trim())
      .join(' ');
    notes.push(`"${part.name}", which runs beside the app, ended: ${log}`);
  }
  return notes;
}

/** Ends them, so that their files are at rest. */
export async function stopProcesses(sandbox: Sandbox, buildSpec: Parts): Promise<void> {
  for (const part of started(buildSpec)) await sandbox.killProcess(processName(part));
}

const portsOf = async (sandbox: Sandbox): Promise<Set<number>> =>
  new Set((await sandbox.listeningPorts()).map(({ port }) => port));
