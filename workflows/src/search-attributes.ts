import { defineSearchAttributeKey } from '@temporalio/common';
import { setCurrentDetails, upsertSearchAttributes, workflowInfo } from '@temporalio/workflow';
import type { SearchAttributePair } from '@temporalio/common';
import type { ExportState, LeaseStep, RunState } from '@showrunner/contracts';

const STATE = defineSearchAttributeKey('ShowrunnerState', 'KEYWORD');
const PROJECT = defineSearchAttributeKey('ShowrunnerProject', 'KEYWORD');
const RUN = defineSearchAttributeKey('ShowrunnerRun', 'KEYWORD');
const PROVIDER = defineSearchAttributeKey('ShowrunnerProvider', 'KEYWORD');
const PROJECT_NAME = defineSearchAttributeKey('ShowrunnerProjectName', 'KEYWORD');
const INTENT = defineSearchAttributeKey('ShowrunnerIntent', 'KEYWORD');
const TENANT = defineSearchAttributeKey('ShowrunnerTenant', 'KEYWORD');
const FEATURE = defineSearchAttributeKey('ShowrunnerFeature', 'KEYWORD');

/** Shows operators where the run stands: in the list by search attribute, on its page by the details. */
export function showState(state: RunState | ExportState | 'running' | 'filmed', message: string): void {
  upsertSearchAttributes([{ key: STATE, value: state }]);
  setCurrentDetails(`**${state}** ${message}`);
}

/** Shows operators what comes next in the life of a sandbox. */
export function showSandbox({ action, why }: LeaseStep): void {
  upsertSearchAttributes([{ key: STATE, value: action }]);
  setCurrentDetails(`**${action}** ${why}`);
}

export function showFeature(feature: string): void {
  upsertSearchAttributes([{ key: FEATURE, value: feature }]);
}

/** What is told in the list of every workflow of a run: handed down, for children do not inherit their parent's attributes. */
function inherited(): SearchAttributePair[] {
  const { typedSearchAttributes: own } = workflowInfo();
  return [PROJECT_NAME, INTENT, TENANT].flatMap((key) => {
    const value = own.get(key);
    return value === undefined ? [] : [{ key, value }];
  });
}

/** What the children of a run are found by, and what the list tells of them. */
export const attributesOf = (run: {
  projectId: string;
  runId?: string;
  provider: string;
}): SearchAttributePair[] => [
  { key: PROJECT, value: run.projectId },
  ...(run.runId === undefined ? [] : [{ key: RUN, value: run.runId }]),
  { key: PROVIDER, value: run.provider },
  ...inherited(),
];
