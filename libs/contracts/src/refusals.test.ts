import { describe, expect, it } from '@jest/globals';
import {
  asksForMore,
  brokenPage,
  claims,
  claimsToKeep,
  missingPage,
  NO_RESULT,
  refuses,
  saysDone,
} from './refusals';
import { pageElement, pageSnapshot } from './testing';

describe('words of refusal', () => {
  it.each([
    'Sorry, “Plan the launch” was not added: the board is full.',
    'Could not save the item. Nothing was added.',
    'Choose a city from the list.',
    'The number is too short.',
    'That code is wrong.',
    'Async validation blocked the transition.',
    'Die Änderung konnte leider nicht gespeichert werden.',
    'Une erreur est survenue',
    'No se pudo guardar la nota',
    'Não foi possível salvar',
    'Impossibile salvare',
    'Nie udało się zapisać',
    'Het bericht kon niet worden opgeslagen',
    'Kaydedilemedi, lütfen tekrar deneyin',
    'Не удалось сохранить',
    '保存できませんでした',
    '保存失败',
    '저장하지 못했습니다',
    'فشل الحفظ',
    'לא ניתן לשמור',
  ])('%s', (text) => expect(refuses(text)).toBe(true));

  it.each([
    'Plan the launch',
    '3 items left',
    'Saved',
    'Ferry back in service',
    'Nora Holm · 11°',
    'Gespeichert',
    '保存しました',
  ])('are not in “%s”', (text) => expect(refuses(text)).toBe(false));

  it('are told from words that claim', () => {
    for (const text of [
      'Thank you, Maya!',
      'Your application was submitted.',
      'Gespeichert',
      'Спасибо',
      '保存しました',
      'تم الحفظ',
    ])
      expect(claims(text)).toBe(true);
    expect(claims('Plan the launch')).toBe(false);
  });
});

describe('a page that is not there', () => {
  const heading = (name: string) => pageElement('heading', name, { level: 1 });
  it.each([
    'Page not found',
    '404',
    '404 – Seite nicht gefunden',
    'Página no encontrada',
    'ページが見つかりません',
    'This page does not exist',
  ])('says so with status 200: %s', (name) =>
    expect(missingPage(pageSnapshot([heading(name)], { text: name, status: 200 }))).toContain(name),
  );
  it('says so below the name of the site', () => {
    const site = pageElement('heading', 'Rowing club', { level: 1 });
    const lost = pageElement('heading', 'Page introuvable', { level: 2 });
    const page = pageSnapshot([site, lost], { text: 'Rowing club Page introuvable', status: 200 });
    expect(missingPage(page)).toContain('introuvable');
  });
  it('is none that only speaks of it', () => {
    for (const name of ['Our boats', 'Room 404', 'Lost and found'])
      expect(
        missingPage(pageSnapshot([heading(name)], { text: `${name} The key was not found.`, status: 200 })),
      ).toBeUndefined();
  });
  it('is none whose menu only leads to an error page', () => {
    const ways = ['Dashboard', 'Sign in', 'Not found'].map((name) => pageElement('link', name));
    const text = 'Dashboard Sign in Not found Loading…';
    expect(missingPage(pageSnapshot(ways, { text, status: 200 }))).toBeUndefined();
    expect(missingPage(pageSnapshot(ways.slice(0, 2), { text, status: 200 }))).toContain('Not found');
  });
  it('is an error page of a framework, where there is little else', () => {
    expect(brokenPage({ text: 'Internal Server Error', elements: [] })).toContain('Internal Server Error');
    expect(brokenPage({ text: 'Our boats', elements: [] })).toBeUndefined();
  });
});

describe('a sign-in that is not over', () => {
  it.each([
    'You are not signed in yet.',
    'Enter the six digits that we sent to your phone',
    'Bestätigungscode eingeben',
    '验证码',
  ])('%s', (text) => expect(asksForMore({ text, elements: [] })).toBe(true));
  it('asks by a field', () => {
    expect(asksForMore({ text: '', elements: [pageElement('textbox', 'Code')] })).toBe(true);
    expect(asksForMore({ text: 'Welcome back', elements: [pageElement('textbox', 'Postcode')] })).toBe(false);
  });
});

describe('no result', () => {
  it.each(['NaN €', '= undefined', '[object Object]', 'Infinity', 'null'])('%s', (text) =>
    expect(text).toMatch(NO_RESULT),
  );
  it.each(['Nancy', 'nullable', '12.5', 'infinite'])('is not %s', (text) =>
    expect(text).not.toMatch(NO_RESULT),
  );
});

describe('what is said to be kept', () => {
  it.each([
    'Saved.',
    'Your order is confirmed',
    'Added and saved',
    'Thank you!',
    'Gespeichert',
    '保存しました',
  ])('%s', (text) => expect(claimsToKeep(text)).toBe(true));
  it.each([
    'Contact added',
    'User successfully updated',
    'Hinzugefügt',
    'Contact',
    '已添加',
    "You're all set!",
  ])('%s is only shown at once', (text) => expect(claimsToKeep(text)).toBe(false));
});

describe('what is said to be done', () => {
  it.each(['Archived', 'Moved to trash', 'Task was marked as done.', '3 items moved'])('%s', (text) =>
    expect(saysDone(text)).toBe(true),
  );
  it.each([
    '0 items moved',
    'No changes were applied',
    'Nothing archived',
    'None of them was moved',
    'Archived: 4 of 5. Try the last one again',
    'Your session has ended',
  ])('%s is not', (text) => expect(saysDone(text)).toBe(false));
});
