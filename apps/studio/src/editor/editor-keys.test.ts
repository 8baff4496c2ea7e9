import { describe, expect, test } from '@jest/globals';
import { commandOf } from './editor-keys';

const press = (key: string, held: object = {}) => ({
  ...{ key, ctrlKey: false, metaKey: false, shiftKey: false, altKey: false },
  ...held,
});
const BODY = { tagName: 'BODY' };

describe('keys of the editor', () => {
  test.each([
    [press(' '), { do: 'play' }],
    [press('ArrowLeft'), { do: 'step', by: -1 }],
    [press('ArrowRight', { shiftKey: true }), { do: 'step', by: 30 }],
    [press('Home'), { do: 'begin' }],
    [press('End'), { do: 'end' }],
    [press('z', { ctrlKey: true }), { do: 'undo' }],
    [press('Z', { metaKey: true, shiftKey: true }), { do: 'redo' }],
    [press('y', { ctrlKey: true }), { do: 'redo' }],
    [press('a'), null],
    [press('ArrowLeft', { altKey: true }), null],
    [press('s', { ctrlKey: true }), null],
  ])('%j', (pressed, command) => expect(commandOf(pressed, BODY)).toEqual(command));

  test('belong to the control that has the focus', () => {
    for (const tagName of ['BUTTON', 'SELECT', 'A']) expect(commandOf(press(' '), { tagName })).toBeNull();
    for (const target of [{ tagName: 'TEXTAREA' }, { tagName: 'INPUT', type: 'text' }, { tagName: 'INPUT' }])
      expect(commandOf(press('z', { ctrlKey: true }), target)).toBeNull();
    const slider = { tagName: 'INPUT', type: 'range' };
    expect(commandOf(press('ArrowLeft'), slider)).toBeNull();
    expect(commandOf(press('z', { ctrlKey: true }), slider)).toEqual({ do: 'undo' });
  });
});
