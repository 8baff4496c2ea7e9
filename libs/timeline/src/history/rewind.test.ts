import { describe, expect, test } from '@jest/globals';
import { TimelineSchema, type Timeline } from '../document/timeline';
import { applyOperation } from '../operations/apply';
import { rewound } from './rewind';

const first = TimelineSchema.parse({
  ...{ version: 1, runId: 'r', title: 'One', page: { width: 1280, height: 720 }, chapters: [] },
  takes: [{ takeId: 't', durationMs: 5000 }],
  items: [{ kind: 'footage', id: 'f', clipId: 'c', takeId: 't', inMs: 0, outMs: 4000 }],
});

function edited(titles: string[]): { document: Timeline; inverses: { version: number; inverse: unknown }[] } {
  let document = first;
  const inverses = titles.map((title, n) => {
    const { timeline, inverse } = applyOperation(document, { op: 'setTitle', title });
    document = timeline;
    return { version: n + 2, inverse: JSON.parse(JSON.stringify(inverse)) as unknown };
  });
  return { document, inverses: inverses.reverse() };
}

describe('a timeline as it was', () => {
  const { document, inverses } = edited(['Two', 'Three']);
  const stored = { runId: 'r', version: 3, document, inverses };

  test.each([
    [1, 'One'],
    [2, 'Two'],
    [3, 'Three'],
  ])('at version %i', (version, title) => expect(rewound(stored, version).title).toBe(title));

  test.each([0, 4])('at version %i is not there', (version) =>
    expect(() => rewound(stored, version)).toThrow(
      expect.objectContaining({ code: 'timeline_version_gone', status: 410 }),
    ),
  );

  test('behind a change that is too old is not kept', () => {
    const old = inverses.map((one) => (one.version === 2 ? { ...one, inverse: null } : one));
    expect(rewound({ ...stored, inverses: old }, 2).title).toBe('Two');
    expect(() => rewound({ ...stored, inverses: old }, 1)).toThrow('not kept any more');
  });
});
