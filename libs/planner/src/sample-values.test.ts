import { describe, expect, it } from '@jest/globals';
import { fieldKind, subjectFor, valueFor } from './sample-values';
import { page } from './testing/outline';

const fieldsOf = (outline: string) =>
  page('/', outline).elements.map((element, index) => ({ ...element, index }));

describe('samples', () => {
  const free = (): boolean => false;
  it('are written in the language of the form', () => {
    expect(subjectFor('新しいタスク', '追加 やることリスト', free)).toBe('会議の準備をする');
    expect(subjectFor('مهمة جديدة', 'إضافة', free)).toBe('التحضير للإطلاق');
    expect(subjectFor('Сообщение', 'Отправить', free)).toBe('Какое чудесное место');
    expect(subjectFor('New task', 'Add task', free)).toBe('Plan the launch');
  });

  it('fit fields with labels of other languages', () => {
    const fields = fieldsOf(
      'textbox "Passwort"\ntextbox "メールアドレス"\ntextbox "Ville"\ntextbox "Aufgabe"',
    );
    expect(fields.map(fieldKind)).toEqual(['password', 'email', 'city', 'subject']);
  });

  it('are names and places of that language', () => {
    const [person, city, english] = fieldsOf('textbox "氏名"\ntextbox "Город"\ntextbox "Your name"');
    expect(person && valueFor(person)).not.toBe(english && valueFor(english));
    expect(person && /[\p{Script=Han}\p{Script=Katakana}\p{Script=Hiragana}]/u.test(valueFor(person))).toBe(
      true,
    );
    expect(city && /\p{Script=Cyrillic}/u.test(valueFor(city))).toBe(true);
  });
});
