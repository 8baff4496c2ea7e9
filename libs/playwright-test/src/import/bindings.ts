import type { Interpreter } from './interpreter';
import { readMember } from './members';
import { literal, Scope } from './values';
import type { MethodNode, Parameter, Value } from './values';

/** Runs the constructor of a class, or of the one that it extends, on an instance; fields are made of what parameters are given. */
export function construct(
  host: Interpreter,
  { node, scope }: Extract<Value, { kind: 'class' }>,
  made: Extract<Value, { kind: 'instance' }>,
  args: readonly Value[],
): void {
  const inner = new Scope(scope);
  inner.declare('this', made);
  const parent = node.superClass?.type === 'Identifier' ? scope.get(node.superClass.name) : undefined;
  const { body } = node.body;
  const maker = body.find(
    (member): member is MethodNode => member.type === 'ClassMethod' && member.kind === 'constructor',
  );
  if (maker === undefined && parent?.kind === 'class') construct(host, parent, made, args);
  maker?.params.forEach((parameter, at) => {
    if (parameter.type === 'TSParameterProperty' && parameter.parameter.type === 'Identifier')
      made.members.set(parameter.parameter.name, args[at] ?? literal(undefined));
  });
  for (const member of body)
    if (member.type === 'ClassProperty' && member.key.type === 'Identifier' && !member.static && member.value)
      made.members.set(member.key.name, host.evaluate(member.value, inner));
  if (maker === undefined) return;
  const withParent = new Scope(scope);
  if (parent?.kind === 'class')
    withParent.declare('super', {
      kind: 'use',
      used: (values) => construct(host, parent, made, itemsOf(values)),
    });
  host.apply({ kind: 'function', node: maker, scope: withParent, self: made }, args);
}

const itemsOf = (value: Value): readonly Value[] => (value.kind === 'array' ? value.items : []);

/** Gives names to a value: `page`, `{ page }`, `{ page: it }`, `[first]`, `name = 'x'`. */
export function bind(host: Interpreter, pattern: Parameter, value: Value, scope: Scope): void {
  if (pattern.type === 'Identifier') scope.declare(pattern.name, value);
  else if (pattern.type === 'TSParameterProperty') bind(host, pattern.parameter as Parameter, value, scope);
  else if (pattern.type === 'AssignmentPattern') {
    const isMissing = value.kind === 'literal' && value.value === undefined;
    bind(host, pattern.left as Parameter, isMissing ? host.evaluate(pattern.right, scope) : value, scope);
  } else if (pattern.type === 'ObjectPattern') {
    for (const property of pattern.properties)
      if (property.type === 'ObjectProperty' && property.key.type === 'Identifier')
        bind(host, property.value as Parameter, readMember(host, value, property.key.name), scope);
  } else if (pattern.type === 'ArrayPattern') {
    const items = value.kind === 'array' ? value.items : [];
    pattern.elements.forEach((element, at) => {
      if (element) bind(host, element as Parameter, items[at] ?? literal(undefined), scope);
    });
  }
}
