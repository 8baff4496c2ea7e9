import { describe, expect, it } from '@jest/globals';
import { mergeServices } from './service-definition';

class First {}
class Second {}

describe('mergeServices', () => {
  it('keeps modules, body rules, open handlers and upgrades of all', () => {
    const upgrade = () => () => undefined;
    const [open, seen] = [() => undefined, () => undefined];
    const merged = mergeServices('all', [
      { name: 'a', modules: [First], body: 'stream', rawBodies: [/^\/s$/], open: [open] },
      { name: 'b', modules: [Second], needsTemporal: true, body: { largeJson: { '/b': 2 } }, upgrade },
      { name: 'c', modules: [], body: { largeJson: { '/c': 3 }, multipart: ['/m'], raw: [/^\/r$/] } },
      { name: 'd', modules: [], admitted: [seen] },
    ]);
    expect(merged).toEqual({
      name: 'all',
      modules: [First, Second],
      needsTemporal: true,
      body: { largeJson: { '/b': 2, '/c': 3 }, multipart: ['/m'], raw: [/^\/r$/, /^\/s$/] },
      open: [open],
      admitted: [seen],
      upgrade,
    });
  });

  it('refuses two services that take upgrades', () => {
    const taking = { modules: [], upgrade: () => () => undefined };
    expect(() =>
      mergeServices('all', [
        { name: 'a', ...taking },
        { name: 'b', ...taking },
      ]),
    ).toThrow(RangeError);
  });
});
