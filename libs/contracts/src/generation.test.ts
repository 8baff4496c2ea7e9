import { describe, expect, it } from '@jest/globals';
import { promptKey } from './generation';

describe('prompts of equal meaning', () => {
  it.each([
    ['A habit tracker', 'Please make me a habit tracker app!'],
    ['Create a simple to-do list', 'TO-DO list'],
    ['Build a café menu with prices', 'cafe\u0301 menu, prices'],
  ])('%s = %s', (one, other) => expect(promptKey(one)).toBe(promptKey(other)));

  it.each([
    ['notes with search', 'notes without search'],
    ['a timer of 5 minutes', 'a timer of 50 minutes'],
    ['C# snippets', 'C snippets'],
    ['list users of teams', 'list teams of users'],
  ])('%s ≠ %s', (one, other) => expect(promptKey(one)).not.toBe(promptKey(other)));
});
