import type { ParseResult } from '@babel/parser';
import type { FoundTarget } from './targets';

export type Statement = ParseResult['program']['body'][number];
export type Expression = Extract<Statement, { type: 'ExpressionStatement' }>['expression'];
/** `super` where it is called. */
export type Super = Extract<Extract<Expression, { type: 'CallExpression' }>['callee'], { type: 'Super' }>;
export type FunctionNode = Extract<
  Expression | Statement,
  { type: 'ArrowFunctionExpression' | 'FunctionExpression' | 'FunctionDeclaration' }
>;
export type ClassNode = Extract<Expression | Statement, { type: 'ClassDeclaration' | 'ClassExpression' }>;
export type MethodNode = Extract<ClassNode['body']['body'][number], { type: 'ClassMethod' }>;
export type Parameter = FunctionNode['params'][number] | MethodNode['params'][number];

/** Names that are known at a place of the file. */
export class Scope {
  private readonly names = new Map<string, Value>();
  constructor(private readonly outer?: Scope) {}

  get(name: string): Value | undefined {
    return this.names.get(name) ?? this.outer?.get(name);
  }

  declare(name: string, value: Value): void {
    this.names.set(name, value);
  }

  assign(name: string, value: Value): void {
    if (this.names.has(name) || this.outer === undefined) this.names.set(name, value);
    else this.outer.assign(name, value);
  }
}

/** What an expression of a test stands for, as far as it can be said without running it. */
export type Value =
  | { kind: 'literal'; value: string | number | boolean | null | undefined }
  | { kind: 'regex'; source: string; flags: string }
  | { kind: 'array'; items: Value[] }
  | { kind: 'object'; members: Map<string, Value> }
  | { kind: 'function'; node: FunctionNode | MethodNode; scope: Scope; self?: Value }
  | { kind: 'class'; node: ClassNode; scope: Scope }
  | { kind: 'instance'; of: Extract<Value, { kind: 'class' }>; members: Map<string, Value> }
  | { kind: 'page' | 'keyboard' | 'expect' | 'console' }
  /** `test`, with the fixtures that it was extended by. */
  | { kind: 'test'; fixtures: Map<string, Value> }
  /** The function that a fixture hands its value to; `super` of a constructor. */
  | { kind: 'use'; used: (value: Value) => void }
  | { kind: 'locator'; target: FoundTarget }
  /** `expect(subject)`, or with `.not`. */
  | { kind: 'expectation'; subject: Value; isNot: boolean }
  /** What was read of an element: `await locator.count()`. */
  | { kind: 'reading'; of: string; target: FoundTarget }
  | { kind: 'unknown'; why: string };

export const literal = (value: Extract<Value, { kind: 'literal' }>['value']): Value => ({
  kind: 'literal',
  value,
});
export const unknown = (why: string): Value => ({ kind: 'unknown', why });
export const textOf = (value: Value | undefined): string | undefined =>
  value?.kind === 'literal' && (typeof value.value === 'string' || typeof value.value === 'number')
    ? String(value.value)
    : undefined;

/** The member of an object of options, `{ exact: true }`. */
export const optionOf = (options: Value | undefined, name: string): Value | undefined =>
  options?.kind === 'object' ? options.members.get(name) : undefined;

export const isTrue = (value: Value | undefined): boolean =>
  value?.kind === 'literal' && value.value === true;

/** The plain words of a pattern, and whether it is the whole text; undefined where it is more than words. */
export function wordsOf(value: Value | undefined): { text: string; exact: boolean } | undefined {
  const text = textOf(value);
  if (text !== undefined) return { text, exact: false };
  if (value?.kind !== 'regex') return undefined;
  const inner = value.source.replace(/^\^/, '').replace(/\$$/, '');
  const plain = inner.replace(/\\([.*+?^${}()|[\]\\/-])/g, '$1').replace(/\\s[+*]?/g, ' ');
  if (/(^|[^\\])[.*+?^${}()|[\]]/.test(inner) || /\\[dwbDWBSn]/.test(inner)) return undefined;
  const isWhole = value.source.startsWith('^') && value.source.endsWith('$') && !value.flags.includes('i');
  return { text: plain, exact: isWhole };
}
