import { describe, expect, it } from '@jest/globals';
import { page } from '../testing/outline';
import { unlikeAsked } from '../rehearsal/as-asked';
import { answersOn } from './answers-on';
import { stepsOfWriting } from './writing-place';
import { writingIn } from './writing';

describe('words that are to be written to somebody', () => {
  it.each([
    ["Send 'Running late' to Priya", 'Running late', 'Priya'],
    ['Message Tom: see you at 8', 'see you at 8', 'Tom'],
    ['Reply to the message from Anna with "Works for me"', 'Works for me', 'the message from Anna'],
    ["Answer Bob Lee's mail with Thank you", 'Thank you', "Bob Lee's mail"],
    ['comment on the second post: Nice shot', 'Nice shot', 'the second post'],
    ['Send Tom a message saying Got it', 'Got it', 'Tom'],
    ['Write a comment on the post by Kim: Well done', 'Well done', 'the post by Kim'],
    ["Post 'Standup in 5' in #random", 'Standup in 5', '#random'],
    ['Schreibe „Bin gleich da“ an Priya', 'Bin gleich da', 'Priya'],
    ['Réponds à Anna avec « Merci »', 'Merci', 'Anna'],
    ['Envía «Llego tarde» a Lucía', 'Llego tarde', 'Lucía'],
    ['reply "Found them"', 'Found them', ''],
  ])('%s', (said, text, to) => {
    expect(writingIn(said)).toEqual({ text, to });
  });

  it.each([
    'Add milk to the list',
    'Write “Buy milk” to the list',
    'Send the invoice',
    'Add a task "Call the bank"',
    'Post a new article',
    'Answer the first question with Paris'.replace('Answer', 'Open'),
  ])('%s: nobody is written to', (said) => {
    expect(writingIn(said)).toBeUndefined();
  });
});

const chats = page(
  '/',
  `list "Chats"
  listitem "" clickable
    text "Priya Nair"
  listitem "" clickable
    text "Tom Becker"
heading "Tom Becker" level=2
textbox "Type a message"
button "Send"`,
);

describe('writing to somebody', () => {
  it('who is not open yet is opened first', () => {
    const { candidates } = answersOn(chats, "Send 'Running late' to Priya", '');
    expect(candidates[0]?.feature.steps).toMatchObject([
      {
        action: { type: 'click' },
        asks: { kind: 'row', title: 'Priya Nair', effect: 'opens' },
        continues: expect.stringContaining('Running late'),
      },
    ]);
    const [note = ''] = candidates[0]?.feature.steps.map(({ continues }) => continues) ?? [];
    expect(stepsOfWriting(chats, undefined, note.slice(note.indexOf(' ') + 1))).toMatchObject([
      { action: { type: 'type', text: 'Running late' } },
      {
        action: { type: 'click', target: { name: 'Send' } },
        asks: { kind: 'written', text: 'Running late', to: 'Priya Nair' },
      },
    ]);
  });

  it('who is open already is written to at once', () => {
    const { candidates } = answersOn(chats, 'Message Tom: see you at 8', '');
    expect(candidates[0]?.feature.steps).toMatchObject([
      { action: { type: 'type', text: 'see you at 8' } },
      { action: { type: 'click', target: { name: 'Send' } } },
    ]);
  });

  it('nobody else is written to instead', () => {
    const answer = answersOn(chats, 'Send "Hi" to Karla', '');
    expect(answer.candidates).toEqual([]);
    expect(answer.reason).toMatch(/karla/i);
  });

  it('under a post it is written into the field of that very post', () => {
    const posts = page(
      '/',
      ['Lena', 'Omar']
        .map(
          (name) =>
            `article ""\n  heading "${name}" level=2\n  textbox "Write a comment"\n  button "Comment"`,
        )
        .join('\n'),
    );
    const { candidates } = answersOn(posts, 'Comment "Nice" on the second post', '');
    expect(candidates[0]?.feature.steps).toMatchObject([
      { action: { text: 'Nice', target: { within: { name: expect.stringContaining('Omar') } } } },
      { asks: { kind: 'written', to: 'Omar', own: true } },
    ]);
  });

  it('a place to write that has to be opened is opened, once', () => {
    const mail = page('/', 'heading "Friday plans" level=2\nbutton "Reply"\nbutton "Archive"');
    const note = JSON.stringify({ t: 'Fine', to: 'Anna' });
    expect(stepsOfWriting(mail, undefined, note)).toMatchObject([
      { action: { target: { name: 'Reply' } }, continues: expect.stringContaining('"r":1') },
    ]);
    expect(stepsOfWriting(mail, undefined, JSON.stringify({ t: 'Fine', to: 'Anna', r: 1 }))).toEqual([]);
  });
});

describe('what was written stands where it was to go', () => {
  const asks = { kind: 'written', text: 'Hello', to: 'Priya', own: false } as const;
  const chat = (priya: string, tom: string, thread: string, typed = ''): ReturnType<typeof page> =>
    page(
      '/',
      `list ""\n  listitem ""\n    strong "Priya"\n    text "${priya}"\n  listitem ""\n    strong "Tom"\n    text "${tom}"\ntextbox "Message" value="${typed}"\ntext "${thread}"`,
    );
  const start = chat('Lunch?', 'Thanks', 'Lunch?', 'Hello');
  const said = (after: ReturnType<typeof page>): string | undefined =>
    unlikeAsked(asks, { start, before: start, after });

  it('in the conversation that is open', () => {
    expect(said(chat('Lunch?', 'Thanks', 'Lunch? Hello'))).toBeUndefined();
    expect(said(chat('Hello', 'Thanks', 'Lunch? Hello'))).toBeUndefined();
  });

  it('with another one it does not', () => {
    expect(said(chat('Lunch?', 'Hello', 'Lunch?'))).toMatch(/stands with “Tom”/);
  });

  it('nowhere, or only in the field', () => {
    expect(said(chat('Lunch?', 'Thanks', 'Lunch?'))).toMatch(/not on the page/);
    expect(said(chat('Lunch?', 'Thanks', 'Lunch?', 'Hello'))).toMatch(/still stands in the field/);
  });
});
