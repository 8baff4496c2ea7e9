import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { toolCallFor } from '../mcp/tool-call';
import { InputPacer, PACES } from './pace';
import { checkBudget } from './check-budget';

const keys = (seed: string, count: number): number[] => {
  const pacer = new InputPacer();
  pacer.begin({ pace: 'normal', seed, keys: count });
  return Array.from({ length: count }, () => pacer.delayOf('Input.dispatchKeyEvent', { type: 'keyDown' }));
};

describe('InputPacer', () => {
  it('gives the same rhythm for the same seed, within human bounds', () => {
    fc.assert(
      fc.property(fc.string(), fc.integer({ min: 1, max: 400 }), (seed, count) => {
        const delays = keys(seed, count);
        expect(keys(seed, count)).toEqual(delays);
        expect(Math.max(...delays)).toBeLessThanOrEqual(PACES.normal.keyMaxMs);
        if (count < 50) expect(Math.min(...delays)).toBeGreaterThanOrEqual(PACES.normal.keyMinMs);
        expect(delays.reduce((sum, one) => sum + one, 0)).toBeLessThan(
          PACES.normal.typingMaxMs * 1.3 + count,
        );
      }),
    );
  });

  it('goes from slow to none in every pause', () => {
    const paces = [PACES.slow, PACES.normal, PACES.fast, PACES.none];
    const pauses = ['stillMs', 'hoverMs', 'keyMinMs', 'keyMaxMs', 'typingMaxMs'] as const;
    for (const pause of pauses) {
      const values = paces.map((timings) => timings[pause]);
      expect(values).toEqual([...values].sort((a, b) => b - a));
      expect(values.at(-1)).toBe(0);
    }
  });

  it('notes the first press, and holds nothing back when fast', () => {
    const pacer = new InputPacer();
    pacer.begin({ pace: 'none', seed: 's', keys: 1 });
    expect(pacer.delayOf('Input.dispatchMouseEvent', { type: 'mousePressed' })).toBe(0);
    expect(pacer.actedAt).toBeUndefined();
    pacer.note('Input.dispatchMouseEvent', { type: 'mouseMoved', x: 1, y: 2 });
    expect(pacer.actedAt).toBeUndefined();
    pacer.note('Input.dispatchMouseEvent', { type: 'mousePressed', x: 3, y: 4 });
    expect(pacer.actedAt).toEqual(expect.any(Number));
    expect(pacer.isDelivered).toBe(false);
    pacer.note('Input.dispatchMouseEvent', { type: 'mouseReleased', x: 3, y: 4 });
    expect(pacer.isDelivered).toBe(true);
  });
});

describe('toolCallFor', () => {
  it('never records the selector or the host, and types key by key', () => {
    const target = { role: 'textbox', name: 'Title', exact: true };
    expect(toolCallFor({ type: 'type', target, text: 'abc', submit: true }, 'http://x')).toEqual({
      tool: 'browser_type',
      arguments: { element: 'textbox "Title"', text: 'abc', slowly: true, submit: true },
      targeted: true,
      prepare: 'select',
    });
    expect(
      toolCallFor({ type: 'type', target, text: '2030-01-01', submit: false }, 'http://x', 'date'),
    ).toMatchObject({ prepare: 'look', arguments: { text: '2030-01-01' } });
    expect(
      toolCallFor({ type: 'type', target, text: '', submit: false }, 'http://x').arguments,
    ).not.toHaveProperty('slowly');
  });
});

describe('checkBudget', () => {
  it('ends a session that used up its steps or its time', () => {
    const limits = { maxSteps: 2, maxMs: 1000 };
    expect(() => checkBudget({ steps: 1, ms: 999 }, limits)).not.toThrow();
    expect(() => checkBudget({ steps: 2, ms: 0 }, limits)).toThrow(
      expect.objectContaining({ code: 'step_limit', retryable: false }),
    );
    expect(() => checkBudget({ steps: 0, ms: 1000 }, limits)).toThrow(
      expect.objectContaining({ code: 'time_limit' }),
    );
  });
});
