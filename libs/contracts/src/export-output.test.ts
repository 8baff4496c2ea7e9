import { describe, expect, it } from '@jest/globals';
import { ExportOutputSchema, sizeOfHeight } from './export-output';

const issueOf = (output: unknown): string => {
  const read = ExportOutputSchema.safeParse(output);
  return read.success ? '' : (read.error.issues[0]?.path.join('.') ?? '');
};

describe('what an export may be asked for', () => {
  it('is an MP4 as it was filmed when nothing is said', () => {
    expect(ExportOutputSchema.parse({})).toEqual({ format: 'mp4' });
  });

  it.each([
    [{ format: 'webm', height: 480, fps: 60 }],
    [{ format: 'mp4', height: 2160, fps: 30 }],
    [{ format: 'gif', height: 480, maxBytes: 2_000_000 }],
    [{ format: 'mp4', aspect: '9:16', theme: 'aurora' }],
  ])('takes %j', (output) => expect(ExportOutputSchema.parse(output)).toEqual(output));

  it.each([
    [{ format: 'avi' }, 'format'],
    [{ height: 478 }, 'height'],
    [{ aspect: '3:2' }, 'aspect'],
    [{ theme: 'neon' }, 'theme'],
    [{ height: 2162 }, 'height'],
    [{ height: 721 }, 'height'],
    [{ height: '720' }, 'height'],
    [{ fps: 24 }, 'fps'],
    [{ format: 'gif', fps: 30 }, 'fps'],
    [{ maxBytes: 2_000_000 }, 'maxBytes'],
    [{ format: 'gif', maxBytes: 10 }, 'maxBytes'],
    [{ format: 'guide', height: 720 }, 'height'],
    [{ format: 'demo', fps: 30 }, 'fps'],
    [{ format: 'demo', theme: 'midnight' }, 'theme'],
    [{ size: 3 }, ''],
  ])('refuses %j and says where', (output, path) => {
    expect(ExportOutputSchema.safeParse(output).success).toBe(false);
    expect(issueOf(output)).toBe(path);
  });

  it('keeps the proportions of the take, on even numbers', () => {
    expect(sizeOfHeight({ width: 1280, height: 720 }, 480)).toEqual({ width: 854, height: 480 });
    expect(sizeOfHeight({ width: 1280, height: 720 }, 2160)).toEqual({ width: 3840, height: 2160 });
  });
});
