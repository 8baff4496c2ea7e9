import { describe, expect, it } from '@jest/globals';
import { parseArguments, SERVICES } from './arguments';

describe('parseArguments', () => {
  it.each(['all', ...SERVICES])('takes --service %s', (name) => {
    expect(parseArguments(['--service', name])).toBe(name);
  });

  it.each([
    [['--service', 'worker'], 'There is no service "worker".'],
    [['--service'], 'No service was named.'],
    [[], 'No service was named.'],
  ])('refuses %j and says which there are', (argv, message) => {
    expect(() => parseArguments(argv)).toThrow(
      expect.objectContaining({
        code: 'unknown_service',
        message,
        remedy: 'Start the server with --service all|gateway|project|sandbox|intent|editor.',
      }) as never,
    );
  });
});
