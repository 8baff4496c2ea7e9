import { describe, expect, it } from '@jest/globals';
import { evaluateCondition, ProposalSchema } from '@showrunner/contracts';
import type { Feature, PageSnapshot, StepAction } from '@showrunner/contracts';
import { candidate, click } from '../candidate';
import { proposeFeatures } from '../propose';
import { appShapes } from '../testing/app-shapes';
import { exploration, loaded, page } from '../testing/outline';
import { rulePlanner } from '../rule-planner';
import type { RehearsalPerformer } from './performer';
import { DEFAULT_REHEARSAL, rehearse } from './rehearse';

/** An app of one page: what an action makes of it. */
function fakeApp(
  start: PageSnapshot,
  react: (now: PageSnapshot, action: StepAction) => PageSnapshot,
): RehearsalPerformer & { begun: (string | null)[] } {
  let now = start;
  const begun: (string | null)[] = [];
  return {
    begun,
    snapshot: () => Promise.resolve(now),
    leaveAlone: () => Promise.resolve(false),
    serverRestedAt: () => 0,
    until: () => Promise.resolve(),
    keepStorage: () => Promise.resolve(() => Promise.resolve()),
    lookAgain: () => Promise.resolve({ verified: true }),
    reload: () => Promise.resolve(now),
    begin: (feature: Feature) => {
      begun.push(feature.startPath);
      return Promise.resolve({});
    },
    perform: (feature, stepIndex) => {
      const step = feature.steps[stepIndex];
      if (!step) return Promise.resolve({ verified: false });
      const before = now;
      now = react(now, step.action);
      const verified =
        !evaluateCondition(step.success, before, before) && evaluateCondition(step.success, now, before);
      return Promise.resolve(verified ? { verified } : { verified, error: 'it did not come true' });
    },
  };
}
const options = { most: 6, maxTries: 14, softLimitMs: 10_000, now: () => 0 };
const withItem = page(
  '/',
  `heading "todos" level=1\ntextbox "" placeholder="What needs to be done?" inputType=text\nlist ""\n  listitem ""\n    checkbox "Plan the launch" checked=false\n    text "Plan the launch"`,
);

describe('rehearse', () => {
  it.each([
    ['changes by itself', 'calculate' as const, true],
    ['is only guessed', 'use' as const, false],
  ])('does not film what %s, although nothing else is left', async (_, kind, byItself) => {
    const start = page('/', 'button "Go"');
    const app = fakeApp(start, (now) => now);
    const target = { role: 'button', name: 'Go', exact: true };
    const success = { kind: 'pictureChanged', target } as const;
    const one = candidate({
      ...{ kind, title: 'Go', description: '', startPath: '/', score: 50 },
      steps: [click(target, 'Go', success)],
    });
    const perform: RehearsalPerformer['perform'] = () =>
      Promise.resolve({ verified: false, verdict: 'unproven', byItself, error: 'It changes by itself.' });
    const proposal = ProposalSchema.parse({
      ...{ planner: 'test', intent: '', byIntent: false, reserves: [], rejected: [] },
      candidates: [one],
    });
    const { features, rejected } = await rehearse(proposal, rulePlanner, { ...app, perform }, options);
    expect(features).toEqual([]);
    expect(rejected).toMatchObject([{ title: 'Go' }]);
  });

  it('shows what stands in for another one only where that cannot be shown', async () => {
    const start = page('/', 'button "First"\nbutton "Second"');
    const opened = page('/', 'button "First"\nbutton "Second"\nheading "Opened" level=2');
    const press = (name: string): ReturnType<typeof candidate> =>
      candidate({
        ...{ kind: 'use', title: `Open ${name}`, description: '', startPath: '/', score: 50 },
        steps: [
          click({ role: 'button', name, exact: true }, `Open ${name}`, {
            ...{ kind: 'elementVisible', target: { role: 'heading', name: 'Opened', exact: true } },
          }),
        ],
      });
    const [first, second] = [press('First'), { ...press('Second'), insteadOf: 'open-first' }];
    const shown = async (opening: string): Promise<string[]> => {
      const app = fakeApp(start, (_, action) =>
        action.type === 'click' && action.target.name === opening ? opened : start,
      );
      const proposal = ProposalSchema.parse({
        ...{ planner: 'test', intent: '', byIntent: false, reserves: [second], rejected: [] },
        candidates: [first],
      });
      return (await rehearse(proposal, rulePlanner, app, options)).features.map(({ title }) => title);
    };
    expect(await shown('First')).toEqual(['Open First']);
    expect(await shown('Second')).toEqual(['Open Second']);
  });

  it('tries what another one has shown on its way once that one is dropped, and no press that it has made', async () => {
    const [shelf, bag, done] = [
      'button "Put"',
      'button "Put"\nheading "Bag" level=2',
      'heading "Bag" level=2\nheading "Ordered" level=2',
    ].map((outline) => page('/', outline));
    if (!shelf || !bag || !done) throw new TypeError('there are three pages');
    const step = (name: string, heading: string): ReturnType<typeof click> =>
      click({ role: 'button', name, exact: true }, name, {
        ...{ kind: 'elementVisible', target: { role: 'heading', name: heading, exact: true } },
      });
    const make = (
      kind: 'create' | 'use',
      title: string,
      steps: ReturnType<typeof click>[],
    ): ReturnType<typeof candidate> =>
      candidate({ ...{ kind, title, description: '', startPath: '/', score: 50 }, steps });
    const app = fakeApp(shelf, (_, action) =>
      action.type === 'click' && action.target.name === 'Put' ? bag : done,
    );
    let now = 0;
    const begin: RehearsalPerformer['begin'] = () => app.begin({ startPath: '/' } as Feature);
    const taken = { verified: false, error: 'It was taken back.' };
    const proposal = ProposalSchema.parse({
      ...{ planner: 'test', intent: '', byIntent: false, reserves: [], rejected: [] },
      candidates: [
        make('create', 'Order it', [step('Put', 'Bag'), step('Order', 'Ordered')]),
        make('create', 'Fill the bag', [step('Put', 'Bag')]),
        make('use', 'Put', [step('Put', 'Bag')]),
      ],
    });
    const lookAgain: RehearsalPerformer['lookAgain'] = () =>
      Promise.resolve((now += 1) === 1 ? taken : { verified: true });
    const { features, rejected } = await rehearse(
      proposal,
      rulePlanner,
      { ...app, begin, lookAgain },
      options,
    );
    expect(rejected.find(({ title }) => title === 'Order it')?.reason).toBe('It was taken back.');
    expect(features.length + rejected.length).toBe(3);
    expect([...features, ...rejected].map(({ title }) => title)).toContain('Fill the bag');
    expect(rejected.find(({ title }) => title === 'Fill the bag')?.reason ?? '').not.toMatch(
      /shows it already/,
    );
  });

  it('goes on with what was made, without loading the page again', async () => {
    const start = appShapes.emptyTodo.pages[0]?.snapshot;
    if (!start) throw new TypeError('the shape has a page');
    const done = {
      ...withItem,
      elements: withItem.elements.map((one) => (one.role === 'checkbox' ? { ...one, checked: true } : one)),
    };
    const app = fakeApp(start, (now, action) =>
      action.type === 'type' && action.submit
        ? withItem
        : action.type === 'click' && now === withItem
          ? done
          : now,
    );
    const { features, proven } = await rehearse(
      proposeFeatures(appShapes.emptyTodo, ''),
      rulePlanner,
      app,
      options,
    );
    expect(features.map((one) => one.title)).toEqual(['Add a todo', 'Complete “Plan the launch”']);
    expect(proven).toBe(2);
    expect(app.begun).toEqual(['/', null]);
  });

  it('shows what was planned of a control, not what is guessed of it after something was made', async () => {
    const card = { role: 'button', name: 'Interview', exact: true };
    const opened = {
      kind: 'elementVisible',
      target: { role: 'dialog', name: 'Interview', exact: true },
    } as const;
    const started = page('/', 'button "Add"\nbutton "Interview"');
    const made = page('/', 'button "Add"\nbutton "Interview"\ntext "Plan the launch"');
    const planned = [
      candidate({
        ...{ kind: 'create', title: 'Add a card', description: '', startPath: '/', score: 90 },
        creates: 'Plan the launch',
        steps: [
          click({ role: 'button', name: 'Add', exact: true }, 'Add', {
            kind: 'textVisible',
            text: 'Plan the launch',
          }),
        ],
      }),
      candidate({
        ...{ kind: 'open', title: 'Open “Interview”', description: '', startPath: '/', score: 60 },
        steps: [click(card, 'Open', opened)],
      }),
    ];
    const guess = candidate({
      ...{ kind: 'use', title: 'Interview', description: '', startPath: null, score: 58 },
      steps: [click(card, 'Interview', { kind: 'textChanged' })],
    });
    const app = fakeApp(started, (now, action) =>
      action.type !== 'click'
        ? now
        : action.target.name === 'Add'
          ? made
          : page('/', 'button "Add"\ndialog "Interview"'),
    );
    const proposal = ProposalSchema.parse({
      ...{ planner: 'test', intent: '', byIntent: false, reserves: [], rejected: [] },
      candidates: planned,
    });
    const planner = { ...rulePlanner, proposeFollowUps: () => Promise.resolve([guess]) };
    const { features } = await rehearse(proposal, planner, app, options);
    expect(features.map(({ kind }) => kind)).toEqual(['create', 'open']);
  });

  it('meets an intent with what appears only later', async () => {
    const start = appShapes.emptyTodo.pages[0]?.snapshot;
    if (!start) throw new TypeError('the shape has a page');
    const done = {
      ...withItem,
      elements: withItem.elements.map((one) => (one.role === 'checkbox' ? { ...one, checked: true } : one)),
    };
    const app = fakeApp(start, (now, action) =>
      action.type === 'type' && action.submit ? withItem : action.type === 'click' ? done : now,
    );
    const { features, rejected } = await rehearse(
      proposeFeatures(appShapes.emptyTodo, 'add a todo, then complete it'),
      rulePlanner,
      app,
      options,
    );
    expect(features.map((one) => one.kind)).toEqual(['create', 'toggle']);
    expect(rejected).toEqual([]);
  });

  it('learns the result of a calculation', async () => {
    const start = appShapes.calculator.pages[0]?.snapshot;
    if (!start) throw new TypeError('the shape has a page');
    const app = fakeApp(start, (now, action) => {
      const elements = now.elements.map((one) => {
        if (action.type === 'type' && one.name === action.target.name) return { ...one, value: action.text };
        return action.type === 'click' && one.name === 'Result' ? { ...one, value: '360' } : one;
      });
      return { ...now, elements };
    });
    const { features } = await rehearse(proposeFeatures(appShapes.calculator, ''), rulePlanner, app, options);
    expect(features[0]?.steps[2]?.success).toEqual({
      kind: 'value',
      target: { role: 'spinbutton', name: 'Result', exact: true },
      equals: '360',
    });
    expect(features[0]?.steps[2]).not.toHaveProperty('learn');
  });

  it('rejects a button that does nothing, with the reason, and still films something to fail honestly', async () => {
    const dead = exploration([
      loaded(
        page(
          '/',
          `heading "Notes" level=1\nform "New note"\n  textbox "Title" required\n  button "Add note"`,
        ),
      ),
    ]);
    const start = dead.pages[0]?.snapshot;
    if (!start) throw new TypeError('the shape has a page');
    const app = fakeApp(start, (now, action) =>
      action.type === 'type'
        ? {
            ...now,
            elements: now.elements.map((one) =>
              one.role === 'textbox' ? { ...one, value: action.text } : one,
            ),
          }
        : now,
    );
    const { features, proven } = await rehearse(proposeFeatures(dead, ''), rulePlanner, app, options);
    expect(proven).toBe(0);
    expect(features.map((one) => one.title)).toEqual(['Add a note']);
  });

  it('takes an error message for no success', async () => {
    const start = appShapes.calculator.pages[0]?.snapshot;
    if (!start) throw new TypeError('the shape has a page');
    const app = fakeApp(start, (now, action) =>
      action.type === 'click'
        ? { ...now, text: `${now.text} Something went wrong` }
        : action.type === 'type'
          ? {
              ...now,
              elements: now.elements.map((one) =>
                one.name === action.target.name ? { ...one, value: action.text } : one,
              ),
            }
          : now,
    );
    expect(
      (await rehearse(proposeFeatures(appShapes.calculator, ''), rulePlanner, app, options)).proven,
    ).toBe(0);
  });

  it('goes on in a form that nobody had seen, with a proposal that came from elsewhere as JSON', async () => {
    const note = 'heading "Garden" level=1\nparagraph "Water it"\nlink "Edit"';
    const start = page('/notes/1', note);
    const form = page(
      '/notes/1/edit',
      `heading "Garden" level=1\nform "Garden"\n  textbox "Title" value="Garden"\n  button "Save"`,
    );
    const app = fakeApp(start, (now, action) => {
      if (action.type === 'type')
        return {
          ...now,
          elements: now.elements.map((one) =>
            one.role === 'textbox' ? { ...one, value: action.text } : one,
          ),
        };
      if (action.type !== 'click') return now;
      if (action.target.name === 'Edit') return form;
      const title = now.elements.find((one) => one.role === 'textbox')?.value ?? '';
      return page('/notes/1', note.replaceAll('Garden', title));
    });
    const proposal = proposeFeatures(exploration([loaded(start)]), '');
    expect(proposal.candidates.map((one) => one.continues)).toEqual(['opened-form']);
    const arrived = ProposalSchema.parse(JSON.parse(JSON.stringify(proposal)));
    const { features, proven } = await rehearse(arrived, rulePlanner, app, options);
    expect(proven).toBe(1);
    expect(features[0]?.steps.map((one) => one.action.type)).toEqual(['click', 'type', 'click']);
    expect(features[0]?.steps[0]).not.toHaveProperty('learn');
    const unknown = { ...arrived, candidates: arrived.candidates.map((one) => ({ ...one, continues: 'x' })) };
    expect((await rehearse(unknown, rulePlanner, app, options)).proven).toBe(0);
  });

  it('fault 6: is bound by tries, so that a slow machine shows the same features as a fast one', async () => {
    const start = appShapes.docs.pages[0]?.snapshot;
    if (!start) throw new TypeError('the shape has a page');
    const onMachine = async (msPerAction: number, maxTries = DEFAULT_REHEARSAL.maxTries) => {
      let clock = 0;
      const app = fakeApp(start, (now, action) => {
        clock += msPerAction;
        const isGoal = (path: string): boolean =>
          action.type === 'click' && path.slice(1) === action.target.name.toLowerCase();
        return appShapes.docs.pages.find((one) => isGoal(one.path))?.snapshot ?? now;
      });
      app.begin = (): Promise<{ error?: string }> => Promise.resolve({});
      return rehearse(proposeFeatures(appShapes.docs, ''), rulePlanner, app, {
        ...DEFAULT_REHEARSAL,
        maxTries,
        now: () => clock,
      });
    };
    const fast = await onMachine(50);
    // Twelve films on two processors: each action takes a dozen times as long.
    expect(await onMachine(10_000)).toEqual(fast);
    const { features, rejected } = await onMachine(50, 1);
    expect(features).toHaveLength(3);
    expect(rejected).toContainEqual({
      title: expect.any(String),
      reason: 'It was not tried: 1 others were before it.',
    });
  });

  it('drops what time does not allow, once two are kept', async () => {
    let clock = 0;
    const start = appShapes.docs.pages[0]?.snapshot;
    if (!start) throw new TypeError('the shape has a page');
    const app = fakeApp(start, (now, action) => {
      clock += 6000;
      const goal =
        action.type === 'click'
          ? appShapes.docs.pages.find((one) => one.path.slice(1) === action.target.name.toLowerCase())
          : undefined;
      return goal?.snapshot ?? now;
    });
    app.begin = (): Promise<{ error?: string }> => Promise.resolve({});
    const { features, rejected } = await rehearse(proposeFeatures(appShapes.docs, ''), rulePlanner, app, {
      ...options,
      now: () => clock,
    });
    expect(features.length).toBeGreaterThanOrEqual(2);
    expect(rejected).toContainEqual({ title: expect.any(String), reason: 'There was no time to try it.' });
  });
});
