import { describe, expect, it } from '@jest/globals';
import { knownVulnerabilities } from './known-vulnerabilities';

interface Asked {
  url: string;
  body: unknown;
}

function sources(answers: Record<string, unknown>) {
  const asked: Asked[] = [];
  const ask = (url: string | URL | Request, request?: RequestInit): Promise<Response> => {
    asked.push({
      url: String(url),
      body: request?.body === undefined ? null : JSON.parse(String(request.body)),
    });
    const answer = Object.entries(answers).find(([part]) => String(url).includes(part))?.[1];
    if (answer === undefined) return Promise.reject(new TypeError('fetch failed'));
    return Promise.resolve(answer instanceof Response ? answer : Response.json(answer));
  };
  return { asked, npm: 'https://npm.test/', pypi: 'https://pypi.test', fetch: ask as typeof fetch };
}
const manifest = (dependencies: object) => ({
  path: 'package.json',
  content: JSON.stringify({ dependencies }),
});
const advisory = (severity: string, vulnerable_versions: string) => ({
  severity,
  title: 'Prototype pollution',
  vulnerable_versions,
});

describe('known faults of packages', () => {
  it('refuse a version that has a grave one, and are told where a newer version of the range has none', async () => {
    const from = sources({
      bulk: {
        a: [advisory('critical', '<2.0.0')],
        b: [advisory('high', '<1.5.0')],
        c: [advisory('low', '*')],
      },
    });
    const known = await knownVulnerabilities([manifest({ a: '1.0.0', b: '^1.0.0', c: '1.0.0' })], from);
    expect(known.refused).toEqual(['a 1.0.0 has a known fault (critical): Prototype pollution.']);
    expect(known.notes).toHaveLength(2);
    expect(from.asked).toEqual([
      {
        url: 'https://npm.test/-/npm/v1/security/advisories/bulk',
        body: { a: ['1.0.0'], b: ['1.0.0'], c: ['1.0.0'] },
      },
    ]);
  });

  it('of Python are those that are not withdrawn', async () => {
    const from = sources({
      '/a/1.0/': { vulnerabilities: [{ id: 'PYSEC-1', summary: 'Reads files' }] },
      '/b/2.0/': { vulnerabilities: [{ id: 'PYSEC-2', summary: '', withdrawn: '2024-01-01' }] },
    });
    const content = 'a==1.0\nb[extra]==2.0 # words\nc>=1\n';
    expect(await knownVulnerabilities([{ path: 'requirements.txt', content }], from)).toEqual({
      refused: ['a 1.0 has a known fault (PYSEC-1): Reads files.'],
      notes: [],
    });
  });

  it.each([
    ['is away', {}],
    ['says nothing of use', { bulk: ['x'], pypi: 'x' }],
    ['sends no JSON', { bulk: new Response('<html>'), pypi: new Response('<html>') }],
    ['fails', { bulk: new Response('{}', { status: 500 }), pypi: new Response('{}', { status: 404 }) }],
    [
      'never ends',
      { bulk: new Response('x'.repeat(3 * 2 ** 20)), pypi: new Response('x'.repeat(3 * 2 ** 20)) },
    ],
  ])('are told not to have been looked up when the source %s', async (_how, answers) => {
    const files = [manifest({ a: '1.0.0' }), { path: 'requirements.txt', content: 'b==1' }];
    const { refused, notes } = await knownVulnerabilities(files, sources(answers));
    expect(refused).toEqual([]);
    expect(notes).toEqual([
      expect.stringMatching(/of a were not looked up/),
      expect.stringMatching(/of b were not looked up/),
    ]);
  });

  it('ask nobody for an app without packages', async () => {
    const from = sources({});
    expect(await knownVulnerabilities([{ path: 'index.html', content: '' }], from)).toEqual({
      refused: [],
      notes: [],
    });
    expect(from.asked).toEqual([]);
  });
});
