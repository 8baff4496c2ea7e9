import { describe, expect, it } from '@jest/globals';
import { FilmOutlineSchema } from '@showrunner/contracts';
import { actionRecord } from '@showrunner/contracts/testing';
import { autoEdit, type EditInput, type FilmedAction } from '@showrunner/timeline';
import { filmOutline } from './film-outline';
import { scheduleOf } from './schedule';

const at = (step: number, startMs: number, more: Partial<FilmedAction> = {}): FilmedAction => ({
  ...actionRecord({
    feature: 'f',
    step,
    caption: `Step ${step}`,
    startMs,
    actMs: startMs + 300,
    endMs: startMs + 800,
  }),
  ...{ takeId: 't', box: { x: 1200, y: 100, width: 160, height: 40 }, ...more },
});
const actions = [at(0, 200), at(1, 1400, { result: 'failed' }), at(1, 2400), at(2, 3600, { box: null })];
const input: EditInput = {
  runId: 'r',
  zooms: false,
  title: 'Boat shed',
  size: { width: 1280, height: 720 },
  actions,
  clips: [{ clipId: 'c', number: 1, feature: 'f', takeId: 't', startMs: 0, endMs: 4500 }],
  features: [{ id: 'f', title: 'Find boats', description: 'By name.' }],
  takes: [{ takeId: 't', durationMs: 6000, changes: [0, 800, 1600, 2400, 3200, 4000] }],
};

describe('the outline of a film', () => {
  const timeline = scheduleOf(autoEdit(input));
  const outline = filmOutline(timeline, actions, 60);

  it('is what its schema says, and of the film', () => {
    expect(FilmOutlineSchema.parse(JSON.parse(JSON.stringify(outline)))).toEqual(outline);
    expect(outline).toMatchObject({ title: 'Boat shed', fps: 60, durationMs: timeline.durationMs });
    expect(outline.stretches.at(-1)?.endMs).toBe(outline.durationMs);
    expect(outline.chapters).toEqual([
      expect.objectContaining({ title: 'Find boats', feature: 'f', startMs: 0 }),
    ]);
  });

  it('has the steps that succeeded, on the clock of the film, each within its chapter', () => {
    expect(outline.steps.map(({ text, isLast }) => [text, isLast])).toEqual([
      ['Step 0', false],
      ['Step 1', false],
      ['Step 2', true],
    ]);
    for (const { startMs, actMs, endMs } of outline.steps) {
      expect(startMs).toBeLessThanOrEqual(actMs);
      expect(actMs).toBeLessThanOrEqual(endMs);
      expect(endMs).toBeLessThanOrEqual(outline.durationMs);
    }
    expect(outline.steps.at(-1)?.endMs).toBe(outline.chapters[0]?.endMs);
    expect(outline.steps[1]).toMatchObject({ beforeMs: 2700, verifiedMs: 3200 });
  });

  it('has boxes as far as the picture goes', () => {
    expect(outline.steps[0]?.box).toEqual({ x: 1200, y: 100, width: 80, height: 40 });
    expect(outline.steps[2]?.box).toBeNull();
  });
});

describe('actions of a film of another size', () => {
  it('have their boxes in its pixels', () => {
    const shown = [
      at(0, 0, {
        revealed: [{ x: 2, y: 4, width: 6, height: 8 }],
        box: { x: 1000, y: 100, width: 160, height: 40 },
      }),
    ];
    const timeline = autoEdit({ ...input, actions: shown });
    const [scaled] = filmOutline(scheduleOf(timeline, { width: 1920, height: 1080 }), shown).steps;
    expect(scaled?.box).toEqual({ x: 1500, y: 150, width: 240, height: 60 });
    expect(scaled?.revealed).toEqual([{ x: 3, y: 6, width: 9, height: 12 }]);
    expect(filmOutline(scheduleOf(timeline), shown).steps[0]?.box).toEqual(shown[0]?.box);
  });

  it('are where the camera shows them', () => {
    const shown = [at(0, 2000, { box: { x: 100, y: 100, width: 160, height: 40 } })];
    const zoom = {
      id: 'z',
      startMs: 500,
      endMs: 5000,
      focus: { x: 0, y: 0, width: 100, height: 100 },
      scale: 2,
      easeMs: 700,
    };
    const timeline = { ...autoEdit({ ...input, actions: shown }), zooms: [zoom] };
    expect(filmOutline(scheduleOf(timeline), shown).steps[0]?.box).toEqual({
      x: 200,
      y: 200,
      width: 320,
      height: 80,
    });
  });
});
