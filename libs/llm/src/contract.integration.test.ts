import { describe, expect, test } from '@jest/globals';
import { askLive } from './testing/live';
import { modelServer } from './testing';
import type { ReceivedRequest, Reply } from './testing';

/** Answers as a model should that has read its prompt. */
function sensible({ prompt, body }: ReceivedRequest): Reply {
  if (prompt.includes('long story')) return { silent: true };
  if (prompt.includes('You plan a short demo film')) {
    const id = /^(e\d+) button "Add note"/m.exec(prompt)?.[1] ?? null;
    const steps = [{ do: 'click', element: id, text: null, caption: 'Add the note', expect: null }];
    const feature = {
      candidate: null,
      part: null,
      kind: 'create',
      title: 'Add a note',
      description: 'Kept.',
      page: 1,
      steps,
    };
    return { text: JSON.stringify({ features: [feature] }) };
  }
  const choice = /^(\d+) button "Save changes"/m.exec(prompt)?.[1];
  expect(body['model']).toBe('m-1');
  return {
    text: JSON.stringify({
      choice: choice === undefined ? null : Number(choice),
      confidence: 0.9,
      why: 'It means that.',
    }),
  };
}

describe('the questions of npm run models:live', () => {
  test.each(['openai', 'anthropic'] as const)(
    'hold for a sensible %s, and are seen not to hold for one that is not',
    async (provider) => {
      const server = await modelServer(provider);
      try {
        const model = { provider, model: 'm-1', apiKey: 'k', baseUrl: server.url };
        const lines: string[] = [];
        server.replies(sensible);
        await askLive([model], (line) => lines.push(line));
        expect(lines.filter((line) => line.startsWith('  ✗'))).toEqual([]);
        expect(lines.filter((line) => line.startsWith('  ✓'))).toHaveLength(10);
        server.replies({ text: '{"choice":1,"confidence":1,"why":"The page said so."}' });
        expect(await askLive([model], () => undefined)).toBeGreaterThanOrEqual(4);
      } finally {
        await server.close();
      }
    },
  );

  test('are asked of nobody without a key, and say so', async () => {
    const lines: string[] = [];
    expect(await askLive([], (line) => lines.push(line))).toBe(0);
    expect(lines).toEqual([expect.stringContaining('nothing was asked')]);
  });
});
