import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { historyToJSON } from '@temporalio/common/lib/proto-utils';
import type { Feature, ProduceVideoInput, ProduceVideoResult } from '@showrunner/contracts';
import { ApplicationFailure } from '@temporalio/common';
import type { SearchAttributePair } from '@temporalio/common';
import { WorkflowFailedError } from '@temporalio/client';
import type { WorkflowExecutionStatusName, WorkflowHandle } from '@temporalio/client';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import type { WorkflowBundleOption } from '@temporalio/worker';
import type { Scenario } from './fake-activities';
import { withFakeWorkers } from './temporal-harness';

export interface ScenarioRunner {
  environment: TestWorkflowEnvironment;
  bundle: WorkflowBundleOption;
  /** The run that goes on now. */
  handle?: WorkflowHandle;
}

/** Marks a run that is to be cancelled while its second step is filmed. */
export const CANCELLED_INPUT: Partial<ProduceVideoInput> = { intent: 'cancel in the middle' };

export const scenarioOf = (features: Feature[]): Scenario => ({
  calls: [],
  states: [],
  messages: [],
  open: new Set(),
  features,
  notes: [],
  fetched: [],
  takes: [],
  paces: [],
  decided: [],
});

let number = 0;

/** How a run ended: what it returned or what its failure tells, as Temporal's list of workflows shows it. */
export interface EndedRun extends ProduceVideoResult {
  status: WorkflowExecutionStatusName;
  /** What the Web UI tells as the cause; empty for a run that completed. */
  reason: string;
}

/** Stops the run that goes on now as the product does: a signal that says how, then Temporal's cancellation. */
export async function stopRun({ handle }: ScenarioRunner, how: 'cancel' | 'kill'): Promise<void> {
  await handle?.signal(how);
  await handle?.cancel();
}

export async function endOf(handle: WorkflowHandle): Promise<EndedRun> {
  const nothing = { outcomes: [], divergences: [], exportId: null };
  let result: Partial<ProduceVideoResult>;
  let reason = '';
  try {
    result = (await handle.result()) as ProduceVideoResult;
  } catch (error) {
    if (!(error instanceof WorkflowFailedError)) throw error;
    reason = error.cause?.message ?? '';
    const [details] = error.cause instanceof ApplicationFailure ? (error.cause.details ?? []) : [];
    result = (details as { result?: ProduceVideoResult } | undefined)?.result ?? {};
  }
  const { status, searchAttributes } = await handle.describe();
  const [state] = searchAttributes['ShowrunnerState'] ?? [];
  return { ...nothing, ...result, state: state as ProduceVideoResult['state'], status: status.name, reason };
}

/** Runs produceVideo over fakes to its end. */
export async function runScenario(
  runner: ScenarioRunner,
  scenario: Scenario,
  change: Partial<ProduceVideoInput> = {},
  typedSearchAttributes?: SearchAttributePair[],
): Promise<EndedRun> {
  number += 1;
  const runId = `r${Date.now().toString(36)}${number}`;
  const input: ProduceVideoInput = {
    runId,
    projectId: 'p1',
    source: { kind: 'git', url: 'https://example.test/app.git' },
    intent: '',
    overrides: {},
    provider: 'local',
    size: { width: 1280, height: 720 },
    pace: 'normal',
    keepSandbox: false,
    ...change,
  };
  if (change.intent === CANCELLED_INPUT.intent) {
    scenario.onStep = async (_feature, step) => {
      if (step === 1) await stopRun(runner, 'cancel');
    };
  }
  return withFakeWorkers(runner.environment, runner.bundle, scenario, async () => {
    const { client } = runner.environment;
    runner.handle = await client.workflow.start('produceVideo', {
      taskQueue: 'plan',
      workflowId: `run-${runId}`,
      args: [input],
      typedSearchAttributes,
    });
    return endOf(runner.handle);
  });
}

/** Writes the histories of the run that has just ended, and of its children, to `histories/<name>.json`. */
export async function storeHistories(runner: ScenarioRunner, name: string): Promise<void> {
  const runId = runner.handle?.workflowId.slice('run-'.length) ?? '';
  const histories: Record<string, unknown> = {};
  const names = [...['run', 'build', 'film'].map((kind) => `${kind}-${runId}`), `export-${runId}-e1`];
  // The second build is of a run whose sandbox died.
  for (const workflowId of [...names, `build-${runId}-2`]) {
    const handle = runner.environment.client.workflow.getHandle(workflowId);
    const history = await handle.fetchHistory().catch(() => undefined); // A cancelled run has no export, and most have one build.
    if (history) histories[workflowId] = JSON.parse(historyToJSON(history));
  }
  await writeHistories(name, histories);
}

/** Writes the history of the one workflow that has just ended. */
export async function storeHistory(runner: ScenarioRunner, name: string): Promise<void> {
  const { workflowId } = runner.handle ?? {};
  if (workflowId === undefined) return;
  const history = await runner.environment.client.workflow.getHandle(workflowId).fetchHistory();
  await writeHistories(name, { [workflowId]: JSON.parse(historyToJSON(history)) as unknown });
}

async function writeHistories(name: string, histories: Record<string, unknown>): Promise<void> {
  const file = path.resolve(import.meta.dirname, `../histories/${name}.json`);
  // Which process polled is of no interest, and differs from machine to machine.
  const anonymous = JSON.stringify(histories).replaceAll(/\d+@[A-Za-z0-9.]+/g, 'worker');
  await writeFile(file, `${anonymous}\n`);
}
