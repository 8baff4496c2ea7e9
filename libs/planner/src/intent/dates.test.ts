import { describe, expect, it } from '@jest/globals';
import { dayIn, isoDate, isoTime } from './dates';

describe('a day is read as people write it', () => {
  it.each([
    ['2016-01-14', '2016-01-14'],
    ['01/14/2016', '2016-01-14'],
    ['14/01/2016', '2016-01-14'],
    ['14.1.2016', '2016-01-14'],
    ['14 January 2016', '2016-01-14'],
    ['14th of Jan 2016', '2016-01-14'],
    ['January 14, 2016', '2016-01-14'],
    ['29.02.2024', '2024-02-29'],
  ])('%s', (text, iso) => {
    expect(isoDate(text)).toBe(iso);
  });

  it.each(['29.02.2023', '31/31/2016', 'tomorrow', '5', '', 'Smarch 3, 2016'])('%s is none', (text) => {
    expect(dayIn(text)).toBeUndefined();
  });
});

describe('a time is read as people write it', () => {
  it.each([
    ['9:37 PM', '21:37'],
    ['12:05 a.m.', '00:05'],
    ['12 pm', '12:00'],
    ['8.30 Uhr', '08:30'],
    ['23:59', '23:59'],
  ])('%s', (text, iso) => {
    expect(isoTime(text)).toBe(iso);
  });

  it.each(['13 pm', '25:00', '8:61', 'noon'])('%s is none', (text) => {
    expect(isoTime(text)).toBeUndefined();
  });
});
