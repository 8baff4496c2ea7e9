import { describe, expect, it } from '@jest/globals';
import { laneOf, withinLanes } from './lanes';
import type { Lane } from './lanes';

const none: Record<Lane, number> = { film: 0, build: 0, request: 0 };
const chosen = (order: Lane[], free: number, held = none, most = { film: 2, build: 1 }): string =>
  withinLanes(order, free, { laneOfRequest: (lane) => lane, held, most }).join(' ');

describe('places', () => {
  it('are of films, of builds of their own, or of requests, as those that are kept are', () => {
    const build = { purpose: 'build', runId: 'r', idleTimeoutMs: null };
    expect(laneOf(build)).toBe('film');
    expect(laneOf({ ...build, runId: null })).toBe('build');
    expect(laneOf({ ...build, idleTimeoutMs: 1 })).toBe('request');
    expect(laneOf({ ...build, purpose: 'api' })).toBe('request');
  });

  it('fault 6: are no more for films than the machine bears, and films that wait keep nobody else waiting', () => {
    expect(chosen(['film', 'film', 'film', 'request', 'build', 'build'], 100)).toBe(
      'film film request build',
    );
    expect(chosen(['film', 'request'], 100, { ...none, film: 2 })).toBe('request');
    expect(chosen(['film', 'request'], 1)).toBe('film');
    expect(chosen(['film'], 0)).toBe('');
  });

  it('have no bound of their own where none is given', () => {
    expect(chosen(['film', 'film', 'film'], 3, none, {} as never)).toBe('film film film');
  });
});
