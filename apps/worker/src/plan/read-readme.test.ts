import { describe, expect, it } from '@jest/globals';
import { AppError, type ErrorCode } from '@showrunner/contracts';
import { readReadme } from './read-readme';

const sandboxWith = (files: Record<string, string>): Parameters<typeof readReadme>[0] => ({
  readFile: (path) => {
    const text = files[path];
    return text === undefined
      ? Promise.reject(new AppError('file_not_found', 'There is no such file.'))
      : Promise.resolve(Buffer.from(text));
  },
});

describe('readReadme', () => {
  it("prefers the README of the app's own folder to that of the source", async () => {
    const both = sandboxWith({ '/app/README.md': 'all', '/app/examples/shop/README.rst': 'shop' });
    expect(await readReadme(both, 'examples/shop')).toBe('shop');
    expect(await readReadme(both, '')).toBe('all');
    expect(await readReadme(both, 'examples/other')).toBe('all');
  });

  it('is empty where there is none or it is too large, and hides no other failure', async () => {
    expect(await readReadme(sandboxWith({}), 'web')).toBe('');
    const failing = (code: ErrorCode): Parameters<typeof readReadme>[0] => ({
      readFile: () => Promise.reject(new AppError(code, 'failed')),
    });
    expect(await readReadme(failing('file_too_large'), '')).toBe('');
    await expect(readReadme(failing('sandbox_gone'), '')).rejects.toMatchObject({ code: 'sandbox_gone' });
  });
});
