import { describe, expect, it } from '@jest/globals';
import { signedPath, tenantOfSigned } from './signed-path';

const NOW = 1_790_000_000_000;
const PATH = '/api/runs/r1/artifacts/video.mp4';
const url = signedPath(PATH, 'acme', 'secret', NOW + 60_000);
const opens = (change: { method?: string; url?: string; secret?: string; nowMs?: number } = {}): boolean =>
  tenantOfSigned(
    { method: change.method ?? 'GET', url: change.url ?? url },
    change.secret ?? 'secret',
    change.nowMs ?? NOW,
  ) === 'acme';

describe('a signed path', () => {
  it('opens what it names, for reading, until its time', () => {
    expect([opens(), opens({ method: 'HEAD' })]).toEqual([true, true]);
    expect(opens({ nowMs: NOW + 61_000 })).toBe(false);
  });

  it('opens nothing else', () => {
    for (const method of ['POST', 'DELETE', 'OPTIONS', '']) expect(opens({ method })).toBe(false);
    expect(opens({ secret: 'another' })).toBe(false);
    const [, query = ''] = url.split('?');
    for (const path of ['/api/runs/r2/artifacts/video.mp4', '/api/runs', `${PATH}/..`, `/${PATH}`, ''])
      expect([path, opens({ url: `${path}?${query}` })]).toEqual([path, false]);
  });

  it('is nothing without its time and signature as they were given', () => {
    const [, until = '', signature = ''] = /&until=(\d+)&signature=(.*)$/.exec(url) ?? [];
    const tries = [
      PATH,
      `${PATH}?`,
      `${PATH}?tenant=acme&signature=${signature}`,
      `${PATH}?tenant=acme&until=${until}`,
      `${PATH}?tenant=acme&until=${Number(until) + 1}&signature=${signature}`,
      `${PATH}?tenant=acme&until=${until}e3&signature=${signature}`,
      `${PATH}?tenant=acme&until=-1&signature=${signature}`,
      `${PATH}?tenant=acme&until=999999999999&signature=${signature}`,
      `${PATH}?tenant=acme&until=${until}&signature=${signature.slice(1)}`,
      `${PATH}?tenant=acme&until=${until}&signature=&signature=${signature}`,
      `${PATH}?until=${until}&signature=${signature}`,
      `${PATH}?tenant=&until=${until}&signature=${signature}`,
      `${PATH}?tenant=other&until=${until}&signature=${signature}`,
    ];
    for (const wrong of tries) expect([wrong, opens({ url: wrong })]).toEqual([wrong, false]);
  });
});
