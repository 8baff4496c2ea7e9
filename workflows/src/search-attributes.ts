import { defineSearchAttributeKey } from '@temporalio/common';
import { setCurrentDetails, upsertSearchAttributes } from '@temporalio/workflow';
import type { SearchAttributePair } from '@temporalio/common';
import type { LeaseStep, RunState } from '@showrunner/contracts';

const STATE = defineSearchAttributeKey('ShowrunnerState', 'KEYWORD');
const PROJECT = defineSearchAttributeKey('ShowrunnerProject', 'KEYWORD');
const RUN = defineSearchAttributeKey('ShowrunnerRun', 'KEYWORD');
const PROVIDER = defineSearchAttributeKey('ShowrunnerProvider', 'KEYWORD');
const FEATURE = defineSearchAttributeKey('ShowrunnerFeature', 'KEYWORD');

/** Shows operators where the run stands: in the list by search attribute, on its page by the details. */
export function showState(state: RunState, message: string): void {
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

/** What the children of a run are found by; they do not inherit their parent's attributes. */
export const attributesOf = (run: {
  projectId: string;
  runId?: string;
  provider: string;
}): SearchAttributePair[] => [
  { key: PROJECT, value: run.projectId },
  ...(run.runId === undefined ? [] : [{ key: RUN, value: run.runId }]),
  { key: PROVIDER, value: run.provider },
];
