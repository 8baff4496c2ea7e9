import { describe, expect, it } from '@jest/globals';
import { readShareToken, shareToken } from './share-token';

const SECRET = 'secret-of-the-installation';
const claims = { shareId: 'shr-0af', expiresAt: new Date('2026-12-30T10:00:00.000Z') };
const token = shareToken(SECRET, claims);

describe('the token of a share link', () => {
  it('says which link it is, and when it ends, also when that is past', () => {
    expect(readShareToken(SECRET, token)).toEqual(claims);
    const past = { shareId: 'shr-1', expiresAt: new Date('2020-01-01T00:00:00.000Z') };
    expect(readShareToken(SECRET, shareToken(SECRET, past))).toEqual(past);
  });

  it('can stand in a path as it is', () => expect(encodeURIComponent(token)).toBe(token));

  it('is nothing once anything of it was changed, or signed by somebody else', () => {
    const [id = '', seconds = '', signature = ''] = token.split('.');
    const flipped = signature.startsWith('A') ? `B${signature.slice(1)}` : `A${signature.slice(1)}`;
    const tries = [
      `shr-0ae.${seconds}.${signature}`,
      `${id}.${Number(seconds) + 1}.${signature}`,
      `${id}.0${seconds}.${signature}`,
      `${id}.${seconds}.${flipped}`,
      `${id}.${seconds}.${signature.slice(0, -1)}`,
      `${id}.${seconds}.`,
      `${id}.${seconds}`,
      `.${seconds}.${signature}`,
      `${token}.${signature}`,
      `${token}\n`,
      '',
      '..',
      `${id}.${seconds}.${signature}${'A'.repeat(300)}`,
      shareToken('another installation', claims),
    ];
    for (const wrong of tries) expect([wrong, readShareToken(SECRET, wrong)]).toEqual([wrong, undefined]);
  });
});
