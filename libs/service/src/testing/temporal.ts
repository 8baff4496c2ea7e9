import { SEARCH_ATTRIBUTES } from '@showrunner/contracts';
import { sharedService } from '@showrunner/contracts/testing';
import { TestWorkflowEnvironment } from '@temporalio/testing';

export interface TestTemporal {
  /** host:port */
  address: string;
  namespace: string;
  environment: TestWorkflowEnvironment;
  stop(): Promise<void>;
}

/** A namespace of its own, with our search attributes, on the Temporal server that the tests of one run share. */
export async function startTestTemporal(): Promise<TestTemporal> {
  const server = await sharedService<{ address: string; namespace: string }>('temporal', {
    searchAttributes: SEARCH_ATTRIBUTES,
  });
  const environment = await TestWorkflowEnvironment.createFromExistingServer(server);
  return { ...server, environment, stop: () => environment.teardown() };
}
