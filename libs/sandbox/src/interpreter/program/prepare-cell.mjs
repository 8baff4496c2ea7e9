import { parse } from 'acorn';
import { stripTypes } from './strip-types.mjs';

/**
 * @typedef {import('acorn').Node & Record<string, unknown>} AnyNode
 * @typedef {{ from: number, to: number, text: string }} Edit
 * @typedef {{ text: string, shows: boolean }} Cell what V8 evaluates as one input of a REPL, and whether it has a result
 */

/** What stands for `import` in a cell, which is evaluated as a script: a function that is there for every cell. */
export const IMPORTER = '__import';
/** Takes the result, of a promise what it comes to: as the value of the whole it would be copied several times, however long it is. */
const KEEP = /** @type {const} */ ([`${IMPORTER}.keep(await (`, '))']);

/** @type {import('acorn').Options} */
const OPTIONS = {
  ecmaVersion: 'latest',
  sourceType: 'script',
  allowAwaitOutsideFunction: true,
  allowImportExportEverywhere: true,
  allowHashBang: true,
};

/**
 * One execution of a context: types are taken out, imports and exports of modules become what a script may hold. Every line stays where it is.
 * @param {string} code
 * @param {string} file its name, `*.ts` or `*.js`
 * @returns {Cell}
 * @throws {SyntaxError} what V8 could not say better
 */
export function prepareCell(code, file) {
  const typed = file.endsWith('.ts');
  if (isObjectLiteral(code)) return { text: KEEP.join(`${code}\n`), shows: true };
  const plain = typed ? stripTypes(code, file) : code;
  /** @type {AnyNode} */
  let program;
  try {
    program = /** @type {AnyNode} */ (/** @type {unknown} */ (parse(plain, OPTIONS)));
  } catch (error) {
    // V8 knows more of the language, and says what is wrong with the rest; of a script it would blame the first import.
    if (/^\s*(?:import\s*[\w${*'"]|export\s)/m.test(plain)) throw error;
    return { text: plain, shows: false };
  }
  const body = /** @type {AnyNode[]} */ (program.body);
  /** @type {Edit[]} */
  const edits = body.flatMap((statement) => statementEdits(statement, plain, typed));
  visit(program, (node) => edits.push(...expressionEdits(node)));
  const shown = shownExpression(body.findLast(({ type }) => type !== 'EmptyStatement'));
  if (shown !== undefined) {
    edits.push({ from: shown.start, to: shown.start, text: KEEP[0] });
    edits.push({ from: shown.end, to: shown.end, text: KEEP[1] });
  }
  return { text: applied(plain, edits), shows: shown !== undefined };
}

/** @param {AnyNode | undefined} last @returns {AnyNode | undefined} */
function shownExpression(last) {
  if (last?.type === 'ExpressionStatement') return /** @type {AnyNode} */ (last.expression);
  const declared = /** @type {AnyNode | undefined} */ (last?.declaration);
  const isNamed = declared?.type === 'FunctionDeclaration' || declared?.type === 'ClassDeclaration';
  return last?.type === 'ExportDefaultDeclaration' && !isNamed ? declared : undefined;
}

/** As people type them to a REPL: a block of labels is seldom meant. @param {string} code */
function isObjectLiteral(code) {
  const text = code.trim();
  if (!text.startsWith('{') || !text.endsWith('}')) return false;
  try {
    const { body } = parse(`(${text})`, OPTIONS);
    return body.length === 1 && body[0]?.type === 'ExpressionStatement';
  } catch {
    return false;
  }
}

/**
 * @param {AnyNode} node
 * @param {string} text
 * @param {boolean} typed names that are only types are not there
 * @returns {Edit[]}
 */
function statementEdits(node, text, typed) {
  if (node.type === 'ImportDeclaration') return [importEdit(node, text, typed)];
  const declaration = /** @type {AnyNode | null | undefined} */ (node.declaration);
  if (node.type === 'ExportNamedDeclaration' || node.type === 'ExportDefaultDeclaration')
    return [
      declaration
        ? {
            from: node.start,
            to: declaration.start,
            text: newlinesOf(text.slice(node.start, declaration.start)),
          }
        : { from: node.start, to: node.end, text: newlinesOf(text.slice(node.start, node.end)) },
    ];
  return [];
}

/**
 * @param {AnyNode} node
 * @param {string} text
 * @param {boolean} typed
 * @returns {Edit}
 */
function importEdit(node, text, typed) {
  const source = /** @type {AnyNode & { raw: string }} */ (node.source).raw;
  const specifiers = /** @type {(AnyNode & { local: { name: string }, imported?: AnyNode })[]} */ (
    node.specifiers
  );
  const attributes = /** @type {AnyNode[] | undefined} */ (node.attributes) ?? [];
  const withThese = attributes.map(({ start, end }) => text.slice(start, end)).join(', ');
  const options = withThese === '' ? 'undefined' : `{ with: { ${withThese} } }`;
  /** @type {string[]} */
  const names = [];
  let whole = '';
  const parts = [];
  for (const { type, local, imported } of specifiers) {
    if (type === 'ImportNamespaceSpecifier') whole = local.name;
    else {
      const name = imported === undefined ? 'default' : text.slice(imported.start, imported.end);
      parts.push(`${name}: ${local.name}`);
      names.push(/^["']/.test(name) ? name : `'${name}'`);
    }
  }
  const required = typed || names.length === 0 ? '' : `, [${names.join(', ')}]`;
  const loaded = `await ${IMPORTER}(${source}, ${options}${required})`;
  const bindings = parts.length === 0 ? '' : `{ ${parts.join(', ')} } = `;
  const declared =
    whole === ''
      ? `${bindings === '' ? '' : `const ${bindings}`}${loaded};`
      : `const ${whole} = ${loaded}${bindings === '' ? '' : `, ${bindings}${whole}`};`;
  return { from: node.start, to: node.end, text: declared + newlinesOf(text.slice(node.start, node.end)) };
}

/** @param {AnyNode} node @returns {Edit[]} */
function expressionEdits(node) {
  const word = 'import'.length;
  if (node.type === 'ImportExpression') return [{ from: node.start, to: node.start + word, text: IMPORTER }];
  if (node.type === 'MetaProperty' && /** @type {{ name?: string }} */ (node.meta).name === 'import')
    return [{ from: node.start, to: node.start + word, text: IMPORTER }];
  return [];
}

/** @param {unknown} value @param {(node: AnyNode) => void} look */
function visit(value, look) {
  const waiting = [value];
  while (waiting.length > 0) {
    const one = waiting.pop();
    if (Array.isArray(one)) waiting.push(...one);
    else if (typeof one === 'object' && one !== null && 'type' in one) {
      look(/** @type {AnyNode} */ (one));
      waiting.push(...Object.values(one).filter((part) => typeof part === 'object'));
    }
  }
}

/** @param {string} text @param {Edit[]} edits */
function applied(text, edits) {
  let done = '';
  let at = 0;
  for (const edit of edits.sort((a, b) => a.from - b.from || a.to - b.to)) {
    done += text.slice(at, edit.from) + edit.text;
    at = edit.to;
  }
  return done + text.slice(at);
}

/** @param {string} text */
const newlinesOf = (text) => '\n'.repeat(text.split('\n').length - 1);
