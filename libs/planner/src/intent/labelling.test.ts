import { describe, expect, it } from '@jest/globals';
import { followingSteps } from '../following-steps';
import { proposeFeatures } from '../propose';
import { exploration, loaded, page } from '../testing/outline';
import { labellingIn } from './labelling';

const card = (title: string, label: string, more = ''): string =>
  `  article ""\n    heading "${title}" level=3\n    text "${label}"\n    button "Remove label ${label}" hiddenName\n${more === '' ? '    button "+ Label"' : more}`;
const outline = (more = ''): string =>
  `heading "Plants" level=1\nform ""\n  textbox "" placeholder="Name of a new plant" inputType=text\n  button "Add plant"\n${card('Tall fern', 'shade')}\n${card('Old cactus', 'sun', more)}`;
const plants = page('/', outline());
const answers = (intent: string) => proposeFeatures(exploration([loaded(plants)]), intent).candidates;

describe('a label for one of many things', () => {
  it.each([
    ['Add the label "dry" to the plant Old cactus', 'dry', 'the plant Old cactus'],
    ['Tag Old cactus as dry', 'dry', 'Old cactus'],
    ['Label the cactus with dry', 'dry', 'the cactus'],
    ['Give Old cactus the tag dry', 'dry', 'Old cactus'],
    ['Füge das Etikett „trocken“ zu Old cactus hinzu', 'trocken', 'Old cactus'],
    ['Ajoute l’étiquette « sec » à Old cactus', 'sec', 'Old cactus'],
    ['Añade la etiqueta seco a Old cactus', 'seco', 'Old cactus'],
    ['label it dry', 'dry', 'it'],
  ])('is read from %s', (said, text, to) => {
    expect(labellingIn(said)).toEqual({ text, to });
  });

  it.each(['Show only the plants tagged dry', 'Add a label', 'Remove the label sun from Old cactus'])(
    'is not read from %s',
    (said) => {
      expect(labellingIn(said)).toBeUndefined();
    },
  );

  it('opens what the thing has for it, then has to stand on it', () => {
    const [first] = answers('Add the label "dry" to the plant Old cactus');
    const step = first?.feature.steps[0];
    expect(step?.action).toMatchObject({
      type: 'click',
      target: { name: '+ Label', within: { name: 'Old cactus' } },
    });
    const opened = page('/', outline('    textbox "New label"\n    button "Save"'));
    const steps = followingSteps(step?.continues ?? '', opened, plants);
    expect(steps.map(({ action }) => action.type)).toEqual(['type', 'click']);
    expect(steps.at(-1)?.asks).toEqual({ kind: 'written', text: 'dry', to: 'Old cactus', own: true });
  });

  it('is made in no other way', () => {
    expect(answers('Add the label "dry" to the plant Blue iris')).toEqual([]);
    expect(answers('Add the pest "aphid" to the plant Old cactus')).toEqual([]);
  });
});
