import { describe, expect, it } from '@jest/globals';
import { pageElement, pageSnapshot } from '@showrunner/contracts/testing';
import type { PageSnapshot } from '@showrunner/contracts';
import { judge, type SeenAction } from './judge';

const TEXT = 'Plan the launch';
const page = (text: string, more: Partial<PageSnapshot> = {}): PageSnapshot =>
  pageSnapshot([pageElement('heading', 'Notes')], { text, status: 200, ...more });
const POSTED = {
  ...{ method: 'POST', path: '/api/notes', isOwn: true, type: 'Fetch', sentAt: 0, endedAt: 100 },
  ...{ body: TEXT, initiator: '', attended: true },
};

/** A note that was added and stands in a list. */
const seen = (change: Partial<SeenAction> = {}): SeenAction => ({
  step: {
    action: { type: 'click', target: { role: 'button', name: 'Add', exact: true } },
    caption: 'Add it',
    success: { kind: 'textVisible', text: TEXT },
    timeoutMs: 1000,
  },
  kind: 'create',
  typed: [TEXT],
  actedAt: 0,
  seenAt: 500,
  before: page('Notes'),
  after: page(`Notes ${TEXT}`),
  messages: { before: [], after: [] },
  requests: [],
  dialogs: [],
  places: [{ block: TEXT, where: 'item', tone: 'plain', alone: true }],
  stored: false,
  told: [],
  heldOnce: true,
  ...change,
});
const said = (
  text: string,
  kind: 'alert' | 'status' | 'styled' = 'styled',
  tone: 'bad' | 'good' | 'plain' = 'plain',
) => ({
  messages: { before: [], after: [{ kind, text, tone }] },
});

describe('judge', () => {
  it('verifies what is seen at rest, and says on what it rests', () => {
    const { verdict, evidence } = judge(seen({ requests: [{ ...POSTED, status: 201 }] }));
    expect(verdict).toBe('verified');
    expect(evidence.map(({ bearing, kind }) => `${bearing} ${kind}`)).toEqual([
      'for condition',
      'for request',
    ]);
    expect(evidence[1]).toMatchObject({ afterMs: 100, cause: 'action' });
  });

  const refuted: [string, Partial<SeenAction>, string][] = [
    [
      'thanks over a refused request',
      { requests: [{ ...POSTED, status: 500 }], ...said('Thank you!', 'status') },
      'refused POST /api/notes (500)',
    ],
    [
      'thanks over a server that is gone',
      { requests: [{ ...POSTED, failure: 'net::ERR_CONNECTION_REFUSED' }] },
      'ERR_CONNECTION_REFUSED',
    ],
    ['what was taken back', { after: page('Notes') }, 'taken back'],
    ['an alert beside it', said('Could not save the item.', 'alert'), 'Could not save'],
    [
      'an alert that uses the word of a success',
      said('The note could not be saved.', 'alert'),
      'not be saved',
    ],
    [
      'a status that uses the word of a success',
      said('“Plan the launch” was not added.', 'status'),
      'not added',
    ],
    ['a message in red', said('Geen idee wat dit is', 'styled', 'bad'), 'Geen idee'],
    ['a sentence in another language', said('Не удалось сохранить'), 'Не удалось'],
    [
      'a native dialog that says no',
      { dialogs: [{ type: 'alert', message: 'Saving failed', atMs: 50 }] },
      'Saving failed',
    ],
    [
      'the typed text in an error message',
      { places: [{ block: `Sorry, “${TEXT}” was not added`, where: 'plain', tone: 'plain', alone: false }] },
      'It stands only in',
    ],
    ['a page that is not there', { after: page(`${TEXT} 404`, { title: 'Page not found' }) }, 'not there'],
    ['no number', { kind: 'calculate', after: page(`${TEXT} = NaN`) }, 'no result'],
    [
      'a code that is asked for',
      { kind: 'signIn', after: page(`${TEXT} You are not signed in yet`) },
      'asks for more',
    ],
  ];
  it.each(refuted)('refutes %s', (_name, change, reason) => {
    const judged = judge(seen(change));
    expect(judged).toMatchObject({ verdict: 'refuted' });
    expect(judged.reason).toContain(reason);
  });

  const unproven: [string, Partial<SeenAction>][] = [
    [
      'a suggestion with the typed text',
      { places: [{ block: TEXT, where: 'suggestion', tone: 'plain', alone: true }] },
    ],
    [
      'thanks for what was neither sent nor kept',
      { places: [{ block: `Thank you, ${TEXT}`, where: 'plain', tone: 'plain', alone: false }] },
    ],
    [
      'what the page changes by itself',
      {
        ...{
          typed: [],
          places: [],
          after: page('Notes Storm warning lifted', { restless: ['Storm warning lifted'] }),
        },
        step: { ...seen().step, success: { kind: 'textVisible', text: 'Storm warning lifted' } },
      },
    ],
  ];
  it.each(unproven)('holds %s for unproven', (_name, change) =>
    expect(judge(seen(change))).toMatchObject({ verdict: 'unproven', reason: expect.any(String) }),
  );

  const honest: [string, Partial<SeenAction>][] = [
    ['an alert that tells of a success', said('Note saved', 'alert', 'good')],
    ['an alert that tells what was done', said('Moved to trash', 'alert')],
    ['an alert of one word for it', said('Archived', 'alert')],
    ['an alert in an unknown language, when the note stands in its list', said('Siimi', 'alert')],
    [
      'where a thing was dropped, read out to those who do not see it',
      {
        ...said('Task was dropped into position 3 of 8 in column Todo', 'alert'),
        typed: [],
        step: {
          ...seen().step,
          action: {
            type: 'drag',
            target: { role: 'button', name: 'Move task', exact: true },
            to: { role: 'entry', name: 'Catalogue', exact: true },
          },
        },
      },
    ],
    [
      'a warning that was there before',
      {
        messages: {
          before: said('Storage is full', 'alert').messages.after,
          after: said('Storage is full', 'alert').messages.after,
        },
      },
    ],
    [
      'thanks with a request that was accepted',
      {
        places: [{ block: `Thank you, ${TEXT}`, where: 'plain', tone: 'plain', alone: false }],
        requests: [{ ...POSTED, status: 200 }],
      },
    ],
    [
      'a user who writes of errors',
      {
        typed: ['Fix the error'],
        ...said('Fix the error'),
        step: { ...seen().step, success: { kind: 'textVisible', text: 'Fix the error' } },
        after: page('Notes Fix the error'),
        places: [{ block: 'Fix the error', where: 'item', tone: 'plain', alone: true }],
      },
    ],
    [
      'a visit to a page that speaks of errors',
      { kind: 'navigate', typed: [], places: [], ...said('An error was found in the log') },
    ],
  ];
  it.each(honest)('verifies %s', (_name, change) => expect(judge(seen(change)).verdict).toBe('verified'));

  it('holds an app to what it says to have kept, not to what it shows otherwise now', () => {
    expect(judge(seen(said('Note added'))).claimsToLast).toBe(false);
    expect(judge(seen(said('Note added and saved'))).claimsToLast).toBe(true);
    expect(judge(seen({ stored: true })).claimsToLast).toBe(true);
    expect(judge(seen({ stored: true, kind: 'search' })).claimsToLast).toBe(false);
  });
});
