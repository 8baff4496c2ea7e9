import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { uploadFile } from './file-chooser';

describe('a file that nobody asks for', () => {
  it('is not uploaded, whatever the server calls that', async () => {
    const workDir = await mkdtemp(join(tmpdir(), 'showrunner-test-'));
    const call = (tool: string): Promise<{ isError: boolean; text: string }> =>
      Promise.resolve({ isError: false, text: tool === 'browser_click' ? '' : 'No file chooser visible' });
    const target = { role: 'generic', name: 'Import contacts', exact: true };
    const reply = await uploadFile({ call, workDir }, { type: 'upload', target, file: 'figures.csv' }, {});
    expect(reply.isError).toBe(true);
  });
});
