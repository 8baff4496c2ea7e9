import { describe, expect, it } from '@jest/globals';
import { UnreachableFiles } from './unreachable-files';

const ORIGIN = 'http://s1.preview.localhost:4401';

describe('UnreachableFiles', () => {
  it('names the other hosts whose files failed, and what they were', () => {
    const files = new UnreachableFiles(ORIGIN);
    files.sent('1', 'Stylesheet', 'https://cdn.example/a.css');
    files.sent('2', 'Font', 'https://cdn.example/a.woff2');
    files.sent('3', 'Fetch', 'https://api.example/items');
    files.sent('4', 'Script', `${ORIGIN}/own.js`);
    for (const id of ['1', '2', '3', '4', 'unknown']) files.failed(id, false);
    expect(files.note).toContain('api.example (data), cdn.example (fonts, styles).');
    expect(files.note).not.toContain('preview.localhost');
  });

  it('names the address of another server of the app itself, with what to do', () => {
    const files = new UnreachableFiles(ORIGIN);
    files.sent('1', 'Fetch', 'http://localhost:4000/tasks');
    files.failed('1', false);
    expect(files.ownAddresses).toEqual(['http://localhost:4000']);
    expect(files.note).toMatch(/asks http:\/\/localhost:4000 for its data.*cannot reach.*proxy/);
    files.sent('2', 'Font', 'https://cdn.example/a.woff2');
    files.failed('2', false);
    expect(files.note).toContain('cdn.example (fonts)');
    expect(files.note).not.toContain('localhost:4000 (');
  });

  it('says nothing of what arrived, was given up by the page, or is no file', () => {
    const files = new UnreachableFiles(ORIGIN);
    files.sent('1', 'Image', 'https://cdn.example/a.png');
    files.failed('1', true);
    files.failed('1', false);
    files.sent('2', 'Ping', 'https://stats.example/hit');
    files.sent('3', 'Image', 'data:image/png;base64,AA');
    files.failed('2', false);
    files.failed('3', false);
    expect(files.note).toBeUndefined();
  });

  it('stays short however many hosts a page names', () => {
    const files = new UnreachableFiles(ORIGIN);
    for (let at = 0; at < 500; at += 1) {
      files.sent(String(at), 'Image', `https://h${at}.example/a.png`);
      files.failed(String(at), false);
    }
    expect(files.note).toContain('and 44 more');
    expect(files.note?.length).toBeLessThan(500);
  });
});
