import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readOperations } from './edit.command';
import { readSshKeyFile, readTokenFile } from './make-project';
import { readPlanFile, readTestFile } from './plan-file';
import { whyUnreadable } from './why-unreadable';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'unreadable-'));
  mkdirSync(path.join(folder, 'folder'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const readers = {
  '--plan': readPlanFile,
  '--from': readTestFile,
  'edit --file': (file: string) => readOperations({ op: [], file }),
  '--token-file': readTokenFile,
  '--ssh-key-file': readSshKeyFile,
};

describe('a file that is named and cannot be read', () => {
  it.each(Object.entries(readers))('is told in words, without codes of the system: %s', (_option, read) => {
    const told = (name: string): string => {
      const file = path.join(folder, name);
      try {
        read(file);
      } catch (error) {
        return String((error as Error).message).replace(file, 'FILE');
      }
      return '';
    };
    expect(told('none')).toMatch(/FILE.*: (there is|it cannot be read: there is) no such file\.$/);
    expect(told('folder')).toMatch(/FILE.*it is a folder\.$/);
    for (const name of ['none', 'folder']) expect(told(name)).not.toMatch(/E[A-Z]{3,}|stat|open/);
  });

  it('is told as the system tells it where nobody here knows better', () => {
    const full = Object.assign(new Error("EMFILE: too many open files, open '/x'"), {
      code: 'EMFILE',
      errno: -24,
    });
    expect(whyUnreadable(full)).toBe('too many open files.');
    expect(whyUnreadable(new RangeError('It is larger than 1 MiB.'))).toBe('It is larger than 1 MiB.');
  });
});
