import { expect, it } from '@jest/globals';
import { actionOf, isMendingField, readRemedy } from './remedies';

it('a remedy names fields of the form, and which of them mend it', () => {
  expect(readRemedy('See in its log what it waits for; give its port with --port.')).toEqual({
    words: 'See in its log what it waits for; give its port at “Port”.',
    fields: ['port'],
  });
  expect(readRemedy('It often needs a setting; set it with --env NAME=value.')).toEqual({
    words: 'It often needs a setting; set it at “Environment” as NAME=value.',
    fields: ['env'],
  });
  expect(readRemedy('Look at its log; a missing variable (--env) is the usual cause.').words).toBe(
    'Look at its log; a missing variable (“Environment”) is the usual cause.',
  );
  expect(readRemedy('Say with --intent what to show, or start it with --start; not --start-all.')).toEqual({
    words: 'Say at “What should the film show?” what to show, or start it at “Start with”; not --start-all.',
    fields: ['intent', 'start'],
  });
});

it('one that names none stays as it is', () => {
  const remedy = 'Start it again: showrunner up.';
  expect(readRemedy(remedy)).toEqual({ words: remedy, fields: [] });
});

it('an address leads to fields that there are, and to no others', () => {
  expect(['env', 'intent', 'x', undefined, 'constructor'].map(isMendingField)).toEqual([
    ...[true, true, false, false, false],
  ]);
  expect(actionOf('port')).toBe('Give its port');
});
