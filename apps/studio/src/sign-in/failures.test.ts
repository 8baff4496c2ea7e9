import { expect, it } from '@jest/globals';
import { sentenceOf } from './failures';

it('tells in words why a sign-in elsewhere came to nothing, whatever stands in the address', () => {
  expect(sentenceOf('oidc_state_mismatch')).toContain('cookies');
  expect(sentenceOf('oidc_failed')).toBe(sentenceOf('<script>'));
});
