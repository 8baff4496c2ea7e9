import { requireTool } from '@showrunner/config';
import { SEARCH_ATTRIBUTES } from '@showrunner/contracts';
import { defineSearchAttributeKey } from '@temporalio/common';
import { TestWorkflowEnvironment } from '@temporalio/testing';

export interface TestTemporal {
  /** host:port */
  address: string;
  namespace: string;
  environment: TestWorkflowEnvironment;
  stop(): Promise<void>;
}

/** Starts a Temporal dev server of its own, in memory, with our search attributes. */
export async function startTestTemporal(): Promise<TestTemporal> {
  const environment = await TestWorkflowEnvironment.createLocal({
    server: {
      executable: { type: 'existing-path', path: requireTool('temporal').path },
      searchAttributes: SEARCH_ATTRIBUTES.map((name) => defineSearchAttributeKey(name, 'KEYWORD')),
      log: { level: 'error', format: 'pretty' },
    },
  });
  return {
    address: environment.address,
    namespace: environment.namespace ?? 'default',
    environment,
    stop: () => environment.teardown(),
  };
}
