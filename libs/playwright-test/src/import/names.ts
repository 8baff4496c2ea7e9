import { literal, unknown } from './values';
import type { Value } from './values';

export const TOO_MUCH = unknown('it does more than a plan can hold');

export function negated(operator: string, value: Value): Value {
  if (value.kind !== 'literal') return TOO_MUCH;
  return operator === '!'
    ? literal(!value.value)
    : operator === '-'
      ? literal(-Number(value.value))
      : TOO_MUCH;
}

export function nameOfProperty(node: { property: { type: string } }): string | undefined {
  const { property } = node as {
    property: { type: string; name?: string; value?: unknown; id?: { name: string } };
  };
  if (property.type === 'Identifier') return property.name;
  if (property.type === 'PrivateName') return property.id?.name;
  return property.type === 'StringLiteral' || property.type === 'NumericLiteral'
    ? String(property.value)
    : undefined;
}

/** What a test file imports: of Playwright what it is, of other files nothing is known. */
export function imported(name: string, from: string): Value {
  if (/^(@playwright\/test|playwright\/test|@playwright\/experimental-ct-.*)$/.test(from)) {
    if (name === 'expect') return { kind: 'expect' };
    return name === 'test' || name === 'base' || name.toLowerCase().endsWith('test')
      ? { kind: 'test', fixtures: new Map() }
      : unknown('it is a part of Playwright that a plan has no word for');
  }
  // Tests with fixtures of their own are called so, too.
  if (name === 'test' || name === 'it') return { kind: 'test', fixtures: new Map() };
  return name === 'expect'
    ? { kind: 'expect' }
    : unknown(`${name} comes from another file, "${from.slice(0, 60)}"`);
}
