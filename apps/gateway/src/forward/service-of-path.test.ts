import { describe, expect, it } from '@jest/globals';
import { openApiRoutes } from '@showrunner/service/testing';
import { serviceOfPath } from './service-of-path';

describe('serviceOfPath', () => {
  it('sends each path to the service that owns it', () => {
    const expected: Record<string, string | null> = {
      '/api/projects': 'project',
      '/api/projects/p1/build': 'project',
      '/api/builds/b1/log': 'project',
      '/api/sandboxes/s1': 'sandbox',
      '/api/sandbox/s1': 'sandbox',
      '/api/agents/a/execute': 'sandbox',
      '/api/usage': 'sandbox',
      '/api/runs': 'intent',
      '/api/runs/replay': 'intent',
      '/api/runs/r1/history': 'intent',
      '/api/runs/r1/clips': 'editor',
      '/api/runs/r1/takes': 'editor',
      '/api/runs/r1/artifacts/video.mp4': 'editor',
      '/api/clips/c1': 'editor',
      '/api/exports/e1': 'editor',
      '/api/exports/e1/cancel': 'editor',
      '/api/runs/r1/exports': 'editor',
      '/api/intents': 'intent',
      '/api/plans/p1': 'intent',
      '/api/runsx': null,
      '/api/projects2': null,
      '/api//runs': null,
      '/healthz': null,
      '/api/../healthz': null,
    };
    for (const [path, service] of Object.entries(expected))
      expect([path, serviceOfPath(path)]).toEqual([path, service]);
  });

  it('knows every described path below /api that the gateway does not answer itself', () => {
    const own = openApiRoutes('gateway').map(({ path }) => path);
    expect(own).toContain('/api/events');
    const paths = openApiRoutes()
      .map(({ path }) => path)
      .filter((path) => path.startsWith('/api/') && !own.includes(path));
    expect(paths.length).toBeGreaterThan(50);
    for (const path of paths) expect([path, serviceOfPath(path)]).toEqual([path, expect.any(String)]);
  });

  it('knows the WebSocket, and a path with a slash at its end', () => {
    expect(serviceOfPath('/api/sandboxes/s1/stream')).toBe('sandbox');
    expect(serviceOfPath('/api/runs/')).toBe('intent');
  });
});
