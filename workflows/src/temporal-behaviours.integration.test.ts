import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { Worker } from '@temporalio/worker';
import * as workflows from '../testing/behaviours.workflows';
import { bundleWorkflows, openTemporal } from '../testing/temporal-harness';

const QUEUE = 'behaviours';
const SLOW_MS = 60_000;

/** Behaviours that docs/behaviours.md states of Temporal: our workflows are written around them. */
describe('Temporal', () => {
  let environment: TestWorkflowEnvironment;
  let worker: Worker;
  let running: Promise<void>;
  let ends = 0;

  beforeAll(async () => {
    environment = await openTemporal();
    worker = await Worker.create({
      connection: environment.nativeConnection,
      namespace: environment.namespace,
      taskQueue: QUEUE,
      workflowBundle: await bundleWorkflows(
        fileURLToPath(new URL('../testing/behaviours.workflows.ts', import.meta.url)),
      ),
      activities: {
        makeText: async (length: number) => 'a'.repeat(length),
        measureText: async (text: string) => text.length,
        noteEnd: async () => void ends++,
      },
    });
    running = worker.run();
  }, SLOW_MS);

  afterAll(async () => {
    worker?.shutdown();
    await running;
    await environment?.teardown();
  });

  const start = (workflow: (...args: never[]) => Promise<unknown>, args: unknown[] = []) =>
    environment.client.workflow.start(workflow.name, { taskQueue: QUEUE, workflowId: randomUUID(), args });

  /** The status, and whether the workflow's own `finally` was carried out. */
  const endOf = async (workflow: () => Promise<unknown>) => {
    const before = ends;
    const handle = await start(workflow);
    const outcome = await handle.result().catch((error: Error) => error.message);
    const status = (await handle.describe()).status.name;
    return { status, outcome, finallyRan: ends > before };
  };

  it(
    'makes a failure that can be caught of an activity’s result over 2 MiB',
    async () => {
      const end = await endOf(workflows.largeResultOfActivity);
      expect(end).toMatchObject({ status: 'COMPLETED', finallyRan: true });
      expect(end.outcome).toMatch(/^caught: /);
    },
    SLOW_MS,
  );

  it.each([
    workflows.largeArgumentOfActivity,
    workflows.largeResultOfLocalActivity,
    workflows.largeResultOfWorkflow,
  ])(
    'terminates a workflow at %p over 2 MiB: no catch, no finally',
    async (workflow) => {
      expect(await endOf(workflow)).toMatchObject({ status: 'TERMINATED', finallyRan: false });
    },
    SLOW_MS,
  );

  it(
    'says of an answer to a query over 4 MiB that the query is not registered',
    async () => {
      const handle = await start(workflows.largeAnswerToQuery);
      expect(await handle.query(workflows.textOf, 3)).toBe('aaa');
      await expect(handle.query(workflows.textOf, 5 * 1024 * 1024)).rejects.toMatchObject({
        name: 'QueryNotRegisteredError',
      });
      await handle.signal(workflows.finish);
      await handle.result();
    },
    SLOW_MS,
  );

  it(
    'hands waiting signals over inside setHandler, in the order of the handlers and not of sending',
    async () => {
      const handle = await environment.client.workflow.signalWithStart(workflows.waitingSignals, {
        taskQueue: QUEUE,
        workflowId: randomUUID(),
        signal: workflows.first,
        startDelay: '1s',
      });
      await handle.signal(workflows.second);
      expect(await handle.result()).toEqual([
        'second',
        'second has a handler',
        'first',
        'first has a handler',
      ]);
    },
    SLOW_MS,
  );

  it(
    'gives workflow code URL, URLSearchParams and AsyncLocalStorage, and neither structuredClone nor performance nor crypto',
    async () => {
      const names = [
        'URL',
        'URLSearchParams',
        'AsyncLocalStorage',
        'structuredClone',
        'performance',
        'crypto',
      ];
      const handle = await start(workflows.globalsOfWorkflows, [names]);
      expect(await handle.result()).toEqual({
        URL: true,
        URLSearchParams: true,
        AsyncLocalStorage: true,
        structuredClone: false,
        performance: false,
        crypto: false,
      });
    },
    SLOW_MS,
  );
});
