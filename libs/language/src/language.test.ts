import { describe, expect, it } from '@jest/globals';
import { ACCEPTS, DECLINES, SKIPS } from './banners';
import { fieldKindOf } from './fields';
import { DELETES, DESTROYS, DOWNLOADS, PAYS, SENDS, SIGNS_OUT } from './harm';
import { languageOf } from './language-of';
import { SAMPLES } from './samples';
import { ADDS, SEARCHES, SUBMITS } from './verbs';
import { LANGUAGES } from './word-list';
import { WordMatcher } from './word-matcher';

describe('what does harm', () => {
  it.each([
    ['Delete item', 'Pay now'],
    ['Konto löschen', 'Zahlungspflichtig bestellen'],
    ['Supprimer le compte', 'Passer la commande'],
    ['Eliminar tarea', 'Finalizar compra'],
    ['Excluir tarefa', 'Finalizar compra'],
    ['Elimina attività', 'Vai alla cassa'],
    ['Taak verwijderen', 'Nu betalen'],
    ['Ta bort uppgift', 'Lägg beställning'],
    ['Usuń zadanie', 'Kup teraz'],
    ['Smazat úkol', 'Objednat'],
    ['Удалить задачу', 'Оформить заказ'],
    ['Видалити завдання', 'Сплатити'],
    ['Görevi sil', 'Satın al'],
    ['タスクを削除', '購入手続きへ'],
    ['删除任务', '立即购买'],
    ['작업 삭제', '결제하기'],
    ['حذف المهمة', 'الدفع الآن'],
    ['מחק משימה', 'לתשלום'],
    ['कार्य हटाएं', 'अभी खरीदें'],
  ])('deletes nothing and pays nothing: %s, %s', (deletes, pays) => {
    expect(DELETES.test(deletes)).toBe(true);
    expect(DESTROYS.test(deletes)).toBe(true);
    expect(PAYS.test(pays)).toBe(true);
  });

  it.each(['Abmelden', 'Se déconnecter', 'Cerrar sesión', 'ログアウト', 'تسجيل الخروج', '退出登录', 'Выйти'])(
    'signs nobody out: %s',
    (label) => expect(SIGNS_OUT.test(label)).toBe(true),
  );

  it.each([
    'Add task',
    'Save',
    'Silk scarf',
    'Open settings',
    'Neue Aufgabe',
    'Ajouter une tâche',
    '追加',
    '保存',
    'إضافة',
    'Payload viewer',
    'Next',
    'Completed',
    'Cities',
    'Design',
    'Filter',
  ])('is not seen in %s', (label) => {
    for (const harm of [DESTROYS, PAYS, SIGNS_OUT, DOWNLOADS, SENDS]) expect(harm.test(label)).toBe(false);
  });
});

describe('what a person does', () => {
  it.each([
    'Hinzufügen',
    'Ajouter',
    'Añadir tarea',
    'Adicionar',
    'Aggiungi',
    'Toevoegen',
    'Dodaj',
    'Добавить',
  ])('makes something: %s', (label) => expect(ADDS.test(label)).toBe(true));
  it.each(['Ekle', '追加', '添加任务', '추가', 'إضافة', 'הוסף', 'जोड़ें', 'Lägg till', 'Přidat', 'Додати'])(
    'makes something: %s',
    (label) => expect(SUBMITS.test(label)).toBe(true),
  );
  it.each(['Suche', 'Rechercher…', 'Buscar', '検索', '搜索', 'بحث', 'חיפוש', 'Поиск'])('finds: %s', (label) =>
    expect(SEARCHES.test(label)).toBe(true),
  );
});

describe('how a banner is left', () => {
  it.each([
    'Reject all',
    'Alle ablehnen',
    'Tout refuser',
    'Rechazar todo',
    'すべて拒否',
    '全部拒绝',
    'رفض الكل',
  ])('says no: %s', (label) => {
    expect(DECLINES.test(label)).toBe(true);
  });
  it('knows yes from no, and neither from what lies between', () => {
    expect(ACCEPTS.test('Alle akzeptieren')).toBe(true);
    expect(DECLINES.test('Alle akzeptieren')).toBe(false);
    expect(DECLINES.test('Accept only necessary')).toBe(true);
    expect(SKIPS.test('Peut-être plus tard')).toBe(true);
    expect(SKIPS.test('Notes')).toBe(false);
  });
});

describe('words', () => {
  it('are whole words, in any case, with the ending that a star leaves open', () => {
    const words = new WordMatcher({ de: 'lösch* | neu', ja: '追加' });
    expect(words.test('ALLES LÖSCHEN')).toBe(true);
    expect(words.test('Neuigkeiten')).toBe(false);
    expect(words.test('追加する')).toBe(true);
    expect(words.find('Alles gelöscht, alles neu')).toBe('neu');
    expect(new WordMatcher({ tr: 'satın al' }).test('SATIN AL')).toBe(true);
    expect(new WordMatcher({ ar: 'دفع' }).test('الدفع')).toBe(true);
    expect(new WordMatcher({ en: 'start' }, { anchored: true }).test('Do start')).toBe(false);
  });

  it('tell the language of a page', () => {
    expect(languageOf('Meine Aufgaben: die Wohnung ist nicht mit Licht', 'en')).toBe('de');
    expect(languageOf('Mes tâches pour la semaine et les autres')).toBe('fr');
    expect(languageOf('やることリスト 牛乳を買う', 'en')).toBe('ja');
    expect(languageOf('任务列表')).toBe('zh');
    expect(languageOf('قائمة المهام')).toBe('ar');
    expect(languageOf('Todo', 'sv')).toBe('sv');
    expect(languageOf('Todo')).toBe('en');
  });

  it('have samples in every language, and labels of fields', () => {
    for (const language of LANGUAGES)
      if (language !== 'en') expect(SAMPLES[language].tasks.length).toBeGreaterThan(2);
    expect(fieldKindOf('Passwort')).toBe('password');
    expect(fieldKindOf('メールアドレス')).toBe('email');
    expect(fieldKindOf('Prénom')).toBe('firstName');
    expect(fieldKindOf('Title')).toBeUndefined();
  });
});
