import { describe, expect, it } from '@jest/globals';
import { chooseWayOut, keyOf } from './choose-way-out';
import type { Obstacle, ObstacleControl } from './find-obstacles';

const control = (name: string, more: Partial<ObstacleControl> = {}): ObstacleControl => ({
  ...{ index: 0, role: 'button', name, leaves: false, inCorner: false },
  ...more,
});
const obstacle = (
  text: string,
  names: (string | ObstacleControl)[],
  more: Partial<Obstacle> = {},
): Obstacle => ({
  ...{ text, blocks: false, hidesContent: true, isNamedConsent: false, asksPassword: false, fields: 0 },
  controls: names.map((one) => (typeof one === 'string' ? control(one) : one)),
  ...more,
});
const way = (one: Obstacle, tried: string[] = [], isArrival = false): string | undefined => {
  const keys = new Set(tried.map((name) => keyOf(one, name)));
  const found = chooseWayOut(one, keys, isArrival);
  return found && ('press' in found ? found.press : found.control.name);
};

describe('a banner of consent', () => {
  it.each([
    ['We use cookies', ['Accept all', 'Manage preferences', 'Reject all'], 'Reject all'],
    [
      'Wir verwenden Cookies',
      ['Alle akzeptieren', 'Nur notwendige Cookies', 'Einstellungen'],
      'Nur notwendige Cookies',
    ],
    ['Nous utilisons des cookies', ['Tout accepter', 'Continuer sans accepter'], 'Continuer sans accepter'],
    ['Usamos cookies', ['Aceptar todo', 'Rechazar todo'], 'Rechazar todo'],
    ['Usamos cookies para melhorar', ['Aceitar tudo', 'Recusar'], 'Recusar'],
    ['Questo sito usa i cookie', ['Accetta tutti', 'Rifiuta tutti'], 'Rifiuta tutti'],
    ['Wij gebruiken cookies', ['Alles accepteren', 'Alleen noodzakelijke'], 'Alleen noodzakelijke'],
    ['Używamy plików cookie', ['Zaakceptuj wszystkie', 'Odrzuć wszystkie'], 'Odrzuć wszystkie'],
    ['Мы используем файлы cookie', ['Принять все', 'Только необходимые'], 'Только необходимые'],
    ['Çerezleri kullanıyoruz', ['Tümünü kabul et', 'Tümünü reddet'], 'Tümünü reddet'],
    ['クッキーを使用しています', ['すべて同意', 'すべて拒否'], 'すべて拒否'],
    ['本网站使用 Cookie', ['全部接受', '全部拒绝'], '全部拒绝'],
    ['쿠키를 사용합니다', ['모두 동의', '모두 거부'], '모두 거부'],
    ['نستخدم ملفات تعريف الارتباط', ['قبول الكل', 'رفض الكل'], 'رفض الكل'],
    ['אנו משתמשים בעוגיות', ['קבל הכל', 'דחה הכל'], 'דחה הכל'],
    ['हम कुकीज़ का उपयोग करते हैं', ['सभी स्वीकार करें', 'सभी अस्वीकार करें'], 'सभी अस्वीकार करें'],
  ])('%s: is declined', (text, names, wanted) => expect(way(obstacle(text, names))).toBe(wanted));

  it('is managed where it offers no other no, and accepted only where there is no other way', () => {
    const two = obstacle('We use cookies', ['Accept all', 'Cookie settings']);
    expect(way(two)).toBe('Cookie settings');
    expect(way(two, ['Cookie settings'])).toBe('Accept all');
    expect(
      way(obstacle('Cookie preferences', ['Accept all', 'Confirm my choices'], { isNamedConsent: true })),
    ).toBe('Confirm my choices');
    expect(
      way(
        obstacle('This site uses cookies.', [
          'OK',
          control('Privacy policy', { role: 'link', leaves: true }),
        ]),
      ),
    ).toBe('OK');
    expect(way(obstacle('Cookies!', ['Accept'], { blocks: true, hidesContent: false }))).toBe('Escape');
    expect(way(obstacle('Cookies!', ['Accept'], { blocks: true, hidesContent: false }), ['Escape'])).toBe(
      'Accept',
    );
  });
});

describe('tours, offers and newsletters', () => {
  it.each([
    ['Take the tour', ['Next', 'Skip'], 'Skip'],
    ['Welcome! Here is what is new', ['Got it'], 'Got it'],
    ['Get 10 % discount with our newsletter', ['Subscribe', 'No thanks'], 'No thanks'],
    ['Willkommen! Rundgang starten?', ['Los geht es', 'Später'], 'Später'],
    ['Bienvenidos', ['Siguiente', 'Omitir'], 'Omitir'],
    ['ようこそ', ['次へ', 'スキップ'], 'スキップ'],
    ['Enable notifications?', ['Allow', 'Maybe later'], 'Maybe later'],
    ['Subscribe to our newsletter', ['Subscribe', control('', { inCorner: true })], ''],
  ])('%s: is left', (text, names, wanted) =>
    expect(way(obstacle(text, names, { blocks: true }))).toBe(wanted),
  );

  it('that has parts is gone through to its end', () => {
    const tour = obstacle('A short tour', ['Next'], { blocks: true });
    expect(way(tour)).toBe('Escape');
    expect(way(tour, ['Escape'])).toBe('Next');
  });
});

describe('what is no obstacle', () => {
  it('stays: a sign-in, a form, a question about money or loss, a side bar, an app that fills the window', () => {
    const blocks = { blocks: true };
    expect(
      way(
        obstacle('Welcome back, sign in', ['Cancel', 'Sign in'], {
          ...blocks,
          asksPassword: true,
          fields: 2,
        }),
        [],
        true,
      ),
    ).toBeUndefined();
    expect(
      way(obstacle('New task', ['Cancel', 'Create'], { ...blocks, fields: 2 }), [], true),
    ).toBeUndefined();
    expect(
      way(obstacle('Welcome to Premium', ['Pay now', 'Upgrade'], blocks), ['Escape'], true),
    ).toBeUndefined();
    expect(way(obstacle('Delete everything?', ['Delete all'], blocks), ['Escape'], true)).toBeUndefined();
    const places = ['Inbox', 'Notifications', 'Feedback', 'Hide', 'Drafts', 'Sent', 'Spam', 'Labels', 'More'];
    expect(way(obstacle('Inbox Notifications Feedback Hide', places), [], true)).toBeUndefined();
    expect(
      way(obstacle('Welcome to Snake', ['Start'], { ...blocks, hidesContent: false }), [], true),
    ).toBeUndefined();
  });

  it('is left when it lies over a page that nobody has touched, unless it has something to fill in', () => {
    const note = obstacle('Dear visitors, we moved.', ['Close'], { blocks: true });
    expect(way(note)).toBeUndefined();
    expect(way(note, [], true)).toBe('Close');
  });
});
