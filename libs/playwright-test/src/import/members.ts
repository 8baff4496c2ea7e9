import { actOn, actOnPage } from './actions';
import type { Place } from './actions';
import { expectedOf, expectedOfPage } from './expectations';
import type { Expected } from './expectations';
import type { Interpreter } from './interpreter';
import { narrowed, targetOfCall } from './targets';
import { literal, textOf, unknown } from './values';
import type { MethodNode, Value } from './values';

/** What was read of an element, and how that is said of one. */
const READINGS: Record<string, string> = {
  ...{ count: 'toHaveCount', textContent: 'toHaveText', innerText: 'toHaveText', inputValue: 'toHaveValue' },
  ...{ isVisible: 'toBeVisible', isHidden: 'toBeHidden', isChecked: 'toBeChecked' },
};

/** A member that is read, not called. */
export function readMember(host: Interpreter, owner: Value, name: string): Value {
  switch (owner.kind) {
    case 'page':
      return name === 'keyboard'
        ? { kind: 'keyboard' }
        : unknown(`page.${name} is nothing that a plan has a word for`);
    case 'expectation':
      return name === 'not' ? { ...owner, isNot: !owner.isNot } : owner;
    case 'object':
      return owner.members.get(name) ?? literal(undefined);
    case 'array':
      return name === 'length'
        ? literal(owner.items.length)
        : (owner.items[Number(name)] ?? literal(undefined));
    case 'instance':
      return owner.members.get(name) ?? memberOfClass(host, owner, name);
    case 'test':
      return owner;
    case 'unknown':
      return owner;
    default:
      return unknown(`${name} is not known here`);
  }
}

function memberOfClass(host: Interpreter, owner: Extract<Value, { kind: 'instance' }>, name: string): Value {
  for (let of: Extract<Value, { kind: 'class' }> | undefined = owner.of; of !== undefined;) {
    const { node, scope }: Extract<Value, { kind: 'class' }> = of;
    const method = node.body.body.find(
      (member): member is MethodNode =>
        member.type === 'ClassMethod' && member.key.type === 'Identifier' && member.key.name === name,
    );
    if (method) {
      const made: Extract<Value, { kind: 'function' }> = {
        kind: 'function',
        node: method,
        scope,
        self: owner,
      };
      return method.kind === 'get' ? host.apply(made, []) : made;
    }
    const parent: Value | undefined =
      node.superClass?.type === 'Identifier' ? scope.get(node.superClass.name) : undefined;
    of = parent?.kind === 'class' ? parent : undefined;
  }
  return unknown(`${name} is not known here`);
}

/** A call of a member: what it does to the page is written down. */
export function callMember(
  host: Interpreter,
  owner: Value,
  name: string,
  args: Value[],
  place: Place,
): Value {
  const { recording } = host;
  const lose = (why: string): Value => {
    recording.lose(place.line, place.source, why);
    return unknown(why);
  };
  switch (owner.kind) {
    case 'page': {
      const target = name === 'frameLocator' ? undefined : targetOfCall(name, args);
      if (target) return { kind: 'locator', target };
      if (name === 'on' || name === 'once') return answerDialogs(host, args, lose);
      if (name === 'waitForURL') return expected(host, expectedOfPage('toHaveURL', args, false), place);
      if (name === 'waitForSelector')
        return callMember(
          host,
          { kind: 'expectation', subject: selected(args), isNot: false },
          'toBeVisible',
          [],
          place,
        );
      if (actOnPage(name, args, recording, place)) return literal(undefined);
      // The old way: page.click('selector', …).
      const found = selected(args);
      if (textOf(args[0]) !== undefined && actOn(found.target, name, args.slice(1), recording, place))
        return literal(undefined);
      return lose(`page.${name} is nothing that a plan has a word for`);
    }
    case 'keyboard':
      if (name === 'press' && actOnPage('press', args, recording, place)) return literal(undefined);
      return lose('keys without a field are pressed one by one in a plan');
    case 'locator': {
      const target = narrowed(owner.target, name, args) ?? targetOfCall(name, args, owner.target);
      if (target) return { kind: 'locator', target };
      if (name in READINGS) return { kind: 'reading', of: name, target: owner.target };
      if (actOn(owner.target, name, args, recording, place)) return literal(undefined);
      return lose(`${name} is nothing that a plan has a word for`);
    }
    case 'expect':
      if (name === 'soft')
        return { kind: 'expectation', subject: args[0] ?? literal(undefined), isNot: false };
      return name === 'configure' || name === 'extend'
        ? owner
        : lose(`expect.${name} is nothing that a plan has a word for`);
    case 'expectation':
      return expectation(host, owner, name, args, place);
    case 'test':
      if (name === 'extend') {
        const added = args[0]?.kind === 'object' ? args[0].members : new Map<string, Value>();
        return { kind: 'test', fixtures: new Map([...owner.fixtures, ...added]) };
      }
      host.registry.onTest({ name, args, test: owner, line: place.line });
      return literal(undefined);
    case 'array':
      return callOfArray(host, owner, name, args, lose);
    case 'literal':
      return typeof owner.value === 'string' && name in TEXTS
        ? literal(TEXTS[name]?.(owner.value) ?? '')
        : unknown(`${name} is not known here`);
    case 'unknown':
      if (place.source.startsWith('console.') || place.source.startsWith('Promise.')) return args[0] ?? owner;
      return /^(page|request|context|browser)\b|^await |./.test(place.source) ? lose(owner.why) : owner;
    default: {
      const member = readMember(host, owner, name);
      return member.kind === 'function'
        ? host.apply(member, args)
        : lose(member.kind === 'unknown' ? member.why : `${name} is not known here`);
    }
  }
}

const TEXTS: Record<string, (text: string) => string> = {
  trim: (text) => text.trim(),
  toLowerCase: (text) => text.toLowerCase(),
  toUpperCase: (text) => text.toUpperCase(),
};

const selected = (args: readonly Value[]): Extract<Value, { kind: 'locator' }> => ({
  kind: 'locator',
  target: targetOfCall('locator', args.slice(0, 1)) ?? { role: '', name: '', exact: false },
});

function callOfArray(
  host: Interpreter,
  { items }: Extract<Value, { kind: 'array' }>,
  name: string,
  args: readonly Value[],
  lose: (why: string) => Value,
): Value {
  const [callback] = args;
  if ((name !== 'forEach' && name !== 'map') || callback?.kind !== 'function')
    return lose(`${name} is not known here`);
  return {
    kind: 'array',
    items: items.slice(0, 50).map((item, at) => host.apply(callback, [item, literal(at)])),
  };
}

/** `page.on('dialog', (dialog) => dialog.accept('yes'))` */
function answerDialogs(host: Interpreter, args: readonly Value[], lose: (why: string) => Value): Value {
  const [event, handler] = args;
  if (textOf(event) !== 'dialog' || handler?.kind !== 'function') return literal(undefined);
  const source = host.sourceOf(handler.node);
  const answer = /\.(accept|dismiss)\(\s*(?:(["'`])((?:(?!\2).)*)\2)?\s*\)/s.exec(source);
  if (answer === null) return lose('how the dialog is answered is not written here');
  const text = answer[3];
  host.recording.answer = {
    accept: answer[1] === 'accept',
    ...(text !== undefined && { text: text.slice(0, 500) }),
  };
  return literal(undefined);
}

function expectation(
  host: Interpreter,
  { subject, isNot }: Extract<Value, { kind: 'expectation' }>,
  matcher: string,
  args: readonly Value[],
  place: Place,
): Value {
  if (subject.kind === 'page') return expected(host, expectedOfPage(matcher, args, isNot), place);
  if (subject.kind === 'locator')
    return expected(host, expectedOf(subject.target, matcher, args, isNot), place);
  if (subject.kind !== 'reading')
    return expected(
      host,
      { conditions: [], lost: subject.kind === 'unknown' ? subject.why : 'it is nothing of the page' },
      place,
    );
  const said = READINGS[subject.of] ?? '';
  const isFlag = subject.of.startsWith('is');
  const equals = ['toBe', 'toEqual', 'toStrictEqual', 'toBeTruthy', 'toBeFalsy'].includes(matcher);
  const contains = matcher === 'toContain' || matcher === 'toMatch';
  if (contains && said === 'toHaveText')
    return expected(host, expectedOf(subject.target, 'toContainText', args, isNot), place);
  if (!equals) return expected(host, { conditions: [], lost: 'a plan has no word for that' }, place);
  const isFalse = matcher === 'toBeFalsy' || (args[0]?.kind === 'literal' && args[0].value === false);
  return expected(
    host,
    expectedOf(subject.target, said, isFlag ? [] : args, isFlag && isFalse ? !isNot : isNot),
    place,
  );
}

/** Conditions belong to what was done last; before anything is done they prove nothing. */
function expected(
  { recording }: Interpreter,
  { conditions, lost }: Expected,
  { line, source }: Place,
): Value {
  if (lost !== undefined) recording.lose(line, source, lost);
  for (const condition of conditions)
    if (!recording.expect(condition)) {
      recording.lose(
        line,
        source,
        'it holds before anything is done, so a film could not show that it came about',
      );
      break;
    }
  return literal(undefined);
}
