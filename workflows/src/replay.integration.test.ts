import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DeterminismViolationError } from '@temporalio/workflow';
import { Worker } from '@temporalio/worker';
import type { WorkflowBundleOption } from '@temporalio/worker';
import { builtWorkflows, bundleWorkflows, quietRuntime } from '../testing/temporal-harness';

const HISTORIES = path.resolve(import.meta.dirname, '../histories');
const SOURCE = path.resolve(import.meta.dirname);

interface StoredHistory {
  workflowId: string;
  history: unknown;
}

/** Histories as `testing/record-histories` stored them: happy, cancelled, killed, worker lost; each with its children. */
async function storedHistories(): Promise<StoredHistory[]> {
  const names = (await readdir(HISTORIES)).filter((name) => name.endsWith('.json')).sort();
  const files = await Promise.all(
    names.map(async (name) => ({ name, body: await readFile(path.join(HISTORIES, name), 'utf8') })),
  );
  return files.flatMap(({ name, body }) =>
    Object.entries(JSON.parse(body) as Record<string, unknown>).map(([workflowId, history]) => ({
      workflowId: `${name}:${workflowId}`,
      history,
    })),
  );
}

/** What the payloads of a history say: they stand in it as base64. */
function payloadsOf(history: unknown): string[] {
  if (typeof history !== 'object' || history === null) return [];
  return Object.entries(history).flatMap(([name, value]) =>
    name === 'data' && typeof value === 'string'
      ? [Buffer.from(value, 'base64').toString()]
      : payloadsOf(value),
  );
}

/** @param of beginning of the names of those that are replayed */
async function replayFailures(workflowBundle: WorkflowBundleOption, of = ''): Promise<unknown[]> {
  const failures: unknown[] = [];
  const stored = (await storedHistories()).filter(({ workflowId }) => workflowId.startsWith(of));
  for await (const result of Worker.runReplayHistories({ workflowBundle }, stored)) {
    if (result.error) failures.push(result.error);
  }
  return failures;
}

describe('recorded histories against the code of today', () => {
  const mutants: string[] = [];
  beforeAll(() => quietRuntime());
  afterAll(async () => {
    for (const mutant of mutants) await rm(mutant, { recursive: true, force: true });
  });

  it('has the happy, queued, cancelled, killed, lost-session, lost-sandbox and over-budget runs to replay, and lives of sandboxes', async () => {
    const ids = (await storedHistories()).map((stored) => stored.workflowId);
    for (const scenario of [
      'happy',
      'queued',
      'cancelled',
      'killed',
      'session-lost',
      'reacquired',
      'over-budget',
    ]) {
      expect(ids.filter((id) => id.startsWith(`${scenario}.json:run-`))).toHaveLength(1);
      expect(ids.filter((id) => id.startsWith(`${scenario}.json:film-`))).toHaveLength(1);
    }
    for (const life of ['sandbox-life', 'sandbox-commands', 'sandbox-continued', 'sandbox-failed'])
      expect(ids.filter((id) => id.startsWith(`${life}.json:sandbox-`))).toHaveLength(1);
    for (const session of ['session-by-hand', 'session-by-hand-built', 'session-by-hand-killed'])
      expect(ids.filter((id) => id.startsWith(`${session}.json:run-`))).toHaveLength(1);
    expect(ids.filter((id) => id.startsWith('queued-killed.json:run-'))).toHaveLength(1);
    expect(ids.filter((id) => id.startsWith('queued-build.json:build-'))).toHaveLength(1);
    expect(ids.filter((id) => id.startsWith('detect-project.json:build-'))).toHaveLength(1);
  });

  it('defect 2 of issue 8: none holds an address or a credential of a browser', async () => {
    for (const { workflowId, history } of await storedHistories()) {
      const text = payloadsOf(history).join('\n');
      expect([workflowId, /wss?:\/\/|devtools|cdp|token|authorization/i.exec(text)?.[0]]).toEqual([
        workflowId,
        undefined,
      ]);
    }
  });

  it('replays all of them', async () => {
    expect(await replayFailures(await builtWorkflows())).toEqual([]);
  }, 120_000);

  it.each([
    ['film-feature.ts', 'await keep(begun, begunAt);', ''],
    ['drive-session.workflow.ts', 'await state.recordTakes({ runId, takes });', 'session-by-hand'],
  ])(
    'refuses a workflow that was changed without care: %s',
    async (changed, line, of) => {
      const mutant = await mkdtemp(path.join(SOURCE, '../dist-mutant-'));
      mutants.push(mutant);
      await cp(SOURCE, mutant, { recursive: true, filter: (file) => !file.endsWith('.test.ts') });
      const file = path.join(mutant, changed);
      const code = await readFile(file, 'utf8');
      const mutated = code.replace(line, '');
      expect(mutated).not.toBe(code);
      await writeFile(file, mutated);
      const failures = await replayFailures(await bundleWorkflows(path.join(mutant, 'index.ts')), of);
      expect(failures.length).toBeGreaterThan(0);
      expect(failures[0]).toBeInstanceOf(DeterminismViolationError);
    },
    120_000,
  );
});
