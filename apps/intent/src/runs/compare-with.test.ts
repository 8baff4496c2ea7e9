import { describe, expect, it } from '@jest/globals';
import { CreateRunSchema } from '@showrunner/contracts';
import type { Source } from '@showrunner/contracts';
import { compareWith } from './compare-with';

const git: Source = { kind: 'git', url: 'https://example.test/app.git' };
const archive: Source = { kind: 'archive', storageKey: 'k', fileName: 'app.zip', bytes: 1, sha256: 'x' };
const projects = { get: (id: string) => (id === 'p2' ? Promise.resolve({}) : Promise.reject(new Error(id))) };
const asked = (request: object, source: Source = git) =>
  compareWith(CreateRunSchema.parse({ projectId: 'p1', ...request }), source, projects as never);

describe('what a run is compared with', () => {
  it('is another state of the repository, or another upload with what lies between', async () => {
    expect(await asked({})).toEqual({});
    expect(await asked({ base: 'main', head: 'feature/x' })).toEqual({
      compare: { base: 'main', head: 'feature/x' },
    });
    const changes = { files: ['a.html'], added: ['new'], removed: [], messages: [] };
    expect(await asked({ base: 'main', baseProjectId: 'p2', changes }, archive)).toEqual({
      compare: { base: 'main', baseProjectId: 'p2', changes },
    });
    await expect(asked({ base: 'main', baseProjectId: 'nope' }, archive)).rejects.toThrow('nope');
  });

  it('is refused when it does not go together', async () => {
    const changes = { files: [], added: [], removed: [], messages: [] };
    for (const request of [
      ...[{ head: 'x' }, { baseProjectId: 'p2' }, { changes }],
      ...[
        { base: 'main', planId: 'plan-1' },
        { base: 'main', keepSandbox: true },
      ],
      ...[{ base: 'main', test: { fileName: 'a.spec.ts', source: '' } }],
      ...[
        { base: 'main', baseProjectId: 'p2' },
        { base: 'main', changes },
      ],
    ])
      await expect(asked(request)).rejects.toMatchObject({ code: 'comparison_ambiguous', status: 400 });
    await expect(asked({ base: 'main', head: 'x', baseProjectId: 'p2' }, archive)).rejects.toMatchObject({
      code: 'comparison_ambiguous',
    });
    await expect(asked({ base: 'main' }, archive)).rejects.toMatchObject({
      ...{ code: 'comparison_needs_git', status: 422, remedy: expect.any(String) },
    });
  });
});
