import { describe, expect, it } from '@jest/globals';
import type { RunReport } from '@showrunner/contracts';
import { runLog } from './run-logs';

const report: RunReport = {
  id: 'r1',
  projectId: 'p1',
  buildId: 'r1',
  sandboxId: null,
  state: 'failed',
  message: 'npm ci failed',
  intent: '',
  intentParts: [],
  pace: 'normal',
  replayOf: null,
  planHash: null,
  provider: 'local',
  limits: null,
  stages: [{ stage: 'install', film: 1, startedAt: '2026-01-01T00:00:00.000Z', durationMs: 12_340 }],
  features: [
    { feature: 'a', title: 'Add a card', verified: false, proven: false, reason: 'nothing happened' },
  ],
  frames: null,
  video: null,
  files: [],
  costs: { modelUsd: 0, sandboxUsd: 0 },
  usage: { llm: { calls: 0, tokensIn: 0, tokensOut: 0, costUsd: 0, callsWithoutPrice: 0, by: [] } },
  divergences: [],
  failure: {
    code: 'install_failed',
    message: 'npm ci failed',
    remedy: 'Mend the lock file.',
    stage: 'install',
  },
  notes: ['memory is not limited'],
  createdAt: '2026-01-01T00:00:00.000Z',
  finishedAt: null,
};

describe('runLog', () => {
  it('tells stages, features, notes, the end of the build log and the failure', () => {
    expect(runLog(report, 'line 1\nline 2\n')).toBe(
      [
        'Run r1 · failed · npm ci failed',
        'Begun 2026-01-01T00:00:00.000Z',
        '',
        'Stages:',
        '     12.3 s  install',
        '',
        'Features:',
        '  not proven  Add a card: nothing happened',
        '',
        'Notes:',
        '  memory is not limited',
        '',
        'End of the build log:',
        '  line 1',
        '  line 2',
        '',
        'Failure:',
        '  While install: npm ci failed (install_failed)',
        '  Try: Mend the lock file.',
        '',
      ].join('\n'),
    );
  });

  it('lets no control sequence of an app through', () => {
    const log = runLog(report, '\u001b[31mred\u001b[0m \u001b[2J\u0007bell\rback\u009b1m\ttab');

    expect(log).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/);
    expect(log).toContain('red bellback\ttab');
  });
});
