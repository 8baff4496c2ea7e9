import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { intentOutcomes } from '@showrunner/contracts';
import { corpusApps, driveAll, EXPECTATIONS, tableOf } from './corpus/drive-corpus';
import { LIES, lyingPairs } from './corpus/lies';
import { driveApp } from './drive-app';
import type { DrivenApp } from './drive-app';
import { filmedDrive } from './filmed-drive';
import { serveApp } from './serve-app';

/**
 * `npm run drive -- --corpus [<app>...]`: the apps that lie, and the honest ones beside them, in a table; `--unasked`: also those that have an intent without it.
 * `npm run drive -- <folder>... [--intent <text>] [--shots <folder>] [--json]`: what a film of each small app of our own would show, in seconds.
 * `npm run drive -- <folder> --film <folder>`: films it, too: its take, the film and how it was held against what happened lie there.
 * `… --secret <NAME=value>`: what `{{NAME}}` in the intent stands for.
 * `npm run drive -- --port <port> [...]`: the same of an app of our own that runs already, on this port of 127.0.0.1.
 */
export async function main(args: readonly string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      intent: { type: 'string', default: '' },
      shots: { type: 'string' },
      json: { type: 'boolean', default: false },
      corpus: { type: 'boolean', default: false },
      unasked: { type: 'boolean', default: false },
      port: { type: 'string' },
      film: { type: 'string' },
      secret: { type: 'string', multiple: true, default: [] },
    },
  });
  if (values.corpus) {
    const names = positionals.length > 0 ? positionals : [...Object.keys(EXPECTATIONS), ...Object.keys(LIES)];
    const apps = [
      ...corpusApps(names.filter((name) => !(name in LIES))),
      ...lyingPairs(
        names.filter((name) => name in LIES),
        !values.unasked,
      ),
    ];
    const results = await driveAll(apps, (result) => console.log(tableOf([result])));
    const faults = results.filter(({ fault }) => fault !== undefined).length;
    console.log(`${results.length} apps, ${faults} shown otherwise than they are`);
    if (faults > 0) process.exitCode = 1;
    return;
  }
  const folders = values.port === undefined ? positionals : [`port-${values.port}`];
  for (const folder of folders) {
    const name = basename(resolve(folder));
    const driven = await driveFolder(resolve(folder), name, values);
    console.log(values.json ? JSON.stringify({ name, ...driven }) : summaryOf(name, driven));
  }
}

interface Values {
  intent: string;
  shots?: string | undefined;
  port?: string | undefined;
  film?: string | undefined;
  /** `NAME=value`. */
  secret: string[];
}

async function driveFolder(
  folder: string,
  name: string,
  { intent, shots, port, film, secret }: Values,
): Promise<DrivenApp> {
  const workDir = await mkdtemp(join(tmpdir(), 'showrunner-drive-'));
  const app =
    port === undefined ? await serveApp(folder) : { port: Number(port), close: (): void => undefined };
  const filmed = film === undefined ? undefined : await filmedDrive(join(film, name));
  try {
    const driven = await driveApp({
      ...{ port: app.port, intent, workDir, ...filmed?.options },
      secrets: Object.fromEntries(secret.map((pair) => pair.split(/=(.*)/s).slice(0, 2) as [string, string])),
      readme: await readFile(join(folder, 'README.md'), 'utf8').catch(() => ''),
      async onFeature({ feature }, session) {
        if (shots === undefined) return;
        const devTools = session.connectDevTools();
        const { targetInfos } = (await devTools.send('Target.getTargets')) as {
          targetInfos: { type: string; targetId: string }[];
        };
        const page = targetInfos.find(({ type }) => type === 'page');
        if (page !== undefined) {
          const { sessionId } = (await devTools.send('Target.attachToTarget', {
            ...{ targetId: page.targetId, flatten: true },
          })) as { sessionId: string };
          const { data } = (await devTools.send('Page.captureScreenshot', {}, sessionId)) as { data: string };
          await mkdir(shots, { recursive: true });
          await writeFile(join(shots, `${name}-${feature.id}.png`), Buffer.from(data, 'base64'));
        }
        devTools.close();
      },
    });
    if (filmed !== undefined) console.log(await filmed.finish(driven));
    return driven;
  } finally {
    app.close();
    await rm(workDir, { recursive: true, force: true, maxRetries: 5 });
  }
}

function summaryOf(name: string, { plan, failure, features, proposal, notes, ms }: DrivenApp): string {
  const lines = [
    `\n== ${name}: explored ${ms.explore} ms, rehearsed ${ms.rehearse} ms, driven ${ms.drive} ms`,
  ];
  if (failure) lines.push(`   no plan: ${failure.code}: ${failure.message}`);
  if (plan) lines.push(`   film "${plan.title}"`);
  for (const { feature, verified, error } of features) {
    lines.push(`   ${verified ? '✓' : '✗'} ${feature.title} [${feature.kind}]${error ? ` (${error})` : ''}`);
    for (const step of feature.steps)
      lines.push(
        `       ${step.caption}  ⇐ ${JSON.stringify(step.action)} ⇒ ${JSON.stringify(step.success)}`,
      );
  }
  const outcomes = features.map(({ feature, verified, error }) => ({
    ...{ feature: feature.id, verified },
    ...(error === undefined ? {} : { reason: error }),
  }));
  for (const part of intentOutcomes(plan?.intentParts ?? [], outcomes, 'done'))
    lines.push(
      `   ${part.status === 'shown' ? 'shown    ' : 'NOT SHOWN'} ${part.text}${part.reason ? `: ${part.reason}` : ` (${part.feature ?? ''})`}`,
    );
  for (const { title, reason } of plan?.rejected ?? failure?.rejected ?? proposal?.rejected ?? [])
    lines.push(`   - ${title}: ${reason}`);
  for (const note of notes) lines.push(`   note: ${note}`);
  return lines.join('\n');
}
