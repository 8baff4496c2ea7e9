import { parse } from '@babel/parser';
import type { ParserPlugin } from '@babel/parser';
import esquery from 'esquery';
import type { Finding } from './finding';
import { JAVASCRIPT_RULES } from './javascript.rules';
import { wrongWithText } from './text.rules';

type Node = Parameters<typeof esquery.match>[0];

const RULES = JAVASCRIPT_RULES.map(({ selector, ...rule }) => ({
  ...rule,
  selector: esquery.parse(selector),
}));
/** One walk tells whether there is anything to say at all; the rules are asked one by one only then. */
const ANY = esquery.parse(`:matches(${JAVASCRIPT_RULES.map(({ selector }) => selector).join(', ')})`);
const TEXTS = esquery.parse(':matches(Literal, TemplateElement, JSXText)');

/**
 * What is wrong with a program of JavaScript or TypeScript: its syntax by Babel's parser, then the rules. Nothing of it is run.
 * @param firstLine of the program within its file, from 1
 */
export function scanJavaScript(path: string, code: string, firstLine = 1): Finding[] {
  let program: Node;
  try {
    program = parse(code, {
      sourceType: 'unambiguous',
      plugins: pluginsOf(path),
      allowReturnOutsideFunction: false,
      startLine: firstLine,
    }).program as unknown as Node;
  } catch (error) {
    return [{ path, ...syntaxOf(error) }];
  }
  const found: Finding[] = [];
  try {
    const rules = esquery.match(program, ANY).length === 0 ? [] : RULES;
    for (const { rule, message, selector } of rules)
      for (const node of esquery.match(program, selector))
        found.push({ path, line: lineOf(node), rule, message });
    for (const node of esquery.match(program, TEXTS)) {
      const wrong = wrongWithText(textOf(node));
      if (wrong !== undefined) found.push({ path, line: lineOf(node), ...wrong });
    }
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    found.push({ path, ...TOO_DEEP });
  }
  return found;
}

/** What compilers take though no standard has it yet. */
const AHEAD: ParserPlugin[] = ['decorators', 'decoratorAutoAccessors'];

/** Always that of JSX for plain JavaScript: it holds no program that means something else without it. */
function pluginsOf(path: string): ParserPlugin[] {
  if (/\.[cm]?ts$/.test(path)) return ['estree', 'typescript', ...AHEAD];
  return path.endsWith('.tsx') ? ['estree', 'typescript', 'jsx', ...AHEAD] : ['estree', 'jsx', ...AHEAD];
}

const TOO_DEEP = {
  line: null,
  rule: 'syntax',
  message: 'It is nested too deeply to be read; write it flatter.',
};

function syntaxOf(error: unknown): Omit<Finding, 'path'> {
  // A program can be nested deeper than the parser's stack goes.
  if (error instanceof RangeError) return TOO_DEEP;
  if (!(error instanceof SyntaxError)) throw error;
  const { loc } = error as SyntaxError & { loc?: { line: number } };
  const message = error.message.replace(/\s*\(\d+:\d+\)$/, '').slice(0, 300);
  return { line: loc?.line ?? null, rule: 'syntax', message: `It is no valid program: ${message}` };
}

const lineOf = (node: Node): number | null => node.loc?.start.line ?? null;

function textOf(node: Node): string {
  if (node.type === 'TemplateElement') return node.value.cooked ?? '';
  return 'value' in node && typeof node.value === 'string' ? node.value : '';
}
