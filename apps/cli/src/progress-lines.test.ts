import { describe, expect, it, jest } from '@jest/globals';
import type { ApiClient } from '@showrunner/api-client';
import { oneLine } from './progress-lines';
import { listRuns } from './run.commands';

describe('one line of what was said elsewhere', () => {
  it('is whole where it fits, and says where there is more', () => {
    expect(oneLine('Short.')).toBe('Short.');
    expect(oneLine('The app ended. Its log ends with:\nError: no DB')).toBe(
      'The app ended. Its log ends with: …',
    );
    expect(oneLine('x'.repeat(160))).toBe('x'.repeat(160));
    expect(oneLine('x'.repeat(161))).toBe(`${'x'.repeat(159)}…`);
    expect(oneLine('ends with a line\n')).toBe('ends with a line');
    expect(oneLine('😀'.repeat(20), 10)).toBe(`${'😀'.repeat(9)}…`);
    expect([oneLine(undefined), oneLine(7), oneLine('')]).toEqual(['', '', '']);
  });

  it('moves no cursor and paints nothing, also in the list of runs', async () => {
    const message = 'Failed \u001b[2J\u001b]0;title\u0007\u202eby the page';
    const run = { id: 'r1', state: 'failed', createdAt: '2026-01-01T00:00:00.000Z', message };
    const api = { GET: () => Promise.resolve({ data: { data: [run], nextCursor: null } }) };
    const written: string[] = [];
    const spy = jest
      .spyOn(process.stdout, 'write')
      .mockImplementation((text) => written.push(String(text)) > 0);
    try {
      expect(await listRuns(api as unknown as ApiClient, false)).toBe(0);
    } finally {
      spy.mockRestore();
    }
    expect(written.join('')).toBe('r1  failed     2026-01-01T00:00:00.000Z  Failed [2J]0;titleby the page\n');
  });
});
