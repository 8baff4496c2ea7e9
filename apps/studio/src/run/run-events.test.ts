import { describe, expect, it } from '@jest/globals';
import { NOTHING_YET, withEvent } from './run-events';

const at = '2026-11-30T07:00:00.000Z';
const after = (...events: [string, Record<string, unknown>][]) =>
  events.reduce((known, [type, data]) => withEvent(known, { type, at, data }), NOTHING_YET);

describe('what the events of a run tell', () => {
  it('is where it stands, since when, and what took how long', () => {
    const live = after(
      ['RUN_STATE', { state: 'building', message: 'Building' }],
      ['BUILD_STAGE', { state: 'installing', message: 'npm install' }],
      ['RUN_PROGRESS', { stage: 'building', durationMs: 1200, startedAt: at }],
      ['RUN_STATE', { state: 'planning', message: 'Exploring' }],
      ['RUN_PROGRESS', { message: 'Page 2 of 8' }],
    );
    expect(live).toMatchObject({
      ...{ state: 'planning', message: 'Page 2 of 8', stateSince: at },
      stages: [{ stage: 'building', durationMs: 1200 }],
    });
  });

  it('is what is filmed now, what was proven and what was dropped, and why', () => {
    const live = after(
      ['PLAN_CREATED', { planId: 'p' }],
      ['FEATURE_MILESTONE', { feature: 'a', kind: 'started', atMs: 0 }],
      ['AGENT_ACTION', { action: { feature: 'a', step: 0, caption: 'Add a card' } }],
      ['FEATURE_MILESTONE', { feature: 'a', kind: 'succeeded', atMs: 9 }],
      ['FEATURE_MILESTONE', { feature: 'b', kind: 'failed', atMs: 12, reason: 'no such button' }],
      ['FEATURE_MILESTONE', { feature: 'c', kind: 'started', atMs: 13 }],
    );
    expect(live.hasPlan).toBe(true);
    expect(live.features).toEqual({
      a: { state: 'verified' },
      b: { state: 'dropped', reason: 'no such button' },
      c: { state: 'filming' },
    });
    expect(live.actions.map(({ caption }) => caption)).toEqual(['Add a card']);
  });

  it('is how far it is, as the platform says', () => {
    const progress = { type: 'PROGRESS', share: 0.4, etaMs: 20_000 };
    expect(after(['PROGRESS', progress]).progress).toMatchObject({ share: 0.4, etaMs: 20_000 });
  });

  it('is how much of the film is rendered; what is of no kind that is known changes nothing', () => {
    const live = after(['EXPORT_PROGRESS', { progress: 0.4 }], ['EXPORT_PROGRESS', { state: 'queued' }]);
    expect(live.rendered).toBe(0.4);
    expect(withEvent(live, { type: 'SOMETHING_NEW', at, data: {} })).toBe(live);
  });
});
