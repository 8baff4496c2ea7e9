import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { Language, Parser } from 'web-tree-sitter';
import type { Node } from 'web-tree-sitter';

let parser: Parser | undefined;

/** Loads the grammar of Python, once (0.6 MB of WebAssembly). Before `visitPython` is called. */
export async function loadPythonGrammar(): Promise<void> {
  if (parser !== undefined) return;
  await Parser.init();
  const grammar = fileURLToPath(import.meta.resolve('tree-sitter-python/tree-sitter-python.wasm'));
  const made = new Parser();
  made.setLanguage(await Language.load(await readFile(grammar)));
  parser = made;
}

/**
 * Visits every node of a program of Python (to 3.14), outer ones first. What is no valid Python are nodes with `isError` or `isMissing`. Needs
 * `loadPythonGrammar`. Nothing of the program is run.
 */
export function visitPython(code: string, visit: (node: Node) => void): void {
  const tree = parser?.parse(code);
  if (!tree) throw new TypeError('The grammar of Python is not loaded.');
  const cursor = tree.walk();
  try {
    for (;;) {
      visit(cursor.currentNode);
      if (cursor.gotoFirstChild()) continue;
      while (!cursor.gotoNextSibling()) if (!cursor.gotoParent()) return;
    }
  } finally {
    // Memory of WebAssembly is not collected.
    cursor.delete();
    tree.delete();
  }
}
