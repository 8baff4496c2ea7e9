import { describe, expect, it } from '@jest/globals';
import { assemblePlan } from './assemble-plan';
import { exploration, loaded, page } from './testing/outline';
import { whatWasSeen } from './what-was-seen';

const nothing = { features: [], rejected: [], proven: 0 };
const canvas = page('/', 'canvas ""');
canvas.elements.forEach((one) => (one.box = { x: 0, y: 0, width: 1280, height: 720 }));

describe('what was seen of an app without anything to show', () => {
  it('says that a page is one canvas, which is not blank', () => {
    expect(whatWasSeen(exploration([loaded(canvas)]), []).sentence).toMatch(/one canvas.*not blank/);
  });

  it('names the address that the page cannot reach, also when features were proposed that did not work', () => {
    const cut = exploration([loaded(page('/', 'button "Add"'))], { unreachable: ['http://localhost:4000'] });
    const plan = (): unknown => assemblePlan(cut, nothing, { planner: 'rules-1', intent: '' });
    expect(plan).toThrow(/http:\/\/localhost:4000 for its data, which it cannot reach/);
    expect(plan).toThrow(
      expect.objectContaining({ code: 'nothing_to_show', remedy: expect.stringMatching(/proxy/) }),
    );
  });

  it('names controls that were seen, and why they were left', () => {
    const app = exploration([loaded(page('/', 'button "Spin"\nbutton "Stop"'))]);
    const { sentence } = whatWasSeen(app, [{ title: 'Spin', reason: 'nothing changed' }]);
    expect(sentence).toBe(
      'On one page 2 controls were seen, such as “Spin”, “Stop”; left out were “Spin”: nothing changed.',
    );
    expect(whatWasSeen(exploration([loaded(page('/', 'heading "Poem"'))]), []).sentence).toMatch(
      /text on one page/,
    );
  });
});
