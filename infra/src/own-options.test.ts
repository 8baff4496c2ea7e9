import { describe, expect, test } from '@jest/globals';
import { COMMANDS, unknownCommand } from '../bin/help.mjs';
import { insteadOf } from '../bin/own-options.mjs';

describe('a command that begins or ends something', () => {
  test.each(['up', 'down', 'status', 'doctor', 'setup', 'demo', 'rotate-secrets'])(
    '`%s --help` tells of it and does nothing',
    (name) => {
      for (const args of [['--help'], ['-h'], ['--json', '--help']])
        expect(insteadOf(name, args)).toEqual({
          code: 0,
          line: expect.stringMatching(new RegExp(`^Usage: showrunner ${name}\\b`)),
        });
      expect(insteadOf(name, [])).toBeUndefined();
    },
  );

  test.each([
    ['down', '--wiat', "unknown option '--wiat'\n(Did you mean --wait?)\n(down --help lists the options)"],
    ['up', '--foregruond', "unknown option '--foregruond'\n(Did you mean --foreground?)"],
    ['status', '--jsn', "unknown option '--jsn'\n(Did you mean --json?)"],
    ['doctor', '--fix', "unknown option '--fix'\n(doctor --help"],
    ['rotate-secrets', 'now', "'rotate-secrets' takes no argument 'now'"],
    ['setup', '--dry-run', "unknown option '--dry-run'"],
    ['down', 'constructor', "'down' takes no argument 'constructor'"],
  ])('`%s %s` does nothing, and says what is wrong', (name, arg, said) => {
    expect(insteadOf(name, [arg])).toEqual({ code: 2, line: expect.stringContaining(`error: ${said}`) });
  });

  test('does what it was asked for with the options that it has', () => {
    for (const [name, arg] of [
      ['up', '--foreground'],
      ['up', '--quiet'],
      ['down', '--wait'],
      ['status', '--json'],
      ['doctor', '--json'],
      // Of film, which looks at them itself.
      ['demo', '--pace'],
      ['film', '--nonsense'],
    ] as const)
      expect([name, insteadOf(name, [arg])]).toEqual([name, undefined]);
  });
});

test('a command that is none is told with what may be meant', () => {
  const wrong = {
    flim: 'film',
    dwon: 'down',
    docter: 'doctor',
    exports: 'export',
    stat: 'status',
    templtes: 'templates',
    nonsense: '',
    x: '',
    constructor: '',
  };
  for (const [typed, meant] of Object.entries(wrong)) {
    const hint = meant === '' ? '' : `(Did you mean ${meant}?)\n`;
    expect(unknownCommand(typed)).toBe(
      `error: unknown command '${typed}'\n${hint}(--help lists the commands)`,
    );
  }
  expect(Object.keys(COMMANDS)).toContain('mcp');
});
