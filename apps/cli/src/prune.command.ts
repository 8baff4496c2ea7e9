import { answerOf, type ApiClient, type components } from '@showrunner/api-client';

type Report = components['schemas']['StorageReport'];
const say = (line: string): void => void process.stdout.write(`${line}\n`);

/** `prune`: deletes runs that are over a limit and objects that belong to nothing; with `dryRun` it only says which. */
export async function prune(
  api: ApiClient,
  { dryRun = false, json = false }: { dryRun?: boolean; json?: boolean },
): Promise<number> {
  const report = await answerOf(
    dryRun ? api.GET('/maintenance/storage') : api.POST('/maintenance/storage/prune'),
  );
  if (json) say(JSON.stringify(report, null, 2));
  else for (const line of pruneLines(report)) say(line);
  return 0;
}

export function pruneLines({ due, orphans, missing, isPruned, ...report }: Report): string[] {
  const would = isPruned ? '' : 'would be ';
  const freed = [...due, ...orphans].reduce((sum, { bytes }) => sum + bytes, 0);
  const { limits, disk } = report;
  return [
    ...due.map(({ runId, bytes, reason }) => `${would}deleted: run ${runId}, ${inSize(bytes)}. ${reason}`),
    ...orphans.map(({ key, bytes }) => `${would}deleted: ${key}, ${inSize(bytes)}. It belongs to nothing.`),
    ...missing.map(
      ({ runId, key }) => `missing: ${key} of run ${runId}. Its files are gone; delete the run.`,
    ),
    `${inSize(freed)} ${would}freed. ${inSize(report.bytesOfRuns)} in ${report.runs} runs ${isPruned ? 'before' : 'now'}; kept are ${inSize(limits.runsKeptBytes)} and ${limits.runsKeptDays} days. ${inSize(disk.freeBytes)} of the disk are free.`,
  ];
}

function inSize(bytes: number): string {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
  const power = Math.min(units.length - 1, bytes < 1 ? 0 : Math.floor(Math.log2(bytes) / 10));
  return `${Math.round((bytes / 1024 ** power) * 10) / 10} ${units[power] ?? ''}`;
}
