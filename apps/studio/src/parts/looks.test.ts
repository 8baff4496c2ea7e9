import { expect, it } from '@jest/globals';
import { voicesWith } from './looks';

it('a voice that was named elsewhere can be kept, and one that is known stands there once', () => {
  expect(voicesWith('openai:marin').at(-1)).toEqual({ value: 'openai:marin', label: 'openai:marin' });
  expect(voicesWith('auto').filter(({ value }) => value === 'auto')).toHaveLength(1);
});
