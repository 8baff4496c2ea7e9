import { describe, expect, it } from '@jest/globals';
import { sourceFor } from './replay.command';

const history = { workflows: {} };

describe('the source of a replay', () => {
  it('is given for a history of another machine, and for nothing else', () => {
    expect(sourceFor(history, {})).toBeUndefined();
    expect(sourceFor(undefined, {})).toBeUndefined();
    expect(sourceFor(history, { source: 'https://example.com/team/app.git' })).toMatchObject({ kind: 'git' });
    expect(sourceFor(history, { source: 'examples' })).toMatchObject({ kind: 'folder' });
    expect(() => sourceFor(undefined, { source: 'examples' })).toThrow(
      expect.objectContaining({ code: 'source_not_needed' }),
    );
    expect(() => sourceFor(history, { source: 'no/such/folder' })).toThrow(
      expect.objectContaining({ code: 'source_missing' }),
    );
  });
});
