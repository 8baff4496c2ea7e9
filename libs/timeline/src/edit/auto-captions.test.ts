import { describe, expect, it } from '@jest/globals';
import { actionRecord } from '@showrunner/contracts/testing';
import { autoEdit } from './auto-edit';
import type { EditInput, FilmedAction } from './input.types';

const TITLE = 'Find boats by name';

const actionsAt = (captions: [number, string][]): FilmedAction[] =>
  captions.map(([startMs, caption], step) => ({
    ...actionRecord({ feature: 'f', step, caption, startMs, actMs: startMs + 300, endMs: startMs + 800 }),
    takeId: 't',
  }));

const inputWith = (captions: [number, string][], cards?: EditInput['cards']): EditInput => ({
  runId: 'r',
  title: 'Boat shed',
  size: { width: 1280, height: 720 },
  actions: actionsAt(captions),
  clips: [{ clipId: 'c', number: 1, feature: 'f', takeId: 't', startMs: 0, endMs: 5000 }],
  features: [{ id: 'f', title: TITLE, description: '' }],
  takes: [{ takeId: 't', durationMs: 6000, changes: [0, 800, 1600, 2400, 3200, 4000, 4800] }],
  ...(cards && { cards }),
});
const captionsOf = (input: EditInput) => autoEdit(input).captions;

describe('filmCaptions', () => {
  it('where there is no card, the title stands first alone and then above the first steps', () => {
    const captions = captionsOf(inputWith([[0, 'Write “eider”'], [2500, 'Open it']])); // prettier-ignore
    expect(captions.map(({ text, heading }) => [heading?.title ?? '', text])).toEqual([
      [TITLE, ''],
      [TITLE, 'Write “eider”'],
      ['', 'Open it'],
    ]);
    expect(captions[0]).toMatchObject({ startMs: 0, heading: { eyebrow: 'Boat shed' } });
    expect(captions[0]?.endMs).toBe(captions[1]?.startMs);
  });

  it('never says twice what the title says', () => {
    const input = inputWith([[0, 'Find boats, by name!'], [2500, 'Open it']]); // prettier-ignore
    const captions = captionsOf(input);
    expect(captions.map(({ text }) => text)).toEqual(['', 'Open it']);
    expect(captions.map(({ text, heading }) => text || heading?.title)).toEqual([TITLE, 'Open it']);
  });

  it('where there are cards, captions have no heading', () => {
    const input = inputWith([[0, 'Write “eider”']], { titles: 'cards', openingMs: 0 });
    expect(captionsOf(input)).toMatchObject([{ text: 'Write “eider”' }]);
    expect(captionsOf(input)[0]?.heading).toBeUndefined();
  });

  it('names the film above the title only where no opening card has', () => {
    const named = inputWith([[0, 'Write “eider”']], { titles: 'captions', openingMs: 1800 });
    expect(captionsOf(named)[0]?.heading?.eyebrow).toBe('');
  });
});
