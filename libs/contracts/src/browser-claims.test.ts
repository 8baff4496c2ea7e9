import { describe, expect, it } from '@jest/globals';
import { namesCopying, saysCopied, saysDownloaded } from './browser-claims';

describe('what pages say of the browser', () => {
  it.each([
    'Copied!',
    'Link copied to clipboard',
    'In die Zwischenablage kopiert',
    'コピーしました',
    '已复制',
    'تم النسخ',
  ])('%s claims a copy', (text) => expect(saysCopied(text)).toBe(true));
  it.each(['Copy link', 'Nothing was copied', 'Photocopier', 'Not copied'])('%s claims none', (text) =>
    expect(saysCopied(text)).toBe(false),
  );
  it.each([
    'ledger.csv downloaded',
    'Downloading…',
    'Exported 5 rows',
    'Datei heruntergeladen',
    'ダウンロードしました',
  ])('%s claims a file', (text) => expect(saysDownloaded(text)).toBe(true));
  it.each(['Download', 'Export as CSV', 'Nothing exported'])('%s claims none', (text) =>
    expect(saysDownloaded(text)).toBe(false),
  );
  it('controls that copy are known by their name', () => {
    expect(['Copy link', 'Kopieren', '复制链接', 'Photocopy'].map(namesCopying)).toEqual([
      true,
      true,
      true,
      false,
    ]);
  });
});
