import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { storageKeys } from '@showrunner/contracts';
import type { Plan, Take } from '@showrunner/contracts';
import { actionRecord } from '@showrunner/contracts/testing';

/** A plan of one step. */
export const planBody: Plan = {
  schemaVersion: 1,
  videoType: 'demo',
  title: 'Kanban',
  intent: '',
  planner: 'rules',
  features: [
    {
      id: 'add',
      kind: 'create',
      title: 'Add',
      description: '',
      startPath: '/',
      steps: [
        {
          action: { type: 'click', target: { role: 'button', name: 'Add', exact: true } },
          caption: 'Add',
          success: { kind: 'textVisible', text: 'x' },
          timeoutMs: 1000,
        },
      ],
    },
  ],
  rejected: [],
};
/** Its first action. */
export const action = actionRecord({
  step: -1,
  caption: 'Open',
  action: { type: 'navigate', path: '/' },
  tool: 'browser_navigate',
  arguments: { path: '/' },
});
/** A take of a run, as its row speaks of it. */
export const take = (runId: string): Take => ({
  ...{ takeId: 't', sessionId: 's', storageKey: storageKeys.take(runId, 't'), startedAtMs: 0 },
  ...{ durationMs: 1000, width: 640, height: 480, framesPresented: 1, framesCaptured: 1 },
  ...{ framesLost: 0, largestGapMs: 0, gaps: [] },
});

/** `history.json` of a whole film, as an export has it. */
export function exportedHistory(): { workflows: Record<string, unknown> } {
  const file = resolve(import.meta.dirname, '../../../../workflows/histories/happy.json');
  return { workflows: JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown> };
}
