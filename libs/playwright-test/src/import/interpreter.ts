import { bind, construct } from './bindings';
import { callMember, readMember } from './members';
import { imported, nameOfProperty, negated, TOO_MUCH } from './names';
import { Recording } from './recording';
import { literal, Scope, unknown } from './values';
import type { Expression, FunctionNode, Parameter, Statement, Super, Value } from './values';

/** Hosts of what a file registers: tests with their hooks. */
export interface Registry {
  onTest(call: { name: string; args: Value[]; test: Extract<Value, { kind: 'test' }>; line: number }): void;
}

const MOST_EVALUATIONS = 50_000;
const DEEPEST = 60;
const LONGEST_LOOP = 50;

/** Reads a test without running it: what it would do is written down, what is not known stays unknown. Knows no file but this one. */
export class Interpreter {
  recording = new Recording();
  private evaluations = 0;
  private depth = 0;

  constructor(
    private readonly source: string,
    readonly registry: Registry,
  ) {}

  lineOf = (node: { loc?: { start: { line: number } } | null }): number => node.loc?.start.line ?? 0;
  sourceOf = (node: { start?: number | null; end?: number | null }): string =>
    this.source.slice(node.start ?? 0, node.end ?? 0);

  /** Executes statements; answers what they return. */
  run(statements: readonly Statement[], scope: Scope): Value | undefined {
    for (const statement of statements)
      if (statement.type === 'FunctionDeclaration' && statement.id)
        scope.declare(statement.id.name, { kind: 'function', node: statement, scope });
    for (const statement of statements) {
      const returned = this.execute(statement, scope);
      if (returned !== undefined) return returned;
    }
    return undefined;
  }

  private execute(statement: Statement, scope: Scope): Value | undefined {
    switch (statement.type) {
      case 'ExpressionStatement':
        this.evaluate(statement.expression, scope);
        return undefined;
      case 'VariableDeclaration':
        for (const { id, init } of statement.declarations)
          bind(this, id as Parameter, init ? this.evaluate(init, scope) : literal(undefined), scope);
        return undefined;
      case 'ClassDeclaration':
        if (statement.id) scope.declare(statement.id.name, { kind: 'class', node: statement, scope });
        return undefined;
      case 'ExportNamedDeclaration':
        return statement.declaration ? this.execute(statement.declaration, scope) : undefined;
      case 'ReturnStatement':
        return statement.argument ? this.evaluate(statement.argument, scope) : literal(undefined);
      case 'BlockStatement':
        return this.run(statement.body, new Scope(scope));
      case 'TryStatement':
        return this.run(statement.block.body, new Scope(scope));
      case 'ForOfStatement':
        return this.loop(statement, scope);
      case 'IfStatement':
        return this.choose(statement, scope);
      case 'ImportDeclaration':
        for (const { local } of statement.specifiers)
          scope.declare(local.name, imported(local.name, statement.source.value));
        return undefined;
      case 'ForStatement':
      case 'ForInStatement':
      case 'WhileStatement':
      case 'DoWhileStatement':
      case 'SwitchStatement':
        this.recording.lose(
          this.lineOf(statement),
          this.sourceOf(statement),
          'how often it is done is not known without running it',
        );
        return undefined;
      default:
        return undefined;
    }
  }

  private loop(statement: Extract<Statement, { type: 'ForOfStatement' }>, scope: Scope): Value | undefined {
    const list = this.evaluate(statement.right, scope);
    if (list.kind !== 'array') {
      this.recording.lose(
        this.lineOf(statement),
        this.sourceOf(statement),
        'what it goes through is not known without running it',
      );
      return undefined;
    }
    for (const item of list.items.slice(0, LONGEST_LOOP)) {
      const inner = new Scope(scope);
      const declared =
        statement.left.type === 'VariableDeclaration' ? statement.left.declarations[0]?.id : undefined;
      if (declared) bind(this, declared as Parameter, item, inner);
      this.execute(statement.body, inner);
    }
    return undefined;
  }

  private choose(statement: Extract<Statement, { type: 'IfStatement' }>, scope: Scope): Value | undefined {
    const test = this.evaluate(statement.test, scope);
    if (test.kind !== 'literal') {
      this.recording.lose(
        this.lineOf(statement),
        this.sourceOf(statement),
        'whether it is done is not known without running it',
      );
      return undefined;
    }
    const chosen = test.value ? statement.consequent : statement.alternate;
    return chosen ? this.execute(chosen, scope) : undefined;
  }

  /** What an expression stands for. */
  evaluate(node: Expression, scope: Scope): Value {
    this.evaluations += 1;
    if (this.evaluations > MOST_EVALUATIONS || this.depth > DEEPEST) return TOO_MUCH;
    this.depth += 1;
    try {
      return this.valueOf(node, scope);
    } finally {
      this.depth -= 1;
    }
  }

  private valueOf(node: Expression, scope: Scope): Value {
    switch (node.type) {
      case 'AwaitExpression':
      case 'UnaryExpression':
        if (node.type === 'UnaryExpression' && node.operator !== 'void')
          return negated(node.operator, this.evaluate(node.argument, scope));
        return this.evaluate(node.argument, scope);
      case 'TSAsExpression':
      case 'TSNonNullExpression':
      case 'TSSatisfiesExpression':
      case 'ParenthesizedExpression':
        return this.evaluate(node.expression, scope);
      case 'StringLiteral':
      case 'NumericLiteral':
      case 'BooleanLiteral':
        return literal(node.value);
      case 'NullLiteral':
        return literal(null);
      case 'RegExpLiteral':
        return { kind: 'regex', source: node.pattern, flags: node.flags };
      case 'TemplateLiteral':
        return this.template(node, scope);
      case 'Identifier':
        return node.name === 'undefined'
          ? literal(undefined)
          : (scope.get(node.name) ?? unknown(`${node.name} is not known here`));
      case 'ThisExpression':
        return scope.get('this') ?? unknown('this is not known here');
      case 'ArrowFunctionExpression':
      case 'FunctionExpression':
        return { kind: 'function', node, scope };
      case 'ClassExpression':
        return { kind: 'class', node, scope };
      case 'ArrayExpression':
        return {
          kind: 'array',
          items: node.elements.map((item) =>
            item === null || item.type === 'SpreadElement' ? TOO_MUCH : this.evaluate(item, scope),
          ),
        };
      case 'ObjectExpression':
        return this.object(node, scope);
      case 'LogicalExpression': {
        const left = this.evaluate(node.left, scope);
        const isSet = left.kind !== 'unknown' && !(left.kind === 'literal' && !left.value);
        return (node.operator === '&&') === isSet ? this.evaluate(node.right, scope) : left;
      }
      case 'BinaryExpression': {
        if (node.operator !== '+' || node.left.type === 'PrivateName') return TOO_MUCH;
        const [left, right] = [this.evaluate(node.left, scope), this.evaluate(node.right, scope)];
        return left.kind === 'literal' && right.kind === 'literal'
          ? literal(String(left.value) + String(right.value))
          : TOO_MUCH;
      }
      case 'AssignmentExpression': {
        const value = this.evaluate(node.right, scope);
        if (node.left.type === 'Identifier') scope.assign(node.left.name, value);
        else if (node.left.type === 'MemberExpression') {
          const owner = this.evaluate(node.left.object as Expression, scope);
          const name = nameOfProperty(node.left);
          if ((owner.kind === 'instance' || owner.kind === 'object') && name !== undefined)
            owner.members.set(name, value);
        }
        return value;
      }
      case 'MemberExpression':
      case 'OptionalMemberExpression': {
        const name = node.computed
          ? this.computedName(node.property as Expression, scope)
          : nameOfProperty(node);
        return name === undefined
          ? TOO_MUCH
          : readMember(this, this.evaluate(node.object as Expression, scope), name);
      }
      case 'NewExpression': {
        const made = this.evaluate(node.callee as Expression, scope);
        return made.kind === 'class'
          ? this.instance(made, this.values(node.arguments as Expression[], scope))
          : made;
      }
      case 'CallExpression':
      case 'OptionalCallExpression':
        return this.call(node, scope);
      default:
        return TOO_MUCH;
    }
  }

  private call(
    node: Extract<Expression, { type: 'CallExpression' | 'OptionalCallExpression' }>,
    scope: Scope,
  ): Value {
    const callee = node.callee as Expression | Super;
    const args = this.values(node.arguments as Expression[], scope);
    const place = { line: this.lineOf(node), source: this.sourceOf(node) };
    if (callee.type === 'MemberExpression' || callee.type === 'OptionalMemberExpression') {
      const owner = this.evaluate(callee.object as Expression, scope);
      const name = nameOfProperty(callee);
      return name === undefined ? TOO_MUCH : callMember(this, owner, name, args, place);
    }
    const called = callee.type === 'Super' ? (scope.get('super') ?? TOO_MUCH) : this.evaluate(callee, scope);
    if (called.kind === 'function') return this.apply(called, args);
    if (called.kind === 'expect')
      return { kind: 'expectation', subject: args[0] ?? unknown('nothing is expected'), isNot: false };
    if (called.kind === 'test') {
      this.registry.onTest({ name: 'test', args, test: called, line: place.line });
      return literal(undefined);
    }
    if (called.kind === 'use') {
      called.used(callee.type === 'Super' ? { kind: 'array', items: args } : (args[0] ?? literal(undefined)));
      return literal(undefined);
    }
    const why = called.kind === 'unknown' ? called.why : 'what it does is not written here';
    this.recording.lose(place.line, place.source, why);
    return unknown(why);
  }

  /** Calls a function of the file. */
  apply({ node, scope, self }: Extract<Value, { kind: 'function' }>, args: readonly Value[]): Value {
    const inner = new Scope(scope);
    if (self) inner.declare('this', self);
    node.params.forEach((parameter, at) => bind(this, parameter, args[at] ?? literal(undefined), inner));
    if (node.body.type !== 'BlockStatement') return this.evaluate(node.body, inner);
    this.depth += 1;
    try {
      return this.depth > DEEPEST ? TOO_MUCH : (this.run(node.body.body, inner) ?? literal(undefined));
    } finally {
      this.depth -= 1;
    }
  }

  private instance(of: Extract<Value, { kind: 'class' }>, args: readonly Value[]): Value {
    const made: Value = { kind: 'instance', of, members: new Map() };
    construct(this, of, made, args);
    return made;
  }

  private values = (nodes: readonly Expression[], scope: Scope): Value[] =>
    nodes.map((node) => this.evaluate(node, scope));

  private computedName(property: Expression, scope: Scope): string | undefined {
    const value = this.evaluate(property, scope);
    return value.kind === 'literal' ? String(value.value) : undefined;
  }

  private object(node: Extract<Expression, { type: 'ObjectExpression' }>, scope: Scope): Value {
    const members = new Map<string, Value>();
    for (const property of node.properties) {
      const key = property.type === 'SpreadElement' ? undefined : property.key;
      const name =
        key?.type === 'Identifier' ? key.name : key?.type === 'StringLiteral' ? key.value : undefined;
      if (name === undefined) continue;
      if (property.type === 'ObjectMethod')
        members.set(name, { kind: 'function', node: property as unknown as FunctionNode, scope });
      else if (property.type === 'ObjectProperty')
        members.set(name, this.evaluate(property.value as Expression, scope));
    }
    return { kind: 'object', members };
  }

  /** What is not known at its beginning is the address of the app, by all likelihood: `${base}/login`. */
  private template(node: Extract<Expression, { type: 'TemplateLiteral' }>, scope: Scope): Value {
    const parts = node.expressions.map((one) => this.evaluate(one as Expression, scope));
    const texts = node.quasis.map(({ value }) => value.cooked ?? '');
    const isBase = texts[0] === '' && parts[0]?.kind === 'unknown' && (texts[1] ?? '').startsWith('/');
    let text = texts[0] ?? '';
    for (const [at, part] of parts.entries()) {
      if (part.kind !== 'literal' && !(at === 0 && isBase)) return part.kind === 'unknown' ? part : TOO_MUCH;
      text += `${part.kind === 'literal' ? String(part.value) : ''}${texts[at + 1] ?? ''}`;
    }
    return literal(text);
  }
}
