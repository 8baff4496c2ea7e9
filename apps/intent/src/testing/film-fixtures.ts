import type { Plan } from '@showrunner/contracts';
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
