import { describe, expect, it } from '@jest/globals';
import { evaluateCondition } from '@showrunner/contracts';
import type { CandidateStep, PageSnapshot, StepAction } from '@showrunner/contracts';
import { candidate, click, fill } from '../candidate';
import { rulePlanner } from '../rule-planner';
import { page } from '../testing/outline';
import type { RehearsalPerformer } from './performer';
import { tryCandidate } from './try-candidate';

function app(
  start: PageSnapshot,
  react: (now: PageSnapshot, action: StepAction) => PageSnapshot,
): RehearsalPerformer {
  let now = start;
  return {
    snapshot: () => Promise.resolve(now),
    begin: () => Promise.resolve({}),
    leaveAlone: () => Promise.resolve(false),
    serverRestedAt: () => 0,
    until: () => Promise.resolve(),
    keepStorage: () => Promise.resolve(() => Promise.resolve()),
    lookAgain: () => Promise.resolve({ verified: true }),
    reload: () => Promise.resolve(now),
    perform: ({ steps }, at) => {
      const step = steps[at];
      const before = now;
      if (step) now = react(now, step.action);
      return Promise.resolve({
        verified: step !== undefined && evaluateCondition(step.success, now, before),
      });
    },
  };
}
const made = (...steps: CandidateStep[]): ReturnType<typeof candidate> =>
  candidate({ kind: 'create', title: 'Add it', description: '', startPath: '/', score: 1, steps });
const using = (...steps: CandidateStep[]): ReturnType<typeof candidate> =>
  candidate({ kind: 'use', title: 'Use it', description: '', startPath: '/', score: 1, steps });
const field = { role: 'textbox', name: 'Phone', exact: true };

describe('a candidate that is tried', () => {
  it('takes the value as a mask shows it', async () => {
    const empty = page('/', `textbox "Phone" inputType=tel`);
    const masked = page('/', `textbox "Phone" inputType=tel value="(555) 010-0199"`);
    const outcome = await tryCandidate(
      made(fill(field, '5550100199', 'Fill it in')),
      rulePlanner,
      app(empty, () => masked),
    );
    expect(outcome).toMatchObject({
      feature: { steps: [{ success: { kind: 'value', equals: '(555) 010-0199' } }] },
    });
  });
  it('does not take another value than what was typed', async () => {
    const other = page('/', `textbox "Phone" inputType=tel value="unknown"`);
    const empty = page('/', `textbox "Phone" inputType=tel`);
    const outcome = await tryCandidate(
      made(fill(field, '5550100199', 'Fill it in')),
      rulePlanner,
      app(empty, () => other),
    );
    expect(outcome).toHaveProperty('error');
  });
  it('goes on with what the page offers, between the steps that were planned', async () => {
    const closed = page('/', `combobox "Kind"\nbutton "Add"`);
    const open = page('/', `combobox "Kind"\noption "Travel"\noption "Food"\nbutton "Add"`);
    const done = page('/', `combobox "Kind"\nbutton "Add"\ntext "One more trip"`);
    const box = { role: 'combobox', name: 'Kind', exact: true };
    const opening = {
      ...click(box, 'Choose a kind', { kind: 'count', role: 'option', change: 'more' } as const),
      continues: 'choose-option',
    };
    const add = click({ role: 'button', name: 'Add', exact: true }, 'Add it', {
      kind: 'textVisible',
      text: 'One more trip',
    });
    const outcome = await tryCandidate(
      made(opening, add),
      rulePlanner,
      app(closed, (now, action) =>
        action.type !== 'click'
          ? now
          : action.target.role === 'combobox'
            ? open
            : action.target.role === 'option'
              ? closed
              : done,
      ),
    );
    expect('feature' in outcome && outcome.feature.steps.map(({ caption }) => caption)).toEqual([
      'Choose a kind',
      'Choose Travel',
      'Add it',
    ]);
  });
  it('takes the new order of what was sorted as proof', async () => {
    const before = page('/', `button "Name"\ntext "Zed"\ntext "Anna"`);
    const after = page('/', `button "Name"\ntext "Anna"\ntext "Zed"`);
    const sort = {
      ...click(
        { role: 'button', name: 'Name', exact: true },
        'Sort',
        { kind: 'textHidden', text: 'Zed' } as const,
        true,
      ),
      ordered: ['Zed', 'Anna'],
    };
    const outcome = await tryCandidate(
      made(sort),
      rulePlanner,
      app(before, () => after),
    );
    expect(outcome).toMatchObject({
      feature: { steps: [{ success: { kind: 'textOrder', first: 'Anna', then: 'Zed' } }] },
    });
  });

  describe('a button whose effect is not known before', () => {
    const target = { role: 'button', name: 'Sum up', exact: true };
    const guess = { kind: 'state', target, state: 'pressed', equals: true } as const;
    const there = ['Boats', 'Heron', 'Eider'];
    const pressed = (before: string, after: string): ReturnType<typeof tryCandidate> =>
      tryCandidate(
        using({ ...click(target, 'Sum up', guess, true), mayGo: there }),
        rulePlanner,
        app(page('/', before), () => page('/', after)),
      );
    const list = 'button "Sum up"\nheading "Boats"\nheading "Heron"\nheading "Eider"';
    const successOf = (outcome: Awaited<ReturnType<typeof tryCandidate>>) =>
      'feature' in outcome ? outcome.feature.steps[0]?.success : outcome.error;

    it('is proven by what came, though nothing of what was there has gone', async () => {
      expect(successOf(await pressed(list, `${list}\nheading "Two boats in all"`))).toMatchObject({
        kind: 'elementVisible',
        target: { name: 'Two boats in all' },
      });
    });
    it('is proven by what went beside what stayed', async () => {
      expect(successOf(await pressed(list, 'button "Sum up"\nheading "Boats"\nheading "Eider"'))).toEqual({
        kind: 'textHidden',
        text: 'Heron',
        beside: 'Boats',
      });
    });
    it('is held for disproven when nothing came: that its guess holds another time would be chance', async () => {
      expect(await pressed(list, list)).toMatchObject({ isDisproven: true });
    });
    it('is proven by any other words where it answers with something else each time', async () => {
      const shuffled = 'button "Sum up"\nheading "Boats"\nheading "Tern"';
      expect(successOf(await pressed(shuffled, 'button "Sum up"\nheading "Gull"\nheading "Auk"'))).toEqual({
        kind: 'textChanged',
      });
    });
    it('is not proven by an order that stood there before', async () => {
      const shuffled = 'button "Sum up"\nheading "Eider"\nheading "Heron"\nheading "Boats"';
      const outcome = await tryCandidate(
        made({ ...click(target, 'Sum up', guess, true), ordered: there }),
        rulePlanner,
        app(page('/', shuffled), () => page('/', shuffled)),
      );
      expect(outcome).toMatchObject({ isDisproven: true });
    });
    it('is not proven by the value that the feature has set itself', async () => {
      const colour = { role: 'textbox', name: 'Colour', exact: true };
      const typed = 'textbox "Colour" value="red, revised"';
      const outcome = await tryCandidate(
        made(fill(colour, 'red, revised', 'Type'), { ...click(target, 'Sum up', guess, true) }),
        rulePlanner,
        app(page('/', 'button "Sum up"\ntextbox "Colour" value="red"'), (_, action) =>
          page('/', `button "Sum up"\n${action.type === 'type' ? typed : 'textbox "Colour" value="white"'}`),
        ),
      );
      expect(outcome).toMatchObject({ isDisproven: true });
    });
    it('is not proven by what goes by itself', async () => {
      const ticking = 'button "Sum up"\nheading "Boats"\nheading "Heron" restless';
      expect(successOf(await pressed(ticking, 'button "Sum up"\nheading "Boats"'))).toMatch(
        /nothing on the page/,
      );
    });
  });
});
