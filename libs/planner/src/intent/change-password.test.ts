import { describe, expect, it } from '@jest/globals';
import { proposeFeatures } from '../propose';
import { exploration, loaded, page } from '../testing/outline';
import { passwordChangeIn } from './change-password';

const form = (...names: string[]) =>
  exploration([
    loaded(
      page(
        '/',
        `heading "Login" level=1\nform "Password"\n${names.map((name) => `  textbox "${name}" inputType=password`).join('\n')}\n  button "Change password"`,
      ),
    ),
  ]);
const typed = (intent: string, ...names: string[]): unknown[] =>
  (proposeFeatures(form(...names), intent).candidates[0]?.feature.steps ?? []).flatMap(({ action }) =>
    action.type === 'type' ? [action.text] : [],
  );

describe('a change of a password', () => {
  it.each([
    ['Change the password from reed-17 to moss-29', { old: 'reed-17', new: 'moss-29' }],
    [
      'Update my password: the current one is reed-17, the new one is "moss-29".',
      { old: 'reed-17', new: 'moss-29' },
    ],
    ['Ändere das Passwort von reed-17 in moss-29', { old: 'reed-17', new: 'moss-29' }],
    ['Cambia la contraseña de reed-17 a moss-29', { old: 'reed-17', new: 'moss-29' }],
    ['Change my password to moss-29', { new: 'moss-29' }],
    ['Sign in with the new password moss-29', undefined],
    ['Change the town to Bergen', undefined],
  ])('is read from %s', (text, change) => {
    expect(passwordChangeIn(text)).toEqual(change);
  });

  it('goes into the fields in their roles, whatever their order', () => {
    const said = 'Change the password from reed-17 to moss-29';
    expect(typed(said, 'Current password', 'New password', 'Repeat new password')).toEqual([
      'reed-17',
      'moss-29',
      'moss-29',
    ]);
    expect(typed(said, 'Neues Passwort', 'Neues Passwort wiederholen', 'Aktuelles Passwort')).toEqual([
      'moss-29',
      'moss-29',
      'reed-17',
    ]);
  });

  it('is not made where it is not said what it is now, or which field is which', () => {
    expect(typed('Change my password to moss-29', 'Current password', 'New password')).toEqual([]);
    expect(typed('Change the password from reed-17 to moss-29', 'Password', 'PIN')).toEqual([]);
  });
});
