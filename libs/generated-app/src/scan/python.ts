import type { Finding } from './finding';
import {
  INTERNALS,
  OS_NAMES,
  PROGRAMS,
  PYTHON_CALLS,
  PYTHON_INTERNALS,
  PYTHON_MODULES,
} from './python.rules';
import { visitPython } from './python-tree';
import { wrongWithText } from './text.rules';

/** What is wrong with a program of Python: its syntax by tree-sitter, then the rules. Nothing of it is run. Needs `loadPythonGrammar`. */
export function scanPython(path: string, code: string): Finding[] {
  const found: Finding[] = [];
  const say = (at: number, rule: string, message: string): void => {
    found.push({ path, line: code.slice(0, at).split('\n').length, rule, message });
  };
  let broken = false;
  visitPython(code, (node) => {
    const { type, startIndex: from, endIndex: to } = node;
    if (node.isError || node.isMissing) {
      // One fault makes many errors; the first says where it is.
      if (!broken)
        say(
          from,
          'syntax',
          `It is no valid Python near "${code.slice(from, from + 40).split('\n')[0] ?? ''}".`,
        );
      broken = true;
      return;
    }
    const text = code.slice(from, Math.min(to, from + 400));
    if (type === 'import_statement' || type === 'import_from_statement') {
      for (const name of importedBy(text)) {
        const [first = '', second] = name.split('.');
        const message = Object.hasOwn(PYTHON_MODULES, first) ? PYTHON_MODULES[first] : undefined;
        if (message !== undefined) say(from, 'programs', message);
        else if (first === 'os' && second !== undefined && OS_NAMES.test(second))
          say(from, 'programs', PROGRAMS);
      }
    } else if (type === 'call') {
      const callee = node.childForFieldName('function');
      const name = callee === null ? '' : code.slice(callee.startIndex, callee.endIndex).replace(/\s+/g, '');
      const rule = PYTHON_CALLS.find((one) => one.name.test(name));
      if (rule !== undefined) say(from, rule.rule, rule.message);
      if (/\.run$/.test(name) && /\bdebug\s*=\s*True\b/.test(code.slice(callee?.endIndex ?? from, to)))
        say(from, 'debugger', 'It serves a debugger that runs whatever is sent to it; leave debug=True out.');
    } else if (type === 'identifier' && PYTHON_INTERNALS.test(text)) {
      say(from, 'internals', INTERNALS);
    } else if (type === 'string') {
      const wrong = wrongWithText(code.slice(from, to).replace(/^\w*("""|'''|"|')|("""|'''|"|')$/g, ''));
      if (wrong !== undefined) say(from, wrong.rule, wrong.message);
    }
  });
  return found;
}

/** `import a.b as c, d` → `a.b`, `d`; `from a import b as c, d` → `a.b`, `a.d`. */
function importedBy(statement: string): string[] {
  const plain = statement
    .replace(/[()\\]/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  const from = /^from ([\w.]+) import (.*)$/.exec(plain);
  const names = (from?.[2] ?? plain.replace(/^import /, '')).split(',');
  const bare = names.map((name) => name.trim().split(' ')[0] ?? '').filter((name) => name !== '');
  return from === null ? bare : bare.map((name) => `${from[1] ?? ''}.${name}`);
}
