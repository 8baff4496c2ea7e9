import { Inject } from '@nestjs/common';
import { printable, storageKeys } from '@showrunner/contracts';
import type { RunReport } from '@showrunner/contracts';
import type { TenantDatabases } from '@showrunner/database';
import { DATABASE, OBJECT_STORE } from '@showrunner/service';
import type { ObjectStore } from '@showrunner/storage';

const TAIL_BYTES = 16 * 1024;

/** What happened in a run, as text for people: stages with times, features, the end of the build log, the failure. */
export class RunLogs {
  constructor(
    @Inject(DATABASE) private readonly database: TenantDatabases,
    @Inject(OBJECT_STORE) private readonly store: ObjectStore,
  ) {}

  async get(tenantId: string, runId: string): Promise<string> {
    const report = await this.database.forTenant(tenantId).runReports.get(runId);
    const build = report.buildId === null ? '' : await this.buildTail(report.buildId);
    return runLog(report, build);
  }

  private async buildTail(buildId: string): Promise<string> {
    const key = storageKeys.buildLog(buildId);
    const head = await this.store.head(key);
    if (head === null || head.bytes === 0) return '';
    const start = Math.max(0, head.bytes - TAIL_BYTES);
    const { stream } = await this.store.get(key, { start });
    const chunks: Buffer[] = [];
    for await (const chunk of stream) chunks.push(chunk as Buffer);
    const text = Buffer.concat(chunks).toString();
    // The first line is probably cut.
    return start === 0 ? text : `…\n${text.slice(text.indexOf('\n') + 1)}`;
  }
}

/** The text of a log. Control characters of the app's output are taken out: a log must not move anyone's cursor. */
export function runLog(report: RunReport, buildTail: string): string {
  const seconds = (ms: number): string => `${(ms / 1000).toFixed(1).padStart(7)} s`;
  const lines = [
    `Run ${report.id} · ${report.state}${report.message === '' ? '' : ` · ${report.message}`}`,
    `Begun ${report.createdAt}${report.finishedAt === null ? '' : `, ended ${report.finishedAt}`}`,
    ...section(
      'Stages',
      report.stages.map(
        ({ stage, film, durationMs }) =>
          `${seconds(durationMs)}  ${stage}${film === 1 ? '' : `, film ${film}`}`,
      ),
    ),
    ...section(
      'What was asked for',
      report.intentParts.map(
        ({ text, status, reason }) =>
          `${status === 'shown' ? 'shown     ' : 'not shown '}  ${text}${reason ? `: ${reason}` : ''}`,
      ),
    ),
    ...section(
      'Features',
      report.features.map(
        ({ title, verified, reason }) =>
          `${verified ? 'proven    ' : 'not proven'}  ${title}${reason ? `: ${reason}` : ''}`,
      ),
    ),
    ...section('Divergences from the recording', report.divergences),
    ...section('Notes', report.notes),
    ...section('End of the build log', buildTail === '' ? [] : buildTail.trimEnd().split('\n')),
    ...section('Failure', failureLines(report.failure)),
  ];
  return `${lines.map(printable).join('\n')}\n`;
}

function failureLines(failure: RunReport['failure']): string[] {
  if (failure === null) return [];
  const { stage, code, message, remedy } = failure;
  return [`While ${stage}: ${message} (${code})`, ...(remedy ? [`Try: ${remedy}`] : [])];
}

const section = (title: string, lines: readonly string[]): string[] =>
  lines.length === 0 ? [] : ['', `${title}:`, ...lines.map((line) => `  ${line}`)];
