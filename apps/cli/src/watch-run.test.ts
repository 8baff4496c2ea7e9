import { describe, expect, it } from '@jest/globals';
import { runReport } from '@showrunner/contracts/testing';
import { oneLine, progressLine } from './progress-lines';
import { exitCode, isFilmed, resultLines } from './watch-run';

describe('resultLines', () => {
  it('tells what models were asked and cost, where any was', () => {
    const by = [
      {
        purpose: 'plan',
        feature: null,
        step: null,
        model: 'openai/m-1',
        calls: 2,
        tokensIn: 900,
        tokensOut: 80,
        costUsd: 0.0123,
      },
    ] as const;
    const llm = {
      calls: 2,
      tokensIn: 900,
      tokensOut: 80,
      costUsd: 0.0123,
      callsWithoutPrice: 0,
      by: [...by],
    };
    const told = (usage: { llm: typeof llm | (Omit<typeof llm, 'costUsd'> & { costUsd: null }) }) =>
      resultLines(runReport({ usage }), '/o', []).find((line) => line.startsWith('Models:'));
    expect(told({ llm })).toBe('Models: 2 requests to openai/m-1, 900 tokens in, 80 out, $0.0123');
    expect(told({ llm: { ...llm, costUsd: null } })).toContain('price not known');
    expect(told({ llm: { ...llm, calls: 0 } })).toBeUndefined();
  });

  it('say what was proven and where the film is', () => {
    const features = [
      { feature: 'add', title: 'Add a card', verified: true, proven: true },
      { feature: 'find', title: 'Find a card', verified: false, proven: false, reason: 'no such text' },
    ];
    expect(resultLines(runReport({ features }), '/o', ['video.mp4'])).toEqual([
      '  ✓ Add a card',
      '  ✗ Find a card: no such text',
      'Film: /o/video.mp4',
    ]);
  });

  it('take a film that a limit has ended early for a film, and say why features are missing', () => {
    const reason = 'The session reached its limit of 400 steps.';
    const features = [
      { feature: 'add', title: 'Add a card', verified: true, proven: true },
      { feature: 'find', title: 'Find a card', verified: false, proven: false, reason },
    ];
    const message = `1 features proven and filmed; the film ends early: ${reason}`;
    const report = runReport({ features, message });
    expect(isFilmed(report, ['video.mp4'])).toBe(true);
    expect(resultLines(report, '/o', ['video.mp4'])).toContain(`  ✗ Find a card: ${reason}`);
  });

  it('fault 6: say what was left out and why', () => {
    const notes = ['“Find a card” was left out: nothing was found.', '“Sort” was left out: it is not there.'];
    const lines = resultLines(runReport({ notes }), '/o', ['video.mp4']);
    for (const note of notes) expect(lines).toContain(`  – ${note}`);
    const many = resultLines(runReport({ notes: Array.from({ length: 40 }, (_, n) => `n${n}`) }), '/o', []);
    expect(many).toContain('  – 28 more notes are in run.json.');
  });

  it('are read to their end: what to try, why a thing is missing', () => {
    const long = `${'Set a variable, or '.repeat(12)}film another folder.`;
    const failure = { code: 'nothing_to_run', message: 'It failed.', remedy: long, stage: 'detect' };
    const lines = resultLines(runReport({ state: 'failed', failure, notes: [long] }), '/o', []);
    expect(lines).toEqual(expect.arrayContaining([`Try: ${long}`, `  – ${long}`]));
  });

  it('say what failed and what to try', () => {
    const failure = {
      code: 'nothing_to_run',
      message: 'There is nothing to run.',
      remedy: 'Name the folder.',
      stage: 'detect',
    };
    expect(resultLines(runReport({ state: 'failed', failure }), '/o', [])).toEqual([
      'Failed: There is nothing to run.',
      'Try: Name the folder.',
      'More: showrunner logs run1',
    ]);
  });

  it('say first what was asked for and is not shown', () => {
    const features = [{ feature: 'add', title: 'Add a card', verified: true, proven: true }];
    const intentParts = [
      { text: 'add a card', feature: 'add', status: 'shown' as const },
      { text: 'export it', status: 'not_shown' as const, reason: 'Nothing is called “export”.' },
    ];
    const report = runReport({ features, intentParts });
    expect(resultLines(report, '/o', ['video.mp4'])[0]).toBe(
      'Not shown: export it: Nothing is called “export”.',
    );
    expect(exitCode(report, ['video.mp4'])).toBe(3);
    expect(exitCode(runReport({ features, intentParts: intentParts.slice(0, 1) }), ['video.mp4'])).toBe(0);
    expect(exitCode(runReport({ state: 'failed', intentParts: intentParts.slice(1) }), [])).toBe(1);
  });

  it('tell a faithful replay from one that diverged', () => {
    expect(resultLines(runReport({ replayOf: 'r0' }), '/o', [])[0]).toBe('Same actions as run r0.');
    expect(resultLines(runReport({ replayOf: 'r0', divergences: ['add step 0: …'] }), '/o', [])).toContain(
      '  add step 0: …',
    );
  });
});

describe('progressLine', () => {
  const event = { id: '1', at: '', projectId: null, runId: 'r1' };
  it('shows states, stages and milestones, and is silent about the rest', () => {
    expect(
      progressLine(
        { ...event, type: 'RUN_STATE', data: { state: 'filming', message: 'Filming 3 features' } },
        1500,
      ),
    ).toBe('   1.5 s  filming    Filming 3 features');
    expect(
      progressLine({ ...event, type: 'FEATURE_MILESTONE', data: { kind: 'succeeded', feature: 'add' } }, 0),
    ).toContain('proven    add');
    expect(progressLine({ ...event, type: 'AGENT_ACTION', data: {} }, 0)).toBeUndefined();
    const action = { caption: 'Press "Add"', result: 'succeeded' };
    expect(progressLine({ ...event, type: 'AGENT_ACTION', data: { action } }, 0)).toContain(
      'did       Press "Add"',
    );
  });
});

describe('oneLine', () => {
  it('keeps what could steer a terminal out of it', () => {
    expect(oneLine('\u001b[31mred\u0007\u202e\nsecond')).toBe('[31mred');
    expect(oneLine('x'.repeat(500))).toHaveLength(160);
    expect(oneLine(undefined)).toBe('');
  });
});
