import { expect, it } from '@jest/globals';
import { bodyOf } from './source-body';

it('an app of the gallery is its name, one of a prompt its words and kind, waited for', () => {
  expect(bodyOf({ kind: 'template', template: 'flask' })).toEqual({ template: 'flask' });
  expect(bodyOf({ kind: 'prompt', prompt: ' A tea timer\n', app: 'webapp' })).toEqual({
    ...{ prompt: 'A tea timer', kind: 'webapp', wait: true },
  });
});

it('what is not whole is no body', () => {
  expect(bodyOf({ kind: 'template', template: '' })).toBeUndefined();
  expect(bodyOf({ kind: 'prompt', prompt: '  ', app: 'api' })).toBeUndefined();
});
