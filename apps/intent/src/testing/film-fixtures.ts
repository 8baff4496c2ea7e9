import type { ActionRecord, Plan } from '@showrunner/contracts';

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
export const action: ActionRecord = {
  seq: 0,
  feature: 'add',
  step: -1,
  attempt: 1,
  caption: 'Open',
  action: { type: 'navigate', path: '/' },
  tool: 'browser_navigate',
  arguments: { path: '/' },
  box: null,
  startMs: 1,
  actMs: 2,
  endMs: 3,
  result: 'succeeded',
  verified: true,
  fingerprintBefore: 'a',
  fingerprintAfter: 'b',
};
