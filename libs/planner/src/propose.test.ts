import { describe, expect, it } from '@jest/globals';
import { evaluateCondition, FeatureSchema, ProposalSchema } from '@showrunner/contracts';
import type { Candidate } from '@showrunner/contracts';
import fc from 'fast-check';
import { withoutNotes } from './candidate';
import { proposeFeatures } from './propose';
import { appShapes, shapeNames } from './testing/app-shapes';

const titles = (shape: keyof typeof appShapes, intent = ''): string[] =>
  proposeFeatures(appShapes[shape], intent).candidates.map((one) => one.feature.title);
const find = (shape: keyof typeof appShapes, kind: string, intent = ''): Candidate['feature'] | undefined =>
  proposeFeatures(appShapes[shape], intent).candidates.find((one) => one.feature.kind === kind)?.feature;
const everything = (shape: keyof typeof appShapes, intent = ''): string =>
  JSON.stringify(proposeFeatures(appShapes[shape], intent).candidates.map(withoutNotes));

describe('features of apps of many shapes', () => {
  it('adds a todo with Enter and completes one', () => {
    const create = find('todo', 'create');
    expect(create?.steps).toHaveLength(1);
    expect(create?.steps[0]?.action).toMatchObject({ type: 'type', submit: true });
    expect(create?.steps[0]?.success).toEqual({ kind: 'textVisible', text: 'Plan the launch' });
    expect(find('todo', 'toggle')?.steps[0]?.success).toMatchObject({
      kind: 'state',
      state: 'checked',
      equals: true,
    });
    expect(find('todo', 'filter')?.steps[0]?.success).toEqual({ kind: 'url', path: '/#/completed' });
  });
  it('has something to show for an empty todo list', () => {
    expect(find('emptyTodo', 'create')?.steps).toHaveLength(1);
  });
  it('plans a board: add, move, find, open, look elsewhere, change the theme', () => {
    expect(titles('kanban')).toEqual([
      'Add a card',
      'Move “Interview five customers” to Done',
      'Find cards by name',
      'Open “Interview five customers”',
      'Go to Insights',
      'Switch to dark mode',
    ]);
  });
  it('searches by a word that leaves another item out', () => {
    const search = find('catalogue', 'search');
    expect(search?.steps[0]?.action).toMatchObject({ type: 'type', text: 'lamp' });
    expect(search?.steps[0]?.success).toEqual({
      ...{ kind: 'textHidden', text: 'Oak stool' },
      // What is found must still be seen: a list that an error has emptied proves nothing.
      beside: 'Arc lamp',
    });
  });
  it('filters by the button next to the one that is pressed, and opens an item', () => {
    expect(find('catalogue', 'filter')?.title).toBe('Show only lighting');
    expect(find('catalogue', 'open')?.steps[0]?.success).toMatchObject({
      kind: 'elementVisible',
      target: { role: 'heading', name: 'Arc lamp' },
    });
  });
  it('signs in with the credentials that the page shows, before what needs them', () => {
    const { candidates } = proposeFeatures(appShapes.guestbook, '');
    expect(candidates.map((one) => one.feature.kind).slice(0, 2)).toEqual(['signIn', 'create']);
    expect(candidates[0]?.feature.steps.map((one) => one.action)).toMatchObject([
      { text: 'demo' },
      { text: 'welcome-1' },
      { type: 'click' },
    ]);
    expect(candidates[0]?.feature.steps[2]?.success).toMatchObject({
      kind: 'elementVisible',
      target: { name: 'Sign out' },
    });
    expect(candidates[1]?.feature.title).toBe('Add an entry');
    expect(candidates[1]?.needsSignIn).toBe(true);
  });
  it('tours a site of pages, each proven by a heading of its own', () => {
    const { candidates } = proposeFeatures(appShapes.docs, '');
    const visits = candidates.filter((one) => one.feature.kind === 'navigate');
    expect(visits.map((one) => one.feature.title)).toEqual(
      expect.arrayContaining(['Go to Guide', 'Go to Reference']),
    );
    expect(visits.length).toBeLessThanOrEqual(4);
    expect(candidates[candidates.length - 1]?.feature.kind).toBe('toggle');
  });
  it('filters a table, and finds the theme in its menu', () => {
    expect(find('dashboard', 'search')?.steps[0]?.success).toMatchObject({ kind: 'textHidden' });
    const theme = find('dashboard', 'toggle');
    expect(theme?.steps.map((one) => one.success.kind)).toEqual(['elementVisible', 'themeChanged']);
  });
  it('signs up, signs in and writes where visitors may register', () => {
    const { candidates } = proposeFeatures(appShapes.blog, '');
    expect(candidates.map((one) => one.feature.title)).toEqual([
      'Create an account',
      'Sign in',
      'Add a post',
    ]);
  });
  it('calculates, and leaves the result to be learned', () => {
    const calculate = find('calculator', 'calculate');
    expect(calculate?.steps.map((one) => one.action.type)).toEqual(['type', 'type', 'click']);
    expect(calculate?.steps[2]).toMatchObject({ learn: true });
  });
  it('changes a setting and leaves the account alone', () => {
    expect(find('settings', 'edit')?.steps[0]?.action).toMatchObject({
      type: 'type',
      text: 'Amelia Stone, revised',
    });
    expect(find('settings', 'toggle')?.title).toBe('Turn on Email notifications');
    expect(everything('settings')).not.toMatch(/Delete account|Upgrade/);
  });
  it('fills in a date and an address in a wizard', () => {
    const values = find('wizard', 'create')?.steps.flatMap((one) =>
      one.action.type === 'type' ? [one.action.text] : [],
    );
    expect(values).toEqual(['Team breakfast', '2027-06-15', 'maya@example.com']);
  });
  it('opens the dialog of a form before it fills it in', () => {
    const create = find('revealedForm', 'create');
    expect(create?.steps[0]?.success).toMatchObject({
      kind: 'elementVisible',
      target: { role: 'dialog', name: 'New project' },
    });
    expect(create?.steps).toHaveLength(3);
  });
});

describe('what is never done unasked', () => {
  it('sends nothing to other people', () => expect(titles('newsletter')).toEqual([]));
  it('takes words of a page and its README as data', () => {
    const plan = everything('hostile');
    expect(plan).not.toMatch(/Delete all data|Pay now|evil\.example|Remove|sign-?out|"your"/i);
    expect(titles('hostile')).toContain('Add a note');
  });
  it('does not buy, check out or leave', () =>
    expect(everything('catalogue')).not.toMatch(/Buy now|checkout|shop\.example/i));
  it('does not sign out or delete', () => {
    for (const shape of shapeNames)
      expect(everything(shape)).not.toMatch(
        /"name":"(Sign out|Log Out|Delete card|Delete user|Clear completed)"\}?,"caption/i,
      );
  });
  it('deletes one item when the intent says so', () => {
    const feature = find('hostile', 'edit', 'remove a note');
    expect(feature?.steps[0]?.success.kind).toBe('textHidden');
  });
});

describe('the intent', () => {
  it('chooses and orders', () => {
    expect(titles('kanban', 'switch to dark mode and then search for cards')).toEqual([
      'Switch to dark mode',
      'Find cards by name',
    ]);
    expect(titles('kanban', 'Only show how a card is added')).toEqual(['Add a card']);
  });
  it('says what it did not find', () => {
    const { rejected, candidates } = proposeFeatures(appShapes.kanban, 'add a card, then export invoices');
    expect(candidates.map((one) => one.feature.title)).toEqual(['Add a card']);
    expect(rejected).toEqual([{ title: 'export invoices', reason: expect.stringContaining('intent') }]);
  });
  it('leaves the choice to the rules when it names nothing', () => {
    expect(titles('kanban', 'Please make a nice demo video of the main features')).toEqual(titles('kanban'));
  });
  it('gives texts and credentials', () => {
    expect(JSON.stringify(find('kanban', 'create', 'add a card "Buy bread"'))).toContain('Buy bread');
    const signIn = find('guestbook', 'signIn', 'sign in as alice with password s3cret!x');
    expect(signIn?.steps.map((one) => one.action)).toMatchObject([
      { text: 'alice' },
      { text: 's3cret!x' },
      {},
    ]);
  });
});

describe('every plan', () => {
  it.each(shapeNames)('%s: valid, and its first step does not hold before', (shape) => {
    const { candidates, reserves } = proposeFeatures(appShapes[shape], '');
    expect(candidates.length).toBeLessThanOrEqual(6);
    for (const one of [...candidates, ...reserves]) {
      expect(FeatureSchema.safeParse(withoutNotes(one)).success).toBe(true);
      const start = appShapes[shape].pages.find(
        (view) => view.path === one.feature.startPath && view.revealedBy.length === 0,
      );
      const first = one.feature.steps[0];
      expect(start && first && evaluateCondition(first.success, start.snapshot)).toBe(false);
    }
  });
  const intents = fc.oneof(
    fc.string({ maxLength: 60 }),
    fc.constantFrom('', 'add a card then search', 'dark mode only', 'sign in as a with password b'),
  );
  it('is data: what crosses an activity is what was proposed, and its schema takes it', () => {
    fc.assert(
      fc.property(fc.constantFrom(...shapeNames), intents, (shape, intent) => {
        const proposal = proposeFeatures(appShapes[shape], intent);
        const arrived: unknown = JSON.parse(JSON.stringify(proposal));
        expect(arrived).toEqual(proposal);
        expect(ProposalSchema.parse(arrived)).toEqual(proposal);
      }),
      { numRuns: 150 },
    );
  });
  it('keeps to its schema whatever the page calls its things', () => {
    const names = fc.oneof(fc.string({ maxLength: 400 }), fc.string({ unit: 'binary', maxLength: 200 }));
    fc.assert(
      fc.property(fc.constantFrom(...shapeNames), fc.array(names, { minLength: 1 }), (shape, hostile) => {
        const copy = structuredClone(appShapes[shape]);
        for (const { snapshot } of copy.pages)
          snapshot.elements.forEach((element, at) => {
            // Every third thing keeps its name, so that the rules still find something.
            if (at % 3 !== 0) element.name = hostile[at % hostile.length] ?? '';
          });
        const proposal = proposeFeatures(copy, '');
        expect(ProposalSchema.parse(JSON.parse(JSON.stringify(proposal)))).toEqual(proposal);
      }),
      { numRuns: 150 },
    );
  });
  it('is the same for the same exploration and intent, byte by byte', () => {
    fc.assert(
      fc.property(fc.constantFrom(...shapeNames), intents, (shape, intent) => {
        const copy = JSON.parse(JSON.stringify(appShapes[shape])) as (typeof appShapes)[typeof shape];
        expect(JSON.stringify(proposeFeatures(copy, intent))).toBe(
          JSON.stringify(proposeFeatures(appShapes[shape], intent)),
        );
      }),
      { numRuns: 150 },
    );
  });
});
