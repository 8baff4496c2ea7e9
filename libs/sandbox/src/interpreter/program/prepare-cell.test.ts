import { expect, it } from '@jest/globals';
import { prepareCell } from './prepare-cell.mjs';

const text = (code: string, file = 'run-1.ts'): string => prepareCell(code, file).text;

it.each([
  ["import a from 'a'", "const { default: a } = await __import('a', undefined);"],
  ["import * as b from 'b'", "const b = await __import('b', undefined);"],
  ["import 'c'", "await __import('c', undefined);"],
  ["import d, * as e from 'd'", "const e = await __import('d', undefined), { default: d } = e;"],
  ["import {\n  f,\n  g as h,\n} from 'f'", "const { f: f, g: h } = await __import('f', undefined);\n\n\n"],
  ["import type { T } from 't'", ''],
  ["const m = await import('x')", "const m = await __import('x')"],
  ['let u = import.meta.url', 'let u = __import.meta.url'],
  ['export const x: number = 1', 'const x = 1'],
])('lets a script hold %j', (code, expected) => expect(text(code).trim()).toBe(expected.trim()));

it('asks of JavaScript for the names that it imports, and gives attributes on', () => {
  expect(text("import i, { 'a b' as j } from './i.json' with { type: 'json' }", 'run-1.js')).toBe(
    "const { default: i, 'a b': j } = await __import('./i.json', { with: { type: 'json' } }, ['default', 'a b']);",
  );
});

it.each(['let a = 1', 'function f() {}', 'if (a) { 5 }', 'import a from "a"', ''])(
  'shows nothing of %j',
  (code) => expect(prepareCell(code, 'run-1.js').shows).toBe(false),
);
it.each(['1', 'a = 1', '{ a: 1 }', 'export default 5', 'let a; a'])('shows the value of %j', (code) =>
  expect(prepareCell(code, 'run-1.js').shows).toBe(true),
);

it('keeps the value of the last expression, in parentheses and of a promise too', () => {
  expect(text('let a = 1;\n(a, 2);;', 'run-1.js')).toBe('let a = 1;\n(__import.keep(await (a, 2)));;');
  expect(text('{ a: 1 }')).toBe('__import.keep(await ({ a: 1 }\n))');
});

it('leaves every line where it is', () => {
  const code = 'interface A {\n  a: string;\n}\nimport {\n  b,\n} from "b";\nenum C {\n  D,\n}\nlet last: A;';
  expect(
    text(code)
      .split('\n')
      .findIndex((line) => line.includes('let last')),
  ).toBe(9);
});

it('says itself what is wrong only where a script would blame an import', () => {
  expect(text('let a = ;', 'run-1.js')).toBe('let a = ;');
  expect(() => text('import a from "a"\nlet b = ;', 'run-1.js')).toThrow(SyntaxError);
});

it('leaves a condition that ends with a function as it is, where no types stand beside it', () => {
  const code = 'let f = a ? (b) : c => c;';
  expect(text(code)).toBe(code);
  expect(() => text('let f: F = a ? (b) : c => c;')).toThrow('Unexpected token');
  expect(text('let f: F = a ? (b) : (c: number) => c;').replaceAll(' ', '')).toBe('letf=a?(b):(c)=>c;');
});
