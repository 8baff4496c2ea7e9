import { describe, expect, it } from '@jest/globals';
import type { Feature } from '@showrunner/contracts';
import { proposeFeatures } from '../propose';
import { exploration, loaded, page } from '../testing/outline';

const featuresOf = (outline: string, text = '', readme = ''): Feature[] => {
  const shown = page('/', outline);
  const seen = exploration([loaded({ ...shown, text: `${shown.text}\n${text}` })], { readme });
  const { candidates, reserves } = proposeFeatures(seen, '');
  return [...candidates, ...reserves].map(({ feature }) => feature);
};
const titles = (...args: Parameters<typeof featuresOf>): string[] =>
  featuresOf(...args).map(({ title }) => title);
/** Boxes in the outline are 10 x 10: a board that fills the window is said to be one. */
const large = (outline: string): ReturnType<typeof page> => {
  const shown = page('/', outline);
  return {
    ...shown,
    elements: shown.elements.map((one) =>
      one.picture === undefined ? one : { ...one, box: { x: 0, y: 0, width: 500, height: 500 } },
    ),
  };
};

describe('what plays', () => {
  it('is played by its button, and proven by the film or sound itself', () => {
    const [play] = featuresOf('audio "" value=paused\nbutton "Play"\nbutton "Next"');
    expect(play).toMatchObject({ title: 'Play the sound', kind: 'use' });
    expect(play?.steps.map(({ success }) => success)).toEqual([
      { kind: 'value', target: { role: 'audio', name: '', exact: true }, equals: 'playing' },
      { kind: 'value', target: { role: 'audio', name: '', exact: true }, equals: 'paused' },
    ]);
  });
  it('is none when it cannot be had, or plays already', () => {
    expect(titles('audio "" value=failed\nbutton "Play"')).not.toContain('Play the sound');
    expect(titles('video "" value=playing\nbutton "Play"')).not.toContain('Play the video');
  });
  it('is played by signs as well', () => {
    expect(titles('audio "" value=paused\nbutton "▶"')).toContain('Play the sound');
  });
});

describe('keys', () => {
  const keys = (outline: string, text: string): string[] => {
    const shown = large(outline);
    const { candidates } = proposeFeatures(
      exploration([loaded({ ...shown, text: `${shown.text}\n${text}` })]),
      '',
    );
    return candidates.map(({ feature }) => feature.title);
  };
  it('change a board that stands still, where the page speaks of them', () => {
    expect(keys('application "" picture=abc', 'Use your arrow keys to move the tiles.')).toEqual([
      'Play with the arrow keys',
    ]);
  });
  it.each([
    ['a board that moves by itself', 'application "" picture=abc restless', 'Use your arrow keys.'],
    ['a page that says nothing of keys', 'application "" picture=abc', 'Nine fields.'],
    ['a page to type in', 'application "" picture=abc\ntextbox "Name"', 'Use your arrow keys.'],
    ['a picture from a file', 'img "Boat" picture=file-abc', 'Use your arrow keys.'],
  ])('prove nothing on %s', (_, outline, text) => {
    expect(keys(outline, text)).not.toContain('Play with the arrow keys');
  });
  it('are pressed where the page asks for them', () => {
    expect(titles('heading "Find the word"', 'Enter a letter')).toEqual(['Try some letters']);
    expect(titles('heading "Race"', 'Press the space bar to begin')).toEqual(['Press the space bar']);
  });
});

describe('one of several like things', () => {
  const seats = 'generic "seat"\ngeneric "seat"\ngeneric "seat"\ngeneric "seat"';
  it('is chosen, and another one after it', () => {
    const [choose] = featuresOf(`heading "Cinema"\n${seats}`);
    expect(choose).toMatchObject({ title: 'Choose a seat' });
    expect(choose?.steps.map(({ action }) => ('target' in action ? action.target?.nth : undefined))).toEqual([
      0, 1,
    ]);
  });
  it('is none where there are two, or where choosing it deletes', () => {
    expect(titles('generic "seat"\ngeneric "seat"')).toEqual([]);
    expect(titles('button "Delete"\nbutton "Delete"\nbutton "Delete"')).toEqual([]);
  });
  it('is a picture that can be clicked', () => {
    expect(titles('img "Harbour at dawn" clickable\nimg "Pier" clickable')).toEqual([
      'Open “Harbour at dawn”',
    ]);
  });
});

describe('a question with answers', () => {
  it('is answered and given', () => {
    const [answer] = featuresOf(
      'heading "Which is the largest?"\nradio "Mars" checked=false\nradio "Jupiter" checked=false\nbutton "Submit"',
    );
    expect(answer).toMatchObject({ title: 'Answer “Which is the largest?”' });
    expect(answer?.steps).toHaveLength(2);
  });
  it('is none with one answer', () => {
    expect(titles('radio "Mars" checked=false')).toEqual([]);
  });
});

describe('a page to read', () => {
  const below = (outline: string): ReturnType<typeof page> => {
    const shown = page('/', outline);
    return {
      ...shown,
      elements: shown.elements.map((one, at) =>
        one.role === 'heading' && at > 0
          ? { ...one, inViewport: false, box: { ...one.box, y: 900 * at } }
          : one,
      ),
    };
  };
  it('is shown by its sections, said to be a tour', () => {
    const shown = below('heading "Harbour" level=1\nheading "Boats" level=2\nheading "Prices" level=2');
    const { candidates } = proposeFeatures(exploration([loaded(shown)]), '');
    expect(candidates.map(({ feature }) => feature.title)).toEqual(['A tour of the page']);
    expect(candidates[0]?.feature.steps.map(({ success }) => success.kind)).toEqual([
      'inViewport',
      'inViewport',
    ]);
  });
  it('has links to its places', () => {
    const shown = below('link "Prices" href=/#prices\nheading "Our prices" level=2');
    const { candidates } = proposeFeatures(exploration([loaded(shown)]), '');
    expect(candidates.map(({ feature }) => feature.title)).toContain('Go to Prices');
  });
  it('is none where everything is seen at once', () => {
    expect(titles('heading "Harbour" level=1\nheading "Boats" level=2')).toEqual([]);
  });
});
