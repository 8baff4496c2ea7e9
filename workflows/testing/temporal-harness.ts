import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { EnvironmentError, POOLS, SEARCH_ATTRIBUTES } from '@showrunner/contracts';
import { defineSearchAttributeKey } from '@temporalio/common';
import { TestWorkflowEnvironment } from '@temporalio/testing';
import { bundleWorkflowCode, DefaultLogger, Runtime, Worker } from '@temporalio/worker';
import type { WorkflowBundle } from '@temporalio/worker';
import { fakeActivities } from './fake-activities';
import type { Scenario } from './fake-activities';

const WORKFLOWS = path.resolve(import.meta.dirname, '../src/index.ts');

/** The Temporal CLI, where set-up leaves it. */
function temporalCli(): string {
  const candidates = [
    path.resolve(import.meta.dirname, '../../.showrunner/tools/bin/temporal'),
    path.join(homedir(), 'go/bin/temporal'),
  ];
  const found = candidates.find((candidate) => existsSync(candidate));
  if (found) return found;
  try {
    return execFileSync('sh', ['-c', 'command -v temporal'], { encoding: 'utf8' }).trim();
  } catch (cause) {
    throw new EnvironmentError('temporal_missing', 'The Temporal CLI was not found.', {
      remedy: 'Run "npm run setup".',
      cause,
    });
  }
}

/** Keeps the SDK's notes on workers that come and go out of the test output. Once a process. */
export const quietRuntime = (): void => void Runtime.install({ logger: new DefaultLogger('ERROR') });

export async function startTemporal(): Promise<TestWorkflowEnvironment> {
  quietRuntime();
  return TestWorkflowEnvironment.createLocal({
    server: {
      executable: { type: 'existing-path', path: temporalCli() },
      searchAttributes: SEARCH_ATTRIBUTES.map((name) => defineSearchAttributeKey(name, 'KEYWORD')),
      log: { level: 'error', format: 'pretty' },
    },
  });
}

export const bundleWorkflows = (workflowsPath = WORKFLOWS): Promise<WorkflowBundle> =>
  bundleWorkflowCode({ workflowsPath, logger: new DefaultLogger('ERROR') });

/** Runs `work` with a worker on every pool's queue and on the queues of two browsers' processes, all served by fakes. */
export async function withFakeWorkers<T>(
  environment: TestWorkflowEnvironment,
  workflowBundle: WorkflowBundle,
  scenario: Scenario,
  work: () => Promise<T>,
): Promise<T> {
  const name = `session-${Math.random().toString(36).slice(2)}`;
  const sessionQueues = [`${name}-a`, `${name}-b`] as const;
  const activities = fakeActivities(scenario, sessionQueues);
  const create = (taskQueue: string, more: { workflowBundle?: WorkflowBundle }): Promise<Worker> =>
    Worker.create({
      connection: environment.nativeConnection,
      taskQueue,
      activities,
      maxHeartbeatThrottleInterval: '200ms',
      shutdownGraceTime: '100ms',
      ...more,
    });
  const pools = await Promise.all(POOLS.map((pool) => create(pool, { workflowBundle })));
  const sessions = await Promise.all(sessionQueues.map((queue) => create(queue, {})));
  scenario.shutDownFirstSessions = () => sessions[0]?.shutdown();
  const workers = [...pools, ...sessions];
  const running = workers.map((worker) => worker.run());
  try {
    return await work();
  } finally {
    for (const worker of workers) if (worker.getState() === 'RUNNING') worker.shutdown();
    await Promise.all(running);
  }
}
