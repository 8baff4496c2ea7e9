import { describe, expect, it } from '@jest/globals';
import { isoDay, momentIn, namesMoment, namesOther, withoutMoment } from './moments';

describe('a moment is read as people say it', () => {
  it.each([
    ['Book 18 March at 17:00', { day: 18, month: 3, time: '17:00' }],
    ['book a session for Ida on March 5th 2027 at 8:30 am', { day: 5, month: 3, year: 2027, time: '08:30' }],
    ['Buche den 3. Februar um 11.30 Uhr', { day: 3, month: 2, time: '11:30' }],
    ['le 14 juillet à 9h15', { day: 14, month: 7, time: '09:15' }],
    ['on 2027-04-02 at 5 pm', { day: 2, month: 4, year: 2027, time: '17:00' }],
    ['the slot on Tuesday at 10:30', { weekday: 2, time: '10:30' }],
    ['3/4 at noon', { day: 4, month: 3 }],
  ])('%s', (text, moment) => {
    expect(momentIn(text)).toEqual(moment);
  });

  it.each(['add a task called Buy milk', 'set the volume to 70', 'pay 12.50 euros', 'version 1.2'])(
    '%s names none',
    (text) => {
      expect(momentIn(text)).toBeUndefined();
    },
  );

  it.each([
    ['a session for Ida on March 5th 2027 at 8:30 am', 'a session for Ida'],
    ['the slot on Tuesday at 10:30', 'the slot'],
    ['18 March at 17:00', ''],
    ['Standup on 3 February', 'Standup'],
  ])('%s without it', (text, left) => {
    expect(withoutMoment(text)).toBe(left);
  });
});

describe('a text names the moment, another one, or none', () => {
  const wanted = { day: 18, month: 3, time: '17:00' };
  it.each([
    ['Booked: 18 March at 17:00', true, false],
    ['Thu, March 18, 2027 · 5:00 PM', true, false],
    ['18/03/2027 17:00', true, false],
    ['Booked: 19 March at 17:00', false, true],
    ['Booked: 18 March at 09:00', false, true],
    ['Thank you, see you soon', false, false],
  ])('%s', (text, isNamed, isOther) => {
    expect(namesMoment(text, wanted)).toBe(isNamed);
    expect(namesOther(text, wanted)).toBe(isOther);
  });
});

describe('the year is', () => {
  const now = new Date('2026-11-30T00:00:00Z');
  it.each([
    ['said', { day: 5, month: 3, year: 2028 }, '', '2028-03-05'],
    ['that of the page', { day: 5, month: 3 }, 'March 2029', '2029-03-05'],
    ['the next to come', { day: 5, month: 3 }, '', '2027-03-05'],
    ['this one, where the day is still to come', { day: 24, month: 12 }, '', '2026-12-24'],
  ])('%s', (_, moment, text, iso) => {
    expect(isoDay(moment, text, now)).toBe(iso);
  });
});
