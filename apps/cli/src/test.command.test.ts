import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { ApiClient } from '@showrunner/api-client';
import { writeTest } from './test.command';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'test-command-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const said = { out: '', err: '' };
beforeEach(() => {
  Object.assign(said, { out: '', err: '' });
  for (const [name, stream] of [['out', process.stdout] as const, ['err', process.stderr] as const])
    jest.spyOn(stream, 'write').mockImplementation((text) => {
      said[name] += String(text);
      return true;
    });
});
afterEach(() => void jest.restoreAllMocks());

const answer = {
  fileName: 'app.spec.ts',
  source: "test('x');\n",
  notCarriedOver: ['Find: it was not shown.'],
};
const api = { GET: () => Promise.resolve({ data: answer }) } as unknown as Pick<ApiClient, 'GET'>;

describe('test', () => {
  it('prints the file, and says beside it what it does not hold', async () => {
    expect(await writeTest(api, 'r1', {})).toBe(0);
    expect(said).toEqual({ out: answer.source, err: 'Not carried over: Find: it was not shown.\n' });
  });

  it('writes it into a folder that need not be there, and over nothing', async () => {
    const out = path.join(folder, 'tests', 'app.spec.ts');
    await writeTest(api, 'r1', { out });
    expect(said.out).toBe(`${out}\n`);
    expect(readFileSync(out, 'utf8')).toBe(answer.source);
    writeFileSync(out, 'mine');
    await expect(writeTest(api, 'r1', { out })).rejects.toMatchObject({ code: 'out_taken' });
    expect(readFileSync(out, 'utf8')).toBe('mine');
    await writeTest(api, 'r1', { out, force: true });
    expect(readFileSync(out, 'utf8')).toBe(answer.source);
    await expect(writeTest(api, 'r1', { out: path.join(out, 'x.ts') })).rejects.toMatchObject({
      code: 'out_unusable',
    });
  });
});
