import { describe, expect, it } from '@jest/globals';
import { SecretBox } from './secret-box';

const KEY = 'k'.repeat(40);
const box = SecretBox.of({ INTERNAL_TOKEN: KEY });

describe('a secret box', () => {
  it('opens what it sealed, at its place alone, and never seals alike', () => {
    const sealed = box.seal('Ünïcode \u0000 value', 'runs/1');
    expect(box.open(sealed, 'runs/1')).toBe('Ünïcode \u0000 value');
    expect(sealed).not.toContain(Buffer.from('value').toString('base64url'));
    expect(box.seal('x', 'a')).not.toBe(box.seal('x', 'a'));
    expect(() => box.open(sealed, 'runs/2')).toThrow(expect.objectContaining({ code: 'secret_unreadable' }));
  });

  it('opens nothing that was changed, cut or made by others', () => {
    const sealed = box.seal('value', 'p');
    const last = sealed.endsWith('A') ? 'B' : 'A';
    for (const wrong of [
      '',
      'v1',
      sealed.slice(0, -4),
      sealed.slice(0, -3) + last + sealed.slice(-2),
      `v2${sealed.slice(2)}`,
    ])
      expect(() => box.open(wrong, 'p')).toThrow(expect.objectContaining({ code: 'secret_unreadable' }));
    const other = SecretBox.of({ INTERNAL_TOKEN: 'o'.repeat(40) });
    expect(() => other.open(sealed, 'p')).toThrow(expect.objectContaining({ code: 'secret_unreadable' }));
  });

  it('seals with the first key and opens with those before', () => {
    const [old, older] = ['b'.repeat(40), 'c'.repeat(40)];
    const rotated = SecretBox.of({
      SECRETS_KEY: 'a'.repeat(40),
      SECRETS_KEY_PREVIOUS: `${old},${older}`,
      INTERNAL_TOKEN: KEY,
    });
    expect(rotated.open(box.seal('of the token', 'p'), 'p')).toBe('of the token');
    for (const key of [old, older])
      expect(rotated.open(SecretBox.of({ SECRETS_KEY: key, INTERNAL_TOKEN: 'x' }).seal('v', 'p'), 'p')).toBe(
        'v',
      );
    expect(rotated.seal('v', 'p').startsWith(box.prefix)).toBe(false);
  });

  it('without a key seals nothing', () => {
    expect(() => new SecretBox([]).seal('v', 'p')).toThrow(
      expect.objectContaining({ code: 'secrets_key_missing' }),
    );
  });
});
