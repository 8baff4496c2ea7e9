import { defineSearchAttributeKey } from '@temporalio/common';
import { setCurrentDetails, upsertSearchAttributes } from '@temporalio/workflow';
import type { RunState } from '@showrunner/contracts';

const STATE = defineSearchAttributeKey('ShowrunnerState', 'KEYWORD');
const FEATURE = defineSearchAttributeKey('ShowrunnerFeature', 'KEYWORD');

/** Shows operators where the run stands: in the list by search attribute, on its page by the details. */
export function showState(state: RunState, message: string): void {
  upsertSearchAttributes([{ key: STATE, value: state }]);
  setCurrentDetails(`**${state}** ${message}`);
}

export function showFeature(feature: string): void {
  upsertSearchAttributes([{ key: FEATURE, value: feature }]);
}
