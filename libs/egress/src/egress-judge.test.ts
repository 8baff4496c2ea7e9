import { describe, expect, it } from '@jest/globals';
import { EgressJudge } from './egress-judge';

const judgeWith = (addresses: string[], privateHosts: string[] = []) =>
  new EgressJudge(
    { mode: 'allow', hosts: ['*.good.test', 'good.test:8080'], privateHosts },
    async () => addresses,
  );

describe('EgressJudge', () => {
  it('gives the checked address of a listed host, and records why', async () => {
    const judge = judgeWith(['203.0.113.80']);
    expect(await judge.judge({ host: 'a.good.test', port: 443 })).toBe('203.0.113.80');
    expect(await judge.judge({ host: 'bad.test', port: 443 })).toBeUndefined();
    expect(judge.decisions).toMatchObject([
      { host: 'a.good.test', port: 443, allowed: true, reason: 'on the list' },
      { host: 'bad.test', port: 443, allowed: false, reason: 'not on the list' },
    ]);
  });

  it('denies a listed name that resolves to a private address, and takes the public one of two', async () => {
    const inner = judgeWith(['10.0.0.5', '169.254.169.254']);
    expect(await inner.judge({ host: 'a.good.test', port: 443 })).toBeUndefined();
    expect(inner.decisions[0]?.reason).toContain('169.254.169.254');
    expect(await judgeWith(['10.0.0.5', '1.1.1.1']).judge({ host: 'a.good.test', port: 443 })).toBe(
      '1.1.1.1',
    );
    expect(await judgeWith([]).judge({ host: 'a.good.test', port: 443 })).toBeUndefined();
  });

  it('excepts exactly the host and port an operator named', async () => {
    const judge = judgeWith(['10.0.0.5'], ['mirror.test:8081']);
    expect(await judge.judge({ host: 'mirror.test', port: 8081 })).toBe('10.0.0.5');
    expect(await judge.judge({ host: 'mirror.test', port: 443 })).toBeUndefined();
    expect(await judge.judge({ host: 'a.good.test', port: 443 })).toBeUndefined();
  });

  it('denies a name that does not resolve', async () => {
    const judge = new EgressJudge({ mode: 'allow', hosts: ['x.test'] }, () =>
      Promise.reject(Object.assign(new TypeError('no'), { code: 'ENOTFOUND' })),
    );
    expect(await judge.judge({ host: 'x.test', port: 80 })).toBeUndefined();
    expect(judge.decisions[0]?.reason).toBe('name not resolved: ENOTFOUND');
  });

  it('does not grow without bound', async () => {
    const judge = judgeWith([]);
    for (let count = 0; count < 10_050; count++) judge.refuse('x'.repeat(1000));
    expect(judge.decisions).toHaveLength(10_000);
    expect(judge.decisions[0]?.host).toHaveLength(200);
  });

  it('judges by a new policy at once, also what was asked before and what flows already', async () => {
    const asked: (() => void)[] = [];
    const slow = new EgressJudge(
      { mode: 'allow', hosts: ['*.good.test'] },
      () => new Promise((resolve) => asked.push(() => resolve(['203.0.113.80']))),
    );
    const pending = slow.judge({ host: 'a.good.test', port: 443 });
    slow.setPolicy({ mode: 'allow', hosts: ['b.good.test'], privateHosts: ['c.test:80'] });
    asked.forEach((answer) => answer());
    expect(await pending).toBeUndefined();
    expect(slow.stillAllows({ host: 'a.good.test', port: 443 }, '203.0.113.80')).toBe(false);
    expect(slow.stillAllows({ host: 'b.good.test', port: 443 }, '203.0.113.80')).toBe(true);
    expect(slow.stillAllows({ host: 'b.good.test', port: 443 }, '10.0.0.5')).toBe(false);
    expect(slow.stillAllows({ host: 'c.test', port: 80 }, '10.0.0.5')).toBe(true);
  });

  it('keeps the policy of before when the new one is none', () => {
    const judge = judgeWith(['203.0.113.80']);
    expect(() => judge.setPolicy({ mode: 'allow', hosts: ['x.test', 'http://x'] })).toThrow('is not a host');
    expect(() => judge.setPolicy({ mode: 'allow', hosts: ['x.test'], privateHosts: ['a b'] })).toThrow();
    expect(judge.stillAllows({ host: 'a.good.test', port: 443 }, '203.0.113.80')).toBe(true);
  });
});
